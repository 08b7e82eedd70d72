export interface Line {
  /** The value of the line at a place; the values that it was laid through stand at 0, 1, 2 and so on. */
  readonly at: (place: number) => number;
  /** Standard deviation of the values around it. */
  readonly deviation: number;
}

/** The least-squares line. At least three values. */
export function fitLine(values: readonly number[]): Line {
  const n = values.length;
  const meanPlace = (n - 1) / 2;
  const meanValue = values.reduce((sum, value) => sum + value, 0) / n;
  let above = 0;
  let below = 0;
  values.forEach((value, place) => {
    above += (place - meanPlace) * (value - meanValue);
    below += (place - meanPlace) ** 2;
  });
  const slope = above / below;
  const at = (place: number): number => meanValue + slope * (place - meanPlace);
  const squares = values.reduce((sum, value, place) => sum + (value - at(place)) ** 2, 0);
  return { at, deviation: Math.sqrt(squares / (n - 2)) };
}

/** How many standard deviations to either side hold this share of a normal distribution (Winitzki's approximation, within 0.2 %). */
export function quantileOfNormal(share: number): number {
  const a = 0.147;
  const log = Math.log(1 - share * share);
  const middle = 2 / (Math.PI * a) + log / 2;
  return Math.SQRT2 * Math.sqrt(Math.sqrt(middle * middle - log / a) - middle);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
