import { units } from '../amounts.ts';
import { type RegionId, VIRGINIA } from '../company.ts';
import type { TenBillionths } from '../types.ts';

export type RdsEngine = 'MySQL' | 'PostgreSQL';

export interface RdsClass {
  readonly instanceClass: string;
  readonly vcpu: number;
  readonly memoryGib: string;
}

/** No dated public file of RDS prices was at hand: these are near the public figures. */
export const RDS_SOURCE = 'invented: near the public figure, no dated file at hand';

/** Dollars an hour of `large`, Single-AZ: us-east-1, Tokyo. Larger sizes are multiples, Multi-AZ is twice. */
type PricesOfLarge = Readonly<Record<string, Readonly<Record<RdsEngine, readonly [string, string]>>>>;
const LARGE: PricesOfLarge = {
  'db.t3': { MySQL: ['0.136', '0.208'], PostgreSQL: ['0.145', '0.222'] },
  'db.m4': { MySQL: ['0.175', '0.252'], PostgreSQL: ['0.182', '0.264'] },
  'db.m5': { MySQL: ['0.171', '0.235'], PostgreSQL: ['0.178', '0.247'] },
  'db.r4': { MySQL: ['0.25', '0.3'], PostgreSQL: ['0.26', '0.315'] },
  'db.r5': { MySQL: ['0.24', '0.285'], PostgreSQL: ['0.25', '0.3'] },
};
/** Nothing of the company runs on these; invented like the others. */
const LARGE_OF_NEW_GENERATIONS: PricesOfLarge = {
  'db.m7g': { MySQL: ['0.168', '0.231'], PostgreSQL: ['0.175', '0.243'] },
  'db.r7g': { MySQL: ['0.239', '0.284'], PostgreSQL: ['0.25', '0.299'] },
};
const SIZES: readonly (readonly [size: string, multiple: bigint])[] = [
  ['large', 1n],
  ['xlarge', 2n],
  ['2xlarge', 4n],
  ['4xlarge', 8n],
];
const MEMORY_OF_LARGE: Readonly<Record<string, number>> = { 'db.t3': 8, 'db.m4': 8, 'db.m5': 8, 'db.r4': 16, 'db.r5': 16 };

/** Database Savings Plans take the seventh generation and newer ones (AWS announcement of 2025-12-02, read 2026-11). */
export const DATABASE_PLAN_CLASSES: readonly string[] = Object.keys(LARGE_OF_NEW_GENERATIONS).flatMap((family) =>
  SIZES.map(([size]) => `${family}.${size}`),
);

export const RDS_CLASSES: readonly RdsClass[] = Object.keys(LARGE).flatMap((family) =>
  SIZES.map(([size, multiple]) => ({
    instanceClass: `${family}.${size}`,
    vcpu: 2 * Number(multiple),
    memoryGib: String((MEMORY_OF_LARGE[family] ?? 8) * Number(multiple)),
  })),
);

export function rdsClass(instanceClass: string): RdsClass {
  const found = RDS_CLASSES.find((item) => item.instanceClass === instanceClass);
  if (!found) throw new Error(`no database class "${instanceClass}" in the sandbox's world`);
  return found;
}

export function rdsRate(
  instanceClass: string,
  engine: RdsEngine,
  regionId: RegionId,
  multiAz: boolean,
  table: PricesOfLarge = LARGE,
): TenBillionths {
  const dot = instanceClass.lastIndexOf('.');
  const prices = table[instanceClass.slice(0, dot)]?.[engine];
  const multiple = SIZES.find(([size]) => size === instanceClass.slice(dot + 1))?.[1];
  if (!prices || !multiple) throw new Error(`no database class "${instanceClass}" in the sandbox's world`);
  return units(prices[regionId === VIRGINIA ? 0 : 1]) * multiple * (multiAz ? 2n : 1n);
}

/** One year, no upfront, the only one on sale: 20 % off, the most that the announcement promises for instances; the price itself is invented. */
export function databasePlanRate(instanceClass: string, engine: RdsEngine, regionId: RegionId, multiAz: boolean) {
  const onDemand = rdsRate(instanceClass, engine, regionId, multiAz, LARGE_OF_NEW_GENERATIONS);
  return { onDemand, plan: (onDemand * 80n) / 100n };
}

/** Reserved, 1 year, no upfront: 32 % off, invented like the rest of this file. */
export function rdsReservedRate(onDemand: TenBillionths): TenBillionths {
  return (onDemand * 68n) / 100n;
}

export function halfOfClass(instanceClass: string): string | null {
  const dot = instanceClass.lastIndexOf('.');
  const index = SIZES.findIndex(([size]) => size === instanceClass.slice(dot + 1));
  const smaller = SIZES[index - 1];
  return smaller ? `${instanceClass.slice(0, dot)}.${smaller[0]}` : null;
}
