import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  firstDay,
  monthOf,
  monthsIn,
  type Period,
  periodOfMonth,
} from '../../kernel/calendar.ts';
import { restatedWindow } from '../../ledger/billing-horizon.ts';
import type { UseQuestion } from '../ports/commitment-source.ts';

/** Figures of commitments change slowly and each page costs money: asked once a week. */
const EVERY_DAYS = 7;
/** Whole months before the current one, the first time by day and by month. Cost Explorer holds 13 months of commitments (guide, read 2026-11). */
const FIRST_DAYS_MONTHS = 12;
const FIRST_MONTHS = 2;
/** After so many days AWS has closed the month before, and it need not be asked again. */
const CLOSED_AFTER_DAYS = 6;

/** The days and months to ask for on `asOf`; null: it was asked less than a week ago. Windows end before today, as AWS wants it. */
export function questionOfUse(asOf: Day, lastGood: Period | null): UseQuestion | null {
  const end = addDays(asOf, -1);
  if (lastGood !== null && daysBetween(lastGood.end, end) < EVERY_DAYS) return null;
  const thisMonth = monthOf(addDays(end, -1));
  const whole = firstDay(addMonths(thisMonth, -FIRST_DAYS_MONTHS));
  const start =
    lastGood === null ? whole : laterOf(whole, earlierOf(restatedWindow(asOf).start, restatedWindow(lastGood.end).start));
  const months = monthsIn({ start: firstMonthToAsk(thisMonth, lastGood), end });
  return { window: { start, end }, months: months.map((month) => cut(periodOfMonth(month), end)) };
}

function firstMonthToAsk(thisMonth: string, lastGood: Period | null): Day {
  if (lastGood === null) return firstDay(addMonths(thisMonth, -FIRST_MONTHS));
  const lastMonth = monthOf(lastGood.end);
  const isClosed = lastGood.end > addDays(firstDay(lastMonth), CLOSED_AFTER_DAYS);
  return laterOf(firstDay(isClosed ? lastMonth : addMonths(lastMonth, -1)), firstDay(addMonths(thisMonth, -FIRST_DAYS_MONTHS)));
}

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);
const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b);
const cut = ({ start, end }: Period, until: Day): Period => ({ start, end: earlierOf(end, until) });
