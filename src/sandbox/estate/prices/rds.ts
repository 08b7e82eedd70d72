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
const LARGE: Readonly<Record<string, Readonly<Record<RdsEngine, readonly [string, string]>>>> = {
  'db.t3': { MySQL: ['0.136', '0.208'], PostgreSQL: ['0.145', '0.222'] },
  'db.m5': { MySQL: ['0.171', '0.235'], PostgreSQL: ['0.178', '0.247'] },
  'db.r5': { MySQL: ['0.24', '0.285'], PostgreSQL: ['0.25', '0.3'] },
};
const SIZES: readonly (readonly [size: string, multiple: bigint])[] = [
  ['large', 1n],
  ['xlarge', 2n],
  ['2xlarge', 4n],
  ['4xlarge', 8n],
];
const MEMORY_OF_LARGE: Readonly<Record<string, number>> = { 'db.t3': 8, 'db.m5': 8, 'db.r5': 16 };

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

export function rdsRate(instanceClass: string, engine: RdsEngine, regionId: RegionId, multiAz: boolean): TenBillionths {
  const dot = instanceClass.lastIndexOf('.');
  const prices = LARGE[instanceClass.slice(0, dot)]?.[engine];
  const multiple = SIZES.find(([size]) => size === instanceClass.slice(dot + 1))?.[1];
  if (!prices || !multiple) throw new Error(`no database class "${instanceClass}" in the sandbox's world`);
  return units(prices[regionId === VIRGINIA ? 0 : 1]) * multiple * (multiAz ? 2n : 1n);
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
