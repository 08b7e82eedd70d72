import {
  addDays,
  addMonths,
  type Day,
  firstDay,
  type Month,
  monthOf,
  type Period,
  periodOfMonth,
} from '../../kernel/calendar.ts';
import { fingerprint } from '../../kernel/fingerprint.ts';
import { plain, sumExact } from '../../kernel/money.ts';
import { comparisonDriver, REMAINDER, withRemainder } from '../../ledger/month-comparison.ts';
import type { Context } from '../context.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const MONTH_COMPARISON = 'monthComparison';

/** Days into a month after which the one before it is closed as a rule; asked before, it would have to be paid for again. */
const CLOSED_BY_DAY = 8;

/** Why the last closed month differs from the one before: its drivers and what they leave. */
export async function pullComparison(context: Context, plan: SourcePlan): Promise<readonly SyncEntry[]> {
  const { connection, asOf } = plan;
  const month = lastClosedMonth(asOf);
  const window = periodOfMonth(month);
  const entry = await attempt(context, paidJob(plan, MONTH_COMPARISON, window), async (options, runId): Promise<Outcome> => {
    const comparison = await context.ports.costSource.pullComparison(connection, month, options);
    const drivers = withRemainder(comparison);
    const facts = drivers.map((body) => ({
      accountId: null,
      day: window.start,
      key: fingerprint(body.serviceName ?? '', body.usageType ?? '', body.type, body.name),
      body,
    }));
    const { rows } = await context.ports.facts.replace(context.scope, {
      connectionId: connection.id,
      runId,
      type: comparisonDriver,
      window,
      facts,
    });
    const remainder = drivers.filter(({ type }) => type === REMAINDER).map(({ difference }) => difference);
    return { rows, residual: plain(sumExact(remainder)), currency: comparison.total.currency };
  });
  return [entry];
}

/** The day on which the month after the compared one is closed. */
export function nextComparison({ start }: Period): Day {
  return addDays(firstDay(addMonths(monthOf(start), 2)), CLOSED_BY_DAY - 1);
}

function lastClosedMonth(asOf: string): Month {
  const isClosed = Number(asOf.slice(8)) >= CLOSED_BY_DAY;
  return addMonths(monthOf(asOf), isClosed ? -1 : -2);
}
