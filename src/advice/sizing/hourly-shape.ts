import { type Day, daysBetween, type Period } from '../../kernel/calendar.ts';

export const HOURS_PER_DAY = 24;

/** A day's figures hour by hour, midnight UTC first. */
export type DayShape = readonly number[];

/** Monday to Friday are of one kind, Saturday and Sunday of the other. */
function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The mean day of each kind among the days that are known by the hour. */
export function profileOf(known: ReadonlyMap<Day, DayShape>): (day: Day) => DayShape | null {
  const sums = new Map<boolean, number[]>();
  for (const [day, hours] of known) {
    const sum = sums.get(isWeekend(day)) ?? new Array<number>(HOURS_PER_DAY).fill(0);
    sums.set(
      isWeekend(day),
      sum.map((value, hour) => value + (hours[hour] ?? 0)),
    );
  }
  const counts = new Map([true, false].map((kind) => [kind, [...known.keys()].filter((day) => isWeekend(day) === kind).length]));
  return (day) => {
    const kind = isWeekend(day);
    const sum = sums.get(kind);
    return sum ? sum.map((value) => value / (counts.get(kind) ?? 1)) : null;
  };
}

/**
 * A day's total, spread as the day went where that is known, else as days of its kind go, else evenly. A total of null is not known: then the
 * mean day of its kind stands in. Writes 24 figures into `target` at the day's place in the period.
 */
export function spread(
  target: Float64Array,
  { day, total, period }: { readonly day: Day; readonly total: number | null; readonly period: Period },
  known: DayShape | undefined,
  profile: DayShape | null,
): void {
  const shape = known ?? profile;
  const whole = shape?.reduce((sum, value) => sum + value, 0) ?? 0;
  const at = daysBetween(period.start, day) * HOURS_PER_DAY;
  for (let hour = 0; hour < HOURS_PER_DAY; hour += 1) {
    const flat = (total ?? 0) / HOURS_PER_DAY;
    const here = shape && whole > 0 ? ((shape[hour] ?? 0) * (total ?? whole)) / whole : flat;
    target[at + hour] = (target[at + hour] ?? 0) + Math.max(0, here);
  }
}
