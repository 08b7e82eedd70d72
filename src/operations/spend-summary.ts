import { addMonths, type Day, firstDay, type Month, monthOf } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { type DecimalString, plain, sumExact } from '../kernel/money.ts';
import type { Context } from './context.ts';
import type { CostBasis, Freshness, SpendByService } from './ports/ledger.ts';

export interface SpendMonth {
  readonly month: Month;
  /** `openMonth` figures still change; `closed` ones the source calls final. */
  readonly state: 'closed' | 'openMonth';
  readonly total: DecimalString;
  /** Largest first. */
  readonly services: readonly { readonly serviceName: string; readonly cost: DecimalString }[];
}

export interface SpendSummary {
  readonly basis: CostBasis;
  /** null while nothing has been pulled: there is no figure then, not a zero. */
  readonly currency: string | null;
  /** Last day of which cost on this basis is known. */
  readonly dataAsOf: Day | null;
  /** First day that is still arriving: figures that contain it are provisional. Null: none is. */
  readonly provisionalFrom: Day | null;
  readonly months: readonly SpendMonth[];
}

export interface SpendQuestion {
  readonly basis: CostBasis;
  readonly currency: string | null;
  /** First month; null: 13 months before the last one. */
  readonly fromMonth: Month | null;
  /** Last month, itself included; null: the month of the newest figures. */
  readonly throughMonth: Month | null;
}

/** As much as Cost Explorer remembers: 13 full months and the current one. */
const DEFAULT_MONTHS_BACK = 13;
const MAX_MONTHS = 37;

/** Cost by month and service on one named basis and in one currency; currencies are never added. */
export async function spendSummary(context: Context, question: SpendQuestion): Promise<SpendSummary> {
  const freshness = await context.ports.ledgerReader.freshness(context.scope);
  if (freshness.dataAsOf === null)
    return { basis: question.basis, currency: null, dataAsOf: null, provisionalFrom: null, months: [] };
  const currency = currencyOf(question, freshness);
  const throughMonth = question.throughMonth ?? monthOf(freshness.dataAsOf);
  const fromMonth = question.fromMonth ?? addMonths(throughMonth, -DEFAULT_MONTHS_BACK);
  refuseOddRange(fromMonth, throughMonth);
  const rows = await context.ports.ledgerReader.spendByService(context.scope, {
    period: { start: firstDay(fromMonth), end: firstDay(addMonths(throughMonth, 1)) },
    basis: question.basis,
    currency,
  });
  const dataAsOf = question.basis === 'invoiceCost' ? freshness.invoiceAsOf : freshness.dataAsOf;
  const { provisionalFrom } = freshness;
  return { basis: question.basis, currency, dataAsOf, provisionalFrom, months: monthsOf(rows, freshness) };
}

function currencyOf(question: SpendQuestion, { currencies }: Freshness): string {
  const asked = question.currency ?? (currencies.length === 1 ? currencies[0] : undefined);
  if (asked !== undefined && currencies.includes(asked)) return asked;
  throw new AdvisorError(
    'INVALID_INPUT',
    asked === undefined
      ? 'There is cost in more than one currency, and currencies are not added.'
      : `There is no cost in ${asked}.`,
    `Ask for one of: ${currencies.join(', ')}.`,
  );
}

function refuseOddRange(fromMonth: Month, throughMonth: Month): void {
  if (fromMonth <= throughMonth && addMonths(fromMonth, MAX_MONTHS) > throughMonth) return;
  throw new AdvisorError(
    'INVALID_INPUT',
    `The months ${fromMonth} to ${throughMonth} are not a range that can be read.`,
    `Ask for 1 to ${MAX_MONTHS} months, the earlier one first.`,
  );
}

function monthsOf(rows: readonly SpendByService[], freshness: Freshness): SpendMonth[] {
  const byMonth = Map.groupBy(rows, (row) => row.month);
  return [...byMonth]
    .map(([month, services]) => ({
      month,
      state: freshness.closedMonths.includes(month) ? ('closed' as const) : ('openMonth' as const),
      total: plain(sumExact(services.map((row) => row.cost))),
      services: services.map(({ serviceName, cost }) => ({ serviceName, cost })).toSorted(largestFirst),
    }))
    .toSorted((a, b) => a.month.localeCompare(b.month));
}

function largestFirst(a: SpendMonth['services'][number], b: SpendMonth['services'][number]): number {
  return sumExact([b.cost]).comparedTo(a.cost) || a.serviceName.localeCompare(b.serviceName);
}
