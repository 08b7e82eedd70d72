import type { RegionId } from '../company.ts';

/** One list price outside EC2 and RDS instances. `kind` is the usage type without its region prefix. */
export interface Tariff {
  readonly serviceName: string;
  readonly serviceCode: string;
  readonly productFamily: string;
  readonly kind: string;
  readonly operation: string;
  readonly usageUnit: string;
  readonly rate: Readonly<Record<RegionId, string>>;
  readonly source: Readonly<Record<RegionId, string>>;
  /** More of what the price list answers, beside usage type, operation and region. */
  readonly attributes: Readonly<Record<string, string>>;
}

const FOCUS_SAMPLE = 'unit price on real AWS bill lines of 2024-09 (FOCUS sample of the FinOps Foundation)';
const INVENTED = 'invented: near the public figure, no dated file at hand';

/** 'us-east-1', Tokyo; a star marks a price with a dated source. */
export function tariff(
  [serviceName, serviceCode]: readonly [string, string],
  productFamily: string,
  [kind, operation, usageUnit]: readonly [string, string, string],
  [virginia, tokyo]: readonly [string, string],
  attributes: Readonly<Record<string, string>> = {},
): Tariff {
  const source = (price: string): string => (price.startsWith('*') ? FOCUS_SAMPLE : INVENTED);
  const rate = (price: string): string => price.replace('*', '');
  return {
    serviceName,
    serviceCode,
    productFamily,
    kind,
    operation,
    usageUnit,
    rate: { 'us-east-1': rate(virginia), 'ap-northeast-1': rate(tokyo) },
    source: { 'us-east-1': source(virginia), 'ap-northeast-1': source(tokyo) },
    attributes,
  };
}
