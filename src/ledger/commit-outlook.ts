import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  firstDay,
  type Month,
  monthOf,
  monthsIn,
  type Period,
} from '../kernel/calendar.ts';
import { type DecimalString, Exact, exact, plain, sumExact } from '../kernel/money.ts';
import type { Commit } from './contract.ts';
import { TREND_MONTHS } from './credit-outlook.ts';

/** Spend of one month and currency that counts towards a commit. */
export interface CommitMonth {
  readonly month: Month;
  readonly spend: DecimalString;
  readonly isSettled: boolean;
}

interface Range {
  readonly low: DecimalString;
  readonly expected: DecimalString;
  readonly high: DecimalString;
}

export interface CommitOutlook {
  readonly contractId: string;
  /** The year of the contract in which `asOf` lies. */
  readonly year: Period;
  readonly committed: DecimalString;
  /** In the year's settled months. */
  readonly spent: DecimalString;
  readonly projection:
    | {
        readonly kind: 'known';
        /** Spend of the whole year if the other months are like the cheapest, the mean and the dearest of the trend. */
        readonly spend: Range;
        /** What would have to be paid for nothing; low is the best case. */
        readonly shortfall: Range;
        readonly isReached: 'yes' | 'no' | 'open';
      }
    | { readonly kind: 'unknown'; readonly missing: string };
}

/**
 * Null: the contract does not hold on `asOf`. Years count from its start; a last year that is cut short is committed in full. Bills are monthly:
 * a year that begins within a month counts that month whole, and twelve months in all.
 */
export function commitOutlook(commit: Commit, months: readonly CommitMonth[], asOf: Day): CommitOutlook | null {
  const year = contractYear(commit, asOf);
  if (year === null) return null;
  const settled = months.filter((item) => item.isSettled).sort((a, b) => (a.month < b.month ? -1 : 1));
  const ofYear = monthsIn(year).slice(0, 12);
  const own = settled.filter(({ month }) => ofYear.includes(month));
  const spent = sumExact(own.map(({ spend }) => spend));
  const committed = commit.terms.amountPerYear;
  const told = { contractId: commit.id, year, committed, spent: plain(spent) };
  const trend = settled.slice(-TREND_MONTHS).map(({ spend }) => exact(spend));
  if (trend.length < TREND_MONTHS) {
    const missing = `${TREND_MONTHS} closed months of spend; there are ${trend.length}`;
    return { ...told, projection: { kind: 'unknown', missing } };
  }
  const left = ofYear.length - own.length;
  const whole = (monthly: Exact): Exact => spent.plus(monthly.mul(left));
  const spend = {
    low: whole(Exact.min(...trend)),
    expected: whole(sumExact(trend).div(TREND_MONTHS)),
    high: whole(Exact.max(...trend)),
  };
  const lacks = (amount: Exact): DecimalString => plain(Exact.max(0, exact(committed).minus(amount)));
  const isReached = spend.low.gte(committed) ? 'yes' : spend.high.lt(committed) ? 'no' : 'open';
  return {
    ...told,
    projection: {
      kind: 'known',
      spend: { low: plain(spend.low), expected: plain(spend.expected), high: plain(spend.high) },
      shortfall: { low: lacks(spend.high), expected: lacks(spend.expected), high: lacks(spend.low) },
      isReached,
    },
  };
}

/** Which part of a saving is cash: below a commit the saved money has to be paid anyway ("no cash effect"). */
export function cashEffect(saving: DecimalString, projectedSpend: DecimalString, committed: DecimalString): DecimalString {
  const aboveCommit = Exact.max(0, exact(projectedSpend).minus(committed));
  return plain(Exact.min(exact(saving), aboveCommit));
}

function contractYear({ startsOn, endsOn }: Commit, asOf: Day): Period | null {
  if (asOf < startsOn || (endsOn !== null && asOf >= endsOn)) return null;
  const daysIntoMonth = daysBetween(firstDay(monthOf(startsOn)), startsOn);
  let start = startsOn;
  for (let years = 1; ; years++) {
    const next = addDays(firstDay(addMonths(monthOf(startsOn), 12 * years)), daysIntoMonth);
    const end = endsOn !== null && endsOn < next ? endsOn : next;
    if (asOf < next) return { start, end };
    start = next;
  }
}
