import { addDays, addMonths, type Day, firstDay, monthOf, monthsIn, type Period, periodOfMonth } from '../../kernel/calendar.ts';
import type { UseQuestion } from '../ports/commitment-source.ts';
import { windowSince } from './windows.ts';

/** Whole months before the current one, the first time by day and by month. Cost Explorer holds 13 months of commitments (guide, read 2026-11). */
const FIRST_DAYS_MONTHS = 12;
const FIRST_MONTHS = 2;
/** After so many days AWS has closed the month before, and it need not be asked again. */
const CLOSED_AFTER_DAYS = 6;

/** The days and months to ask for on `asOf`. Windows end before today, as AWS wants it. */
export function questionOfUse(asOf: Day, lastGood: Period | null): UseQuestion {
  const end = addDays(asOf, -1);
  const thisMonth = monthOf(addDays(end, -1));
  const whole = { start: firstDay(addMonths(thisMonth, -FIRST_DAYS_MONTHS)), end };
  const months = monthsIn({ start: firstMonthToAsk(thisMonth, lastGood), end });
  return { window: windowSince(lastGood, asOf, whole), months: months.map((month) => cut(periodOfMonth(month), end)) };
}

/** The day on which such a window was asked for. */
export function askedOn({ end }: Period): Day {
  return addDays(end, 1);
}

function firstMonthToAsk(thisMonth: string, lastGood: Period | null): Day {
  if (lastGood === null) return firstDay(addMonths(thisMonth, -FIRST_MONTHS));
  const lastMonth = monthOf(lastGood.end);
  const isClosed = lastGood.end > addDays(firstDay(lastMonth), CLOSED_AFTER_DAYS);
  const oldest = firstDay(addMonths(thisMonth, -FIRST_DAYS_MONTHS));
  const wanted = firstDay(isClosed ? lastMonth : addMonths(lastMonth, -1));
  return wanted > oldest ? wanted : oldest;
}

const cut = ({ start, end }: Period, until: Day): Period => ({ start, end: end < until ? end : until });
