import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';

/** One product of the price list, named by its usage type without the region's prefix. */
interface Asked {
  readonly serviceCode: string;
  readonly kind: string;
  /** Some services write the prefix in us-east-1 too: "USE1-DataProcessing-Bytes". */
  readonly isPrefixedInVirginia?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** On-demand list prices of a region; null where we do not know how its usage types are written. */
export function regionalQuestions<K extends string>(
  regionId: string,
  asked: Readonly<Record<K, Asked>>,
): Readonly<Record<K, PriceQuestion>> | null {
  const questions: Partial<Record<K, PriceQuestion>> = {};
  for (const name in asked) {
    const { serviceCode, kind, isPrefixedInVirginia, attributes } = asked[name];
    const plain = usageTypeOf({ kind, regionId });
    if (plain === undefined) return null;
    const usagetype = regionId === 'us-east-1' && isPrefixedInVirginia ? `USE1-${kind}` : plain;
    questions[name] = { serviceCode, regionId, attributes: { usagetype, ...attributes }, term: 'onDemand' };
  }
  // Every name was answered above.
  return questions as Record<K, PriceQuestion>;
}

/** A volume's price; the API name beside the usage type keeps a misread usage type from naming another product. */
export function ebsPrice(kind: string, volumeApiName: string): Asked {
  return { serviceCode: 'AmazonEC2', kind, attributes: { volumeApiName } };
}
