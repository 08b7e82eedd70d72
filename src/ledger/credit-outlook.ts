import { addMonths, type Day, firstDay, type Month, monthOf } from '../kernel/calendar.ts';
import { type DecimalString, Exact, exact, plain, sumExact } from '../kernel/money.ts';
import { type Credit, creditEnd } from './contract.ts';

/** What the bill says of one month and currency. */
export interface CreditMonth {
  readonly month: Month;
  /** Credits on the bill, as a positive amount. */
  readonly creditUsed: DecimalString;
  /** Closed: no day of it changes any more. */
  readonly isSettled: boolean;
}

/** So many settled months make a trend; fewer make none. */
export const TREND_MONTHS = 3;

export interface CreditOutlook {
  readonly contractId: string;
  /** Used up to and with the last known month. */
  readonly used: DecimalString;
  readonly balance: DecimalString;
  /** The month in which the credit ends, by use or by expiry, whichever is first. */
  readonly end:
    | { readonly kind: 'known'; readonly month: Month; readonly because: 'usedUp' | 'expires' }
    | { readonly kind: 'unknown'; readonly missing: string };
  /** What the bill grows by a month after it: the credit's mean use in the settled months of the trend. Null where there is no trend. */
  readonly monthlyUse: DecimalString | null;
  /** What expires unused if use stays as it is; null where there is no trend. */
  readonly expectedToLapse: DecimalString | null;
}

export interface CreditsOutlook {
  readonly credits: readonly CreditOutlook[];
  /** Credits on the bill that no contract accounts for: an agreement that nobody has entered. */
  readonly unexplained: DecimalString;
}

/**
 * Gives each month's credits on the bill to the credits that hold, the first to expire first, as AWS applies them ("Applying credits", Billing
 * guide, read 2026-11). The bill does not say which credit paid, so a credit for some services only may be told too much. Days before `asOf`.
 */
export function creditsOutlook(contracts: readonly Credit[], months: readonly CreditMonth[], asOf: Day): CreditsOutlook {
  const order = [...contracts].sort((a, b) => compare(creditEnd(a), creditEnd(b)) || compare(a.id, b.id));
  const uses = new Map(order.map(({ id }) => [id, new Map<Month, Exact>()]));
  const balances = new Map(order.map(({ id, terms }) => [id, exact(terms.amount)]));
  const unexplained = [...months]
    .sort((a, b) => compare(a.month, b.month))
    .map(({ month, creditUsed }) => {
      let left = exact(creditUsed);
      for (const credit of order.filter((item) => holdsIn(item, month))) {
        const taken = Exact.min(left, balances.get(credit.id) ?? 0);
        balances.set(credit.id, (balances.get(credit.id) ?? new Exact(0)).minus(taken));
        uses.get(credit.id)?.set(month, taken);
        left = left.minus(taken);
      }
      return left;
    });
  const settled = months.filter((item) => item.isSettled).map(({ month }) => month);
  return {
    credits: order.map((credit) => outlookOf(credit, uses.get(credit.id) ?? new Map(), settled, asOf)),
    unexplained: plain(sumExact(unexplained)),
  };
}

function outlookOf(credit: Credit, uses: ReadonlyMap<Month, Exact>, settled: readonly Month[], asOf: Day): CreditOutlook {
  const used = sumExact(uses.values());
  const balance = exact(credit.terms.amount).minus(used);
  const lastMonth = monthBefore(creditEnd(credit));
  const told = { contractId: credit.id, used: plain(used), balance: plain(balance) };
  if (balance.isZero()) {
    const month = [...uses].filter(([, use]) => use.gt(0)).at(-1)?.[0] ?? monthOf(asOf);
    return { ...told, end: { kind: 'known', month, because: 'usedUp' }, monthlyUse: null, expectedToLapse: '0' };
  }
  if (lastMonth < monthOf(asOf)) {
    const end = { kind: 'known', month: lastMonth, because: 'expires' } as const;
    return { ...told, end, monthlyUse: null, expectedToLapse: plain(balance) };
  }
  const trend = settled
    .filter((month) => holdsIn(credit, month))
    .sort()
    .slice(-TREND_MONTHS);
  if (trend.length < TREND_MONTHS) {
    const missing = `${TREND_MONTHS} closed months under this credit; there are ${trend.length}`;
    return { ...told, end: { kind: 'unknown', missing }, monthlyUse: null, expectedToLapse: null };
  }
  const monthlyUse = sumExact(trend.map((month) => uses.get(month) ?? new Exact(0))).div(TREND_MONTHS);
  return { ...told, ...burnDown(balance, monthlyUse, monthOf(asOf), lastMonth), monthlyUse: plain(monthlyUse) };
}

/** Month by month from the open one until nothing is left or the credit expires. */
function burnDown(
  balance: Exact,
  monthlyUse: Exact,
  from: Month,
  lastMonth: Month,
): Pick<CreditOutlook, 'end' | 'expectedToLapse'> {
  let left = balance;
  for (let month = from; month <= lastMonth; month = addMonths(month, 1)) {
    left = left.minus(monthlyUse);
    if (left.lte(0)) return { end: { kind: 'known', month, because: 'usedUp' }, expectedToLapse: '0' };
  }
  return { end: { kind: 'known', month: lastMonth, because: 'expires' }, expectedToLapse: plain(left) };
}

function holdsIn(credit: Credit, month: Month): boolean {
  return monthOf(credit.startsOn) <= month && firstDay(month) < creditEnd(credit);
}

/** The last month that has a day before `end`. */
function monthBefore(end: Day): Month {
  return end === firstDay(monthOf(end)) ? addMonths(monthOf(end), -1) : monthOf(end);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
