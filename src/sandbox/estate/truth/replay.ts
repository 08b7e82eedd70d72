import { addDays, type Day, dayNumber } from '../../../kernel/calendar.ts';
import { type Asset, HOURS_PER_WEEK, isOn, type PlainMeter, type Usage } from '../asset.ts';
import { allocate } from '../bill/allocate.ts';
import { type HourlyItem, inPlanOrder } from '../bill/hourly-item.ts';
import { type BillModel, commitmentOn, coverableItems, itemsOf } from '../bill/model.ts';
import type { TenBillionths } from '../types.ts';

const HOURS_PER_MONTH = 730n;
const WEEK = BigInt(HOURS_PER_WEEK);
const ONE_SQUARED = 10_000_000_000n;

/** The estate as it stood on its last billed day, as a week that goes on for ever. */
export interface SteadyWeek {
  /** The last billed day: what grows is as large as on it. */
  readonly day: Day;
  /** Alive on the last day, in bill order. */
  readonly assets: readonly Asset[];
  /** What Savings Plans could cover, in AWS's order. */
  readonly items: readonly HourlyItem[];
  readonly commitmentPerHour: number;
  /** On-demand cost of a week after the plans have been applied. */
  readonly leftOnDemand: TenBillionths;
}

/** `ahead`: how many weeks on; of the steady company each is the same. */
export function steadyWeek(model: BillModel, ahead = 0): SteadyWeek {
  const day = addDays(model.asOf, -1);
  const assets = model.assetsOfWeek(addDays(day, 7 * ahead)).filter(({ resource }) => isOn(resource, day));
  const items = coverableItems(assets, day);
  const commitmentPerHour = Number(commitmentOn(model.savingsPlans, day));
  return { day, assets, items, commitmentPerHour, leftOnDemand: leftOnDemand(items, commitmentPerHour) };
}

/** What a week costs on demand beside the commitment, which is paid whether it is used or not. `items` must be in plan order. */
export function leftOnDemand(items: readonly HourlyItem[], commitmentPerHour: number): TenBillionths {
  const covered = allocate(items, 0, HOURS_PER_WEEK, commitmentPerHour);
  let left = 0n;
  items.forEach((item, index) => {
    left += BigInt(weekOf(item.onDemandCost)) - BigInt(covered.onDemandCost[index] ?? 0);
  });
  return left;
}

/**
 * What the payer's bill (amortised, without tax, credits and support) loses in a month of 730 h when `asset` becomes `after`: the plans are
 * applied anew, so usage that they covered gives its commitment to other usage, and what that usage then no longer pays on demand is the saving.
 */
export function avoidableMonthly(week: SteadyWeek, asset: Asset, after: Usage): TenBillionths {
  const plain = monthlyOf(asset.usage.plain, asset, week.day) - monthlyOf(after.plain, asset, week.day);
  const gone = new Set(itemsOf(asset));
  const added = itemsOf(asset, after.hourly);
  const isCoverable = [...gone, ...added].every((item) => item.savingsPlanCost !== null);
  if (!isCoverable) return plain + monthOfWeeks(totalOf(gone) - totalOf(added));
  const isSame = added.length === gone.size && added.every((item) => gone.has(item));
  if (isSame) return plain;
  const items = replaced(week.items, gone, added);
  return plain + monthOfWeeks(week.leftOnDemand - leftOnDemand(items, week.commitmentPerHour));
}

export function replaced(
  items: readonly HourlyItem[],
  gone: ReadonlySet<HourlyItem>,
  added: readonly HourlyItem[],
): HourlyItem[] {
  const kept = items.filter((item) => !gone.has(item));
  return [...kept, ...added].sort(inPlanOrder);
}

/** What a resource costs in a month of 730 h at on-demand prices. */
export function listMonthly(usage: Usage, asset: Asset, day: Day): TenBillionths {
  return monthlyOf(usage.plain, asset, day) + monthOfWeeks(totalOf(itemsOf(asset, usage.hourly)));
}

function totalOf(items: Iterable<HourlyItem>): TenBillionths {
  let total = 0n;
  for (const item of items) total += BigInt(weekOf(item.onDemandCost));
  return total;
}

function weekOf(table: Float64Array): number {
  let total = 0;
  for (const amount of table) total += amount;
  return total;
}

export function monthOfWeeks(amountPerWeek: TenBillionths): TenBillionths {
  return (amountPerWeek * HOURS_PER_MONTH) / WEEK;
}

function monthlyOf(meters: readonly PlainMeter[], { resource }: Asset, day: Day): TenBillionths {
  const age = BigInt(dayNumber(day) - dayNumber(resource.from));
  return meters.reduce((sum, meter) => sum + plainMonthly(grown(meter, age)), 0n);
}

function grown(meter: PlainMeter, ageDays: bigint): PlainMeter {
  return { ...meter, quantity: meter.quantity + (meter.quantity * BigInt(meter.growthPerDayPpm) * ageDays) / 1_000_000n };
}

function plainMonthly(meter: PlainMeter): TenBillionths {
  const perMonth = { month: meter.quantity, hour: meter.quantity * HOURS_PER_MONTH, day: daysOf(meter) }[meter.basis];
  const cost = (perMonth * meter.rate) / ONE_SQUARED;
  return cost - (cost * BigInt(meter.discountPerMille)) / 1000n;
}

function daysOf({ quantity, weekendPerMille }: PlainMeter): TenBillionths {
  const week = quantity * 5n + (quantity * 2n * BigInt(weekendPerMille)) / 1000n;
  return monthOfWeeks(week);
}
