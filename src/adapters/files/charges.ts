import type { Charge, ChargeCategory } from '../../ledger/charge.ts';
import type { Duck } from './duckdb.ts';
import { DIMENSIONS } from './roll-up.ts';

/** Decimal text without the zeros that the type adds. */
export const plainSql = (amount: string): string => `rtrim(rtrim(cast(${amount} as varchar), '0'), '.')`;

const AMOUNTS = ['billed', 'effective', 'list', 'contracted', 'quantity'] as const;

/** The rows of a roll-up as charges. */
export async function* chargesOf(duck: Duck, table: string, where = 'true'): AsyncGenerator<Charge[]> {
  const sql = `select cast(day as varchar), ${DIMENSIONS.join(', ')}, category, ${AMOUNTS.map(plainSql).join(', ')} from ${table} where ${where}`;
  for await (const rows of duck.stream(sql)) yield rows.map(chargeOf);
}

function chargeOf(row: readonly (string | null)[]): Charge {
  const [day, account, chargeType, service, usageType, operation, region, resource, unit, currency, category, ...amounts] = row;
  const [billed, effective, list, contracted, quantity] = amounts;
  return {
    day: day ?? '',
    subAccountId: account ?? null,
    serviceName: service ?? null,
    usageType: usageType ?? null,
    operation: operation ?? null,
    regionId: region ?? null,
    resourceId: resource ?? null,
    chargeCategory: category as ChargeCategory,
    chargeType: chargeType ?? null,
    billedCost: billed ?? '',
    effectiveCost: effective ?? '',
    listCost: list ?? null,
    contractedCost: contracted ?? null,
    usageQuantity: quantity ?? null,
    usageUnit: unit ?? null,
    currency: currency ?? '',
  };
}
