import type { HourlyItem } from './hourly-item.ts';

/** What the Savings Plans paid for of each item over some hours; indexes are those of the list given. */
export interface Allocation {
  readonly quantity: Float64Array;
  readonly onDemandCost: Float64Array;
  readonly savingsPlanCost: Float64Array;
  /** Commitment used, all hours together. */
  readonly used: number;
}

/**
 * Applies `commitmentPerHour` to each hour by itself, as AWS does: down the list (which must be in plan order and hold covered items only)
 * until the usage or the commitment ends; nothing is carried into the next hour. `observe` sees each hour, for tests.
 */
export function allocate(
  items: readonly HourlyItem[],
  firstHour: number,
  hours: number,
  commitmentPerHour: number,
  observe?: (hour: number, used: number) => void,
): Allocation {
  const result = {
    quantity: new Float64Array(items.length),
    onDemandCost: new Float64Array(items.length),
    savingsPlanCost: new Float64Array(items.length),
    used: 0,
  };
  if (commitmentPerHour <= 0) return result;
  for (let hour = firstHour; hour < firstHour + hours; hour++) {
    const used = allocateHour(items, hour, commitmentPerHour, result);
    result.used += used;
    observe?.(hour, used);
  }
  return result;
}

function allocateHour(items: readonly HourlyItem[], hour: number, commitment: number, into: Allocation): number {
  let left = commitment;
  for (let index = 0; index < items.length && left > 0; index++) {
    const item = items[index] as HourlyItem;
    const cost = item.savingsPlanCost?.[hour] ?? 0;
    if (cost === 0) continue;
    const taken = Math.min(cost, left);
    const share = taken === cost ? null : taken;
    add(into.quantity, index, part(item.quantity[hour] ?? 0, share, cost));
    add(into.onDemandCost, index, part(item.onDemandCost[hour] ?? 0, share, cost));
    add(into.savingsPlanCost, index, taken);
    left -= taken;
  }
  return commitment - left;
}

function add(list: Float64Array, index: number, amount: number): void {
  list[index] = (list[index] ?? 0) + amount;
}

/** `whole` x share / of, rounded down; the product does not fit a plain number. A null share is all of it. */
function part(whole: number, share: number | null, of: number): number {
  return share === null ? whole : Number((BigInt(whole) * BigInt(share)) / BigInt(of));
}
