import { addDays, addMonths, type Day, daysInMonth, firstDay, isDay, monthOf, type Period } from '../../../kernel/calendar.ts';
import { resultPeriods } from '../cost-explorer/time-period.ts';
import { invalid, Refusal } from '../refusal.ts';

export function dataUnavailable(): Refusal {
  return new Refusal('DataUnavailableException', 'The requested data is unavailable.');
}

/**
 * The days that commitments are asked about: within 13 months, and over before today. AWS's guide says that the end must lie before the
 * current date (read 2026-11); a window that ends on it meets figures that are not there yet.
 */
export function readUsePeriod({ Start: start, End: end }: { readonly Start: string; readonly End: string }, asOf: Day): Period {
  for (const day of [start, end]) {
    if (!isDay(day)) throw invalid(`Dates must be formatted as yyyy-MM-dd; "${day.slice(0, 40)}" is not`);
  }
  if (start >= end) throw invalid('Start date (and hour) should be before end date (and hour)');
  if (end > asOf) throw invalid("Future dates can't be used as an End date");
  if (start < monthsBefore(asOf, 13)) throw invalid('The Start date must be within 13 months');
  if (end === asOf) throw dataUnavailable();
  return { start, end };
}

/** The same day of an earlier month, or the last that it has. */
function monthsBefore(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), -months);
  return addDays(firstDay(month), Math.min(Number(day.slice(8)), daysInMonth(month)) - 1);
}

/** The stretches that get a result each: days, months, or all of it. */
export function partsOf(period: Period, granularity: 'DAILY' | 'MONTHLY' | 'HOURLY' | undefined): Period[] {
  if (granularity === 'HOURLY') throw invalid('HOURLY granularity is not supported for this request');
  return granularity === undefined ? [period] : resultPeriods(period, granularity);
}

export const timePeriod = ({ start, end }: Period) => ({ Start: start, End: end });
