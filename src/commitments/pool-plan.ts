/** The families that have a rate, in the order in which AWS covers them: highest discount first (Savings Plans user guide, read 2026-11). */
export function coverOrder(rates: Float64Array): readonly number[] {
  const covered = [...rates.keys()].filter((family) => Number.isFinite(rates[family]));
  return covered.sort((a, b) => (rates[a] as number) - (rates[b] as number) || a - b);
}

/**
 * The cheapest commitment (dollars an hour) of one plan over all families, each with a rate of its own. An hour's commitment goes to the
 * highest discount first, so what one more dollar saves in an hour is 1/rate of the item it reaches. Least cost is where those values,
 * summed over the hours, fall to the number of hours; the sum changes only at hours' breakpoints. Exact: the answer is a breakpoint.
 * `usage` is family after family; rates of 1 and more are covered last and never pay.
 */
export function poolCommitment(usage: Float64Array, rates: Float64Array, hours: number): number {
  const order = coverOrder(rates).filter((family) => (rates[family] as number) < 1);
  const needed = neededUpTo(usage, rates, order, hours);
  const worth = order.map((family) => 1 / (rates[family] as number));
  const slopeAt = (commitment: number): number => {
    let slope = hours;
    for (let hour = 0; hour < hours; hour += 1) {
      const item = firstAbove(needed, hour, hours, order.length, commitment);
      if (item < order.length) slope -= worth[item] as number;
    }
    return slope;
  };
  if (order.length === 0 || slopeAt(0) >= -TOLERANCE) return 0;
  let low = 0;
  let high = 0;
  for (let hour = 0; hour < hours; hour += 1) high = Math.max(high, needed[order.length * hours + hour] as number);
  for (let step = 0; step < STEPS && high - low > PRECISION * high; step += 1) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) >= -TOLERANCE) high = middle;
    else low = middle;
  }
  return nextBreakpoint(needed, order.length, hours, low, high);
}

const TOLERANCE = 1e-9;
const STEPS = 64;
const PRECISION = 1e-13;

/** Commitment that covers the first i items of an hour, at `i * hours + hour`. */
function neededUpTo(usage: Float64Array, rates: Float64Array, order: readonly number[], hours: number): Float64Array {
  const needed = new Float64Array((order.length + 1) * hours);
  for (const [i, family] of order.entries()) {
    const rate = rates[family] as number;
    for (let hour = 0; hour < hours; hour += 1)
      needed[(i + 1) * hours + hour] = (needed[i * hours + hour] as number) + rate * (usage[family * hours + hour] as number);
  }
  return needed;
}

/** The item that one more dollar would reach in this hour; `items` when all are covered. */
function firstAbove(needed: Float64Array, hour: number, hours: number, items: number, commitment: number): number {
  if ((needed[items * hours + hour] as number) <= commitment) return items;
  let low = 0;
  let high = items - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((needed[(middle + 1) * hours + hour] as number) <= commitment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bisection ends between two numbers; the breakpoint that lies there is the exact answer. */
function nextBreakpoint(needed: Float64Array, items: number, hours: number, low: number, high: number): number {
  let best = high;
  for (let hour = 0; hour < hours; hour += 1) {
    const item = firstAbove(needed, hour, hours, items, low);
    if (item === items) continue;
    const value = needed[(item + 1) * hours + hour] as number;
    if (value > low && value < best) best = value;
  }
  return best;
}
