import { AdvisorError } from './failure.ts';

/** A UTC calendar day, "2026-11-24". */
export type Day = string;
/** A calendar month, "2026-11". */
export type Month = string;
/** Half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

const MS_PER_DAY = 86_400_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDay(text: string): boolean {
  return DAY.test(text) && dayOf(new Date(`${text}T00:00:00Z`)) === text;
}

/** "2026-11". */
export function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`);
}

export function asDay(text: string, what = 'day'): Day {
  if (isDay(text)) return text;
  throw new AdvisorError(
    'INVALID_INPUT',
    `${what} "${text}" is not a calendar day`,
    'Write it as YYYY-MM-DD, for example 2026-11-24.',
  );
}

/** The UTC day of an instant; an invalid instant gives "". */
export function dayOf(instant: Date): Day {
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString().slice(0, 10);
}

/** Bills speak of some thousand days, a million resources of each of them: a day is read and written once. */
const MOST_REMEMBERED = 20_000;
const numbers = new Map<Day, number>();
const days = new Map<number, Day>();

export function dayNumber(day: Day): number {
  return remembered(numbers, day, () => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);
}

export function dayFromNumber(number: number): Day {
  return remembered(days, number, () => dayOf(new Date(number * MS_PER_DAY)));
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  if (known.size < MOST_REMEMBERED) known.set(key, made);
  return made;
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

export function daysIn(period: Period): number {
  return Math.max(0, daysBetween(period.start, period.end));
}

export function* eachDay(period: Period): Generator<Day> {
  for (let n = dayNumber(period.start); n < dayNumber(period.end); n++) yield dayFromNumber(n);
}

export function contains(period: Period, day: Day): boolean {
  return day >= period.start && day < period.end;
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function firstDay(month: Month): Day {
  return `${month}-01`;
}

export function addMonths(month: Month, months: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function periodOfMonth(month: Month): Period {
  return { start: firstDay(month), end: firstDay(addMonths(month, 1)) };
}

export function daysInMonth(month: Month): number {
  return daysIn(periodOfMonth(month));
}

/** The months a period touches, oldest first. */
export function hoursInMonth(month: Month): number {
  return daysInMonth(month) * 24;
}

export function monthsIn(period: Period): Month[] {
  const months: Month[] = [];
  if (daysIn(period) === 0) return months;
  const last = monthOf(addDays(period.end, -1));
  for (let month = monthOf(period.start); month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}
