import { contains, daysInMonth, type Month, monthOf, monthsIn, type Period, periodOfMonth } from '../../kernel/calendar.ts';
import { exact } from '../../kernel/money.ts';
import { COST_SLICES, DAILY_SLICE_ID } from '../../ledger/slice.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { CostSum, PullOptions } from '../ports/cost-source.ts';
import type { KnownMonthSum } from '../ports/pull-state.ts';
import type { KnownBySlice } from './plan/stale-days.ts';

/**
 * Earlier months by account and service, one sum a month, against the ledger: finds cost that moved between accounts or services and
 * left the days' totals as they were. Days that swap cost within one account and service stay hidden from it.
 */
export async function findRestatedMonths(
  { scope, ports }: Context,
  { connection, window, known }: { readonly connection: Connection; readonly window: Period; readonly known: KnownBySlice },
  options: PullOptions,
): Promise<{ readonly restated: readonly Month[]; readonly rows: number }> {
  const slice = COST_SLICES.find((item) => item.id === DAILY_SLICE_ID);
  const question = { window, granularity: 'MONTHLY', groupBy: ['LINKED_ACCOUNT', 'SERVICE'], filter: slice ?? {} } as const;
  const fresh = await ports.costSource.pullSums(connection, question, options);
  const { sums, accountsElsewhere } = await ports.pullState.monthSums(scope, {
    connectionId: connection.id,
    sliceId: DAILY_SLICE_ID,
    period: window,
  });
  const elsewhere = new Set(accountsElsewhere);
  const months = monthsIn(window).filter((month) => isWhole(month, known));
  const restated = months.filter((month) => {
    const told = fresh.filter((sum) => monthOf(sum.start) === month && !elsewhere.has(sum.keys[0] ?? '')).map(asKnown);
    return !isSame(
      told,
      sums.filter((sum) => sum.month === month && !elsewhere.has(sum.accountId)),
    );
  });
  return { restated, rows: fresh.length };
}

/** A month of which the ledger lacks a day is asked anyway. */
function isWhole(month: Month, known: KnownBySlice): boolean {
  const held = [...(known.get(DAILY_SLICE_ID)?.keys() ?? [])].filter((day) => contains(periodOfMonth(month), day));
  return held.length === daysInMonth(month);
}

function asKnown({ start, keys, currency, billedCost, effectiveCost }: CostSum): KnownMonthSum {
  return { month: monthOf(start), accountId: keys[0] ?? '', serviceName: keys[1] ?? '', currency, billedCost, effectiveCost };
}

/** A pair that only one side has must be nothing. */
function isSame(told: readonly KnownMonthSum[], held: readonly KnownMonthSum[]): boolean {
  const left = new Map(held.map((sum) => [keyOf(sum), sum]));
  for (const sum of told) {
    const same = left.get(keyOf(sum));
    left.delete(keyOf(sum));
    const isEqual = (['billedCost', 'effectiveCost'] as const).every((metric) => exact(sum[metric]).eq(same?.[metric] ?? '0'));
    if (!isEqual) return false;
  }
  return [...left.values()].every((sum) => exact(sum.billedCost).isZero() && exact(sum.effectiveCost).isZero());
}

function keyOf({ accountId, serviceName, currency }: KnownMonthSum): string {
  return `${accountId}\n${serviceName}\n${currency}`;
}
