import { addDays, asDay, type Day, dayOf, firstDay, type Month, monthOf, periodOfMonth } from '../kernel/calendar.ts';
import { type DecimalString, plain, sumExact } from '../kernel/money.ts';
import { costExplorerWindow, settledUntil } from '../ledger/billing-horizon.ts';
import { type MonthState, monthState } from '../ledger/month-state.ts';
import { DAILY_SLICE_ID } from '../ledger/slice.ts';
import type { Context } from './context.ts';
import type { Connection } from './ports/connections.ts';
import type { KnownDay } from './ports/pull-state.ts';
import type { Run } from './ports/runs.ts';
import { isAskedOver, passedByOver } from './sync/billing-view.ts';
import { connectionsToPull } from './sync/connections.ts';
import { nextDue } from './sync/due.ts';
import { historyOf, type RunHistory } from './sync/last-good.ts';
import { newestRuns } from './sync/newest-runs.ts';
import { ALL_READS, needsOf } from './sync/plan/needs.ts';
import { sourceOf } from './sync/plan/request.ts';
import { SOURCES } from './sync/sources/index.ts';

/** How fresh one source of one connection is, and what asking it cost. */
export interface SourceStatus {
  readonly source: string;
  /** Last day of which it tells anything; null where it has no days. */
  readonly dataAsOf: Day | null;
  /** When the last good run began (ISO instant); null: none in the log that was read. */
  readonly lastGoodRun: string | null;
  /** The first day on which it is asked again by itself; null: at the close of a month, or when it changes. */
  readonly nextDue: Day | null;
  /** Of the last good run: what the source's total had and its lines had not. */
  readonly residual: DecimalString | null;
  readonly quarantined: number;
  /** US dollars. */
  readonly spentToday: DecimalString;
  readonly spentThisMonth: DecimalString;
}

export interface ConnectionStatus {
  readonly connection: string;
  readonly sources: readonly SourceStatus[];
  /** Sources that are never asked over this connection, since they cannot answer for the one billing view that it reads. */
  readonly passedBy: readonly string[];
  /** Newest first. */
  readonly months: readonly { readonly month: Month; readonly state: MonthState }[];
  readonly spentToday: DecimalString;
  readonly spentThisMonth: DecimalString;
}

/** What was pulled, when it is pulled again, and what it cost so far. Asks nothing of AWS. */
export async function syncStatus(
  context: Context,
  input: { readonly asOf: Day | null; readonly connectionName: string | null },
): Promise<readonly ConnectionStatus[]> {
  const asOf = input.asOf ? asDay(input.asOf, 'as-of day') : dayOf(context.now());
  const connections = await connectionsToPull(context, input.connectionName);
  const runs = await recentRuns(context);
  const { months } = await context.ports.ledgerReader.freshness(context.scope);
  const restated = new Set(months.filter(({ state }) => state === 'restated').map(({ month }) => month));
  const today = dayOf(context.now());
  return Promise.all(
    connections.map(async (connection) => {
      const known = await context.ports.pullState.knownDays(context.scope, connection.id);
      const { start: since } = costExplorerWindow(asOf);
      const hasContract = await context.ports.contracts.anyOver(context.scope, { connectionId: connection.id, since });
      const own = runs.filter((run) => run.connectionId === connection.id);
      return statusOf(connection, { known, asOf, today, hasContract, restated, runs: own, history: historyOf(own) });
    }),
  );
}

const LOG_DAYS = 45;

/** Newest first, as far back as the month and the slowest source reach. */
async function recentRuns(context: Context): Promise<readonly Run[]> {
  const since = addDays(dayOf(context.now()), -LOG_DAYS);
  const runs: Run[] = [];
  for await (const run of newestRuns(context)) {
    if (startDay(run) < since) break;
    runs.push(run);
  }
  return runs;
}

interface Seen {
  readonly known: readonly KnownDay[];
  readonly runs: readonly Run[];
  readonly history: RunHistory;
  readonly hasContract: boolean;
  /** Of the whole ledger: what a month came to after it had closed is not kept for each connection. */
  readonly restated: ReadonlySet<Month>;
  readonly asOf: Day;
  readonly today: Day;
}

function statusOf(connection: Connection, seen: Seen): ConnectionStatus {
  const asked = SOURCES.filter((source) => isAskedOver(source, connection));
  const names = [...new Set([...seen.runs.map((run) => run.source), ...asked.flatMap(({ runSources }) => runSources)])].sort();
  const sources = names.map((source) => sourceStatus(source, connection.id, seen));
  const sum = (of: (status: SourceStatus) => DecimalString): DecimalString => plain(sumExact(sources.map(of)));
  return {
    connection: connection.name,
    sources,
    passedBy: passedByOver(connection),
    months: monthsOf(seen),
    spentToday: sum((status) => status.spentToday),
    spentThisMonth: sum((status) => status.spentThisMonth),
  };
}

function sourceStatus(source: string, connectionId: string, seen: Seen): SourceStatus {
  const { known, runs, history, today } = seen;
  const own = runs.filter((run) => run.source === source);
  const good = history.lastRun(connectionId, source);
  const days = known.filter((day) => sourceOf({ id: day.sliceId }) === source).map((item) => item.day);
  const dataAsOf = days.toSorted().at(-1) ?? null;
  const spentSince = (since: Day): DecimalString =>
    plain(sumExact(own.filter((run) => startDay(run) >= since).map((run) => run.requestCost)));
  return {
    source,
    dataAsOf,
    lastGoodRun: good?.startedAt ?? null,
    nextDue: dueDay(source, connectionId, dataAsOf, seen),
    residual: good?.residual ?? null,
    quarantined: good?.quarantined ?? 0,
    spentToday: spentSince(today),
    spentThisMonth: spentSince(firstDay(monthOf(today))),
  };
}

function dueDay(
  source: string,
  connectionId: string,
  dataAsOf: Day | null,
  { history, asOf, today, hasContract }: Seen,
): Day | null {
  const need = needsOf({ reads: ALL_READS, hasContract }).needs.find(({ slices }) =>
    slices.some((slice) => sourceOf(slice) === source),
  );
  if (need) {
    if (dataAsOf === null || need.everyDays === null) return need.everyDays === null ? null : asOf;
    const due = addDays(dataAsOf, 1 + need.everyDays);
    return due < asOf ? asOf : due;
  }
  const rhythm = SOURCES.find(({ runSources }) => runSources.includes(source));
  if (!rhythm || rhythm.id === 'costExplorer') return null;
  return nextDue(rhythm, history, { connectionId, source }, { asOf, today });
}

function monthsOf({ known, asOf, restated }: Seen): ConnectionStatus['months'] {
  const daily = known.filter(({ sliceId }) => sliceId === DAILY_SLICE_ID);
  return [...Map.groupBy(daily, ({ day }) => monthOf(day))]
    .map(([month, days]) => {
      const lastKnownDay =
        days
          .map(({ day }) => day)
          .toSorted()
          .at(-1) ?? firstDay(month);
      const isFinal = addDays(lastKnownDay, 1) === periodOfMonth(month).end && days.every(({ estimated }) => !estimated);
      return { month, state: monthState({ lastKnownDay, isFinal, hasChangedSince: restated.has(month) }, settledUntil(asOf)) };
    })
    .sort((a, b) => (a.month < b.month ? 1 : -1));
}

function startDay(run: Run): Day {
  return dayOf(new Date(run.startedAt));
}
