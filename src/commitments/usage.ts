/**
 * Usage by family and hour, as what it would cost on demand. A family is what a plan can be bought for: "m5 in ap-northeast-1", "Fargate".
 * Hours stand in order; an hour without usage is 0.
 */
export interface HourlyUsage {
  readonly families: readonly string[];
  readonly hours: number;
  /** Family after family: family f in hour t is at `f * hours + t`. Dollars, never negative. */
  readonly onDemandCost: Float64Array;
}

export interface UsagePoint {
  /** Any text that sorts as the hours follow each other: "2026-11-01T00:00:00Z". */
  readonly hour: string;
  readonly family: string;
  readonly onDemandCost: number;
}

/** Points in any order; two of one hour and family are added up. Hours that no point names are not known to exist. */
export function usageOf(points: Iterable<UsagePoint>): HourlyUsage & { readonly hourNames: readonly string[] } {
  const all = [...points];
  const hourNames = [...new Set(all.map((point) => point.hour))].sort();
  const families = [...new Set(all.map((point) => point.family))].sort();
  const hourAt = new Map(hourNames.map((hour, index) => [hour, index]));
  const familyAt = new Map(families.map((family, index) => [family, index]));
  const onDemandCost = new Float64Array(families.length * hourNames.length);
  for (const { hour, family, onDemandCost: cost } of all) {
    const at = (familyAt.get(family) ?? 0) * hourNames.length + (hourAt.get(hour) ?? 0);
    onDemandCost[at] = (onDemandCost[at] ?? 0) + cost;
  }
  return { families, hours: hourNames.length, hourNames, onDemandCost };
}

/** The hours of one family: a view, not a copy. */
export function hoursOf({ hours, onDemandCost }: HourlyUsage, family: number): Float64Array {
  return onDemandCost.subarray(family * hours, (family + 1) * hours);
}

/** Only these families, in the order given. */
export function onlyFamilies(usage: HourlyUsage, wanted: readonly number[]): HourlyUsage {
  const onDemandCost = new Float64Array(wanted.length * usage.hours);
  for (const [to, from] of wanted.entries()) onDemandCost.set(hoursOf(usage, from), to * usage.hours);
  return { families: wanted.map((family) => usage.families[family] ?? ''), hours: usage.hours, onDemandCost };
}

/** Dollars an hour on demand, over all families. */
export function hourlyMean({ hours, onDemandCost }: HourlyUsage): number {
  return hours === 0 ? 0 : sumOf(onDemandCost) / hours;
}

/** With the error of each addition carried along: a year of hours must not drift. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = value - lost;
    const total = sum + next;
    lost = total - sum - next;
    sum = total;
  }
  return sum;
}
