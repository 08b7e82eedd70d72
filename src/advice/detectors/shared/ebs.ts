import type { Exact } from '../../../kernel/money.ts';

/** gp3 includes these at any size (EBS user guide, "General Purpose SSD volumes", read 2026-11). */
export const GP3_IOPS = 3_000;
export const GP3_THROUGHPUT_MIBPS = 125;
/** Most throughput that gp3 gives for each operation a second, in MiB/s (same page). */
export const GP3_MIBPS_PER_IOPS = 0.25;
/** The price list sells throughput by the GiB/s. */
const MIBPS_PER_UNIT = 1_024;

export interface Gp3Prices {
  readonly gp3: Exact;
  readonly iops: Exact;
  readonly throughput: Exact;
}

export interface Gp3Shape {
  readonly sizeGib: number;
  readonly iops: number;
  readonly throughputMibps: number;
}

/** What a gp3 volume costs a month at list prices: its size, and what is bought above the included performance. */
export function gp3Monthly(prices: Gp3Prices, { sizeGib, iops, throughputMibps }: Gp3Shape): Exact {
  const moreIops = prices.iops.mul(Math.max(0, iops - GP3_IOPS));
  const moreThroughput = prices.throughput.mul(Math.max(0, throughputMibps - GP3_THROUGHPUT_MIBPS)).div(MIBPS_PER_UNIT);
  return prices.gp3.mul(sizeGib).plus(moreIops).plus(moreThroughput);
}

/** MiB/s that the billed units of throughput stand for, the included ones not counted. */
export function boughtThroughputMibps(units: Exact): number {
  return Math.round(units.mul(MIBPS_PER_UNIT).toNumber());
}
