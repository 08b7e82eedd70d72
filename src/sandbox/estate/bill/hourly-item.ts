import { HOURS_PER_WEEK, type HourlyMeter } from '../asset.ts';

/**
 * An hourly meter as whole 1e-10 amounts for each hour of the week. They stay below 2^53 over a day
 * (less than 37,000 dollars or units an hour), so plain numbers are exact here.
 */
export interface HourlyItem {
  readonly meter: HourlyMeter;
  readonly quantity: Float64Array;
  readonly onDemandCost: Float64Array;
  /** null: Savings Plans do not cover it. */
  readonly savingsPlanCost: Float64Array | null;
  /** Savings Plan price per on-demand price. */
  readonly ratio: number;
  /** Whose it is, for the last tie. */
  readonly key: string;
}

/** A day of it is still exact. */
const LARGEST = BigInt(Math.floor(Number.MAX_SAFE_INTEGER / 24));
const cache = new WeakMap<HourlyMeter, HourlyItem>();

/** Meters are shared and never change, so their tables are made once. */
export function hourlyItem(meter: HourlyMeter, key: string): HourlyItem {
  const known = cache.get(meter);
  if (known && known.key === key) return known;
  const { onDemandRate, savingsPlanRate } = meter;
  const quantity = table(meter, 10_000_000_000n);
  const item = {
    meter,
    quantity,
    onDemandCost: table(meter, onDemandRate),
    savingsPlanCost: savingsPlanRate === null ? null : table(meter, savingsPlanRate),
    ratio: savingsPlanRate === null ? 1 : Number(savingsPlanRate) / Number(onDemandRate),
    key,
  };
  cache.set(meter, item);
  return item;
}

function table({ quantityPerHour, levels }: HourlyMeter, rate: bigint): Float64Array {
  const full = (quantityPerHour * rate) / 10_000_000_000n;
  if (full < 0n || full > LARGEST) throw new Error(`an hour of ${full} does not fit`);
  const amounts = new Float64Array(HOURS_PER_WEEK);
  levels.forEach((level, hour) => {
    amounts[hour] = level === 1000 ? Number(full) : Number((full * BigInt(level)) / 1000n);
  });
  return amounts;
}

/** AWS's order within a plan: the highest savings percentage first, ties by the lowest Savings Plan rate. Ours after that: the key. */
export function inPlanOrder(a: HourlyItem, b: HourlyItem): number {
  return (
    a.ratio - b.ratio ||
    Number((a.meter.savingsPlanRate ?? 0n) - (b.meter.savingsPlanRate ?? 0n)) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

/** Monday 00:00 UTC is hour 0; day 0 (1970-01-01) was a Thursday. */
export function firstHourOf(dayNumber: number): number {
  return ((dayNumber + 3) % 7) * 24;
}
