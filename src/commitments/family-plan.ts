/**
 * The cheapest level of one plan at one rate over one series: cover K dollars an hour, where at most a share `rate` of the hours lies
 * above K. Cost is convex in K and changes slope at hours' values only, so the order statistic is exact; of equal levels the lowest.
 * `rate` is dollars paid per on-demand dollar covered; from 1 on nothing is worth covering.
 */
export function familyLevel(hours: Float64Array, rate: number, scratch = new Float64Array(hours.length)): number {
  if (!(rate < 1) || hours.length === 0) return 0;
  const mayLieAbove = Math.floor(rate * hours.length + TOLERANCE);
  const rank = hours.length - 1 - mayLieAbove;
  if (rank < 0) return 0;
  scratch.set(hours);
  return Math.max(0, smallest(scratch, rank));
}

/** A whole number of hours that rounding has moved by less than this is that number. */
const TOLERANCE = 1e-9;

/** The value of the given rank, counted from 0. Reorders `values`. Quickselect: on average it looks at each value a few times. */
export function smallest(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(values[left] as number, values[(left + right) >> 1] as number, values[right] as number);
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] as number) < pivot) i += 1;
      while ((values[j] as number) > pivot) j -= 1;
      if (i > j) break;
      const kept = values[i] as number;
      values[i] = values[j] as number;
      values[j] = kept;
      i += 1;
      j -= 1;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank] as number;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
