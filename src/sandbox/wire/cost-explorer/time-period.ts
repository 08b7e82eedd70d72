import { z } from 'zod';
import {
  addDays,
  addMonths,
  type Day,
  eachDay,
  firstDay,
  isDay,
  monthOf,
  monthsIn,
  type Period,
  periodOfMonth,
} from '../../../kernel/calendar.ts';
import { invalid } from '../refusal.ts';
import { historyOf } from './charge-table.ts';
import { HOURS_KEPT_DAYS } from './hour-table.ts';

export const intervalSchema = z.object({ Start: z.string(), End: z.string() });
export type Granularity = 'DAILY' | 'MONTHLY' | 'HOURLY';

/** Days in which Cost Explorer still calls the month before an estimate. */
const MONTH_CLOSES_AFTER_DAY = 5;

/** The period asked for, within what Cost Explorer keeps: 13 months and the current one, up to the first of next month. */
export function readPeriod({ Start: start, End: end }: z.output<typeof intervalSchema>, asOf: Day): Period {
  for (const day of [start, end])
    if (!isDay(day)) throw invalid(`Dates must be formatted as yyyy-MM-dd; "${day.slice(0, 40)}" is not`);
  if (start >= end) throw invalid('Start date (and hour) should be before end date (and hour)');
  if (end > firstDay(addMonths(monthOf(asOf), 1))) throw invalid('end date past the beginning of next month');
  if (start < historyOf(asOf).start) throw invalid("You haven't enabled historical data beyond 14 months.");
  return { start, end };
}

const HOUR = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):00:00Z$/;
const MS_PER_HOUR = 3_600_000;

/** Whole hours of the last two weeks, as instants. */
export function readHours({ Start: start, End: end }: z.output<typeof intervalSchema>, asOf: Day): Period {
  for (const hour of [start, end])
    if (!isDay(HOUR.exec(hour)?.[1] ?? '')) {
      throw invalid(`Dates for hourly granularity must be formatted as yyyy-MM-dd'T'HH:mm:ss'Z'; "${hour.slice(0, 40)}" is not`);
    }
  if (start >= end) throw invalid('Start date (and hour) should be before end date (and hour)');
  if (start < addDays(asOf, -HOURS_KEPT_DAYS)) {
    throw invalid(`start date is too old for hourly granularity, the max supported days is ${HOURS_KEPT_DAYS} days`);
  }
  return { start, end: end > `${asOf}T00:00:00Z` ? `${asOf}T00:00:00Z` : end };
}

function* eachHour({ start, end }: Period): Generator<Period> {
  const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  for (let ms = Date.parse(start); ms < Date.parse(end); ms += MS_PER_HOUR) {
    yield { start: instant(ms), end: instant(ms + MS_PER_HOUR) };
  }
}

/** The stretches of time that get a result each; months are cut at the edges of the question. */
export function resultPeriods(period: Period, granularity: Granularity): Period[] {
  if (granularity === 'DAILY') return [...eachDay(period)].map((start) => ({ start, end: addDays(start, 1) }));
  if (granularity === 'HOURLY') return [...eachHour(period)];
  return monthsIn(period).map((month) => {
    const whole = periodOfMonth(month);
    return {
      start: whole.start < period.start ? period.start : whole.start,
      end: whole.end > period.end ? period.end : whole.end,
    };
  });
}

/** Estimated: the open month, and the one before it until AWS has closed it. */
export function isEstimated(period: Period, asOf: Day): boolean {
  const thisMonth = monthOf(asOf);
  const lastIsOpen = Number(asOf.slice(8)) <= MONTH_CLOSES_AFTER_DAY;
  return period.start >= firstDay(lastIsOpen ? addMonths(thisMonth, -1) : thisMonth);
}
