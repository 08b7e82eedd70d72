import { asDay, type Day, dayOf } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { PriceQuestion } from '../ledger/price.ts';
import type { Snapshot } from '../ledger/snapshot.ts';
import type { Context } from './context.ts';
import type { Connection } from './ports/connections.ts';
import { isAskedOver, passedByEntry } from './sync/billing-view.ts';
import { Budget, DAILY_BUDGET } from './sync/budget.ts';
import { connectionsToPull, wantedRuns } from './sync/connections.ts';
import { isDue } from './sync/due.ts';
import type { SyncEntry } from './sync/entry.ts';
import { type RunHistory, readRunHistory } from './sync/last-good.ts';
import { ALL_READS, type FactRead } from './sync/plan/needs.ts';
import type { Source, SourcePlan } from './sync/source.ts';
import { SOURCES } from './sync/sources/index.ts';
import { throughProvenTrust } from './sync/trust.ts';

/** What `sync` can be told to pull. */
export const SYNC_SOURCES: readonly string[] = SOURCES.map((source) => source.id);

export interface SyncInput {
  /** The day on which we look: figures up to the day before are asked for. Today (UTC) when left out. */
  readonly asOf?: Day | null;
  /** All when left out. */
  readonly sources?: readonly string[];
  /** Only this connection, by name. */
  readonly connectionName?: string | null;
  /** The prices that the advice will ask for, given what the ledger holds. */
  readonly questions: (snapshot: Snapshot) => readonly PriceQuestion[];
  /** The facts that the advice reads: what nothing reads is not asked. All when left out. */
  readonly reads?: readonly FactRead[];
  /** Asks for everything, whether it is due or not. */
  readonly isEverythingWanted?: boolean;
  /** US dollars a connection may spend on questions in a UTC day after the first load; `DAILY_BUDGET` when left out. */
  readonly dailyBudget?: DecimalString;
  /** Told the true cause of each failure, for the log: entries carry only what a reader may see. */
  readonly onFailure?: (source: string, cause: unknown) => void;
}

export interface SyncResult {
  readonly asOf: Day;
  readonly entries: readonly SyncEntry[];
}

/**
 * Pulls every connection of the tenant: its bill, the facts beside it, then the prices that the advice asks for. A source that fails is
 * an entry and stops no other. NOT_READY when nothing is connected.
 */
export async function sync(context: Context, input: SyncInput): Promise<SyncResult> {
  const asOf = input.asOf ? asDay(input.asOf, 'as-of day') : dayOf(context.now());
  const connections = await connectionsToPull(context, input.connectionName ?? null);
  const sources = SOURCES.filter((source) => input.sources?.includes(source.id) ?? true);
  const history = await readRunHistory(context, wantedRuns(connections));
  const work = { asOf, sources, history, input, progress: progressOf(context, stepsOf(connections.length, sources)) };
  const entries: SyncEntry[] = [];
  const open: Connection[] = [];
  for (const listed of connections) {
    const { connection, stopped } = await throughProvenTrust(context, listed, input.onFailure);
    if (stopped) {
      entries.push(stopped);
      continue;
    }
    open.push(connection);
    entries.push(...(await pullConnection(context, connection, work, ['bill', 'facts'])));
  }
  const everybodys = open.find(({ billingViewArn }) => billingViewArn === null) ?? open[0];
  if (everybodys) entries.push(...(await pullConnection(context, everybodys, work, ['prices'])));
  work.progress.end('pulled');
  await context.ports.audit.record(context.scope, {
    action: 'synced',
    subject: `${connections.length} connections`,
    detail: { asOf, failed: String(entries.filter((entry) => entry.status === 'failed').length) },
  });
  return { asOf, entries };
}

interface SyncWork {
  readonly asOf: Day;
  readonly sources: readonly Source[];
  readonly history: RunHistory;
  readonly input: SyncInput;
  readonly progress: Progress;
}

async function pullConnection(
  context: Context,
  connection: Connection,
  work: SyncWork,
  phases: readonly Source['phase'][],
): Promise<SyncEntry[]> {
  const { asOf, sources, history, input, progress } = work;
  const days = { asOf, today: dayOf(context.now()) };
  const spent = await context.ports.runs.spentSince(context.scope, connection.id, `${days.today}T00:00:00.000Z`);
  const budget = new Budget(connection.name, input.dailyBudget ?? DAILY_BUDGET, spent);
  const { questions, onFailure, reads = ALL_READS, isEverythingWanted = false } = input;
  const { lastGood } = history;
  const { step } = progress;
  const fixed = { connection, asOf, budget, lastGood, history, reads, isEverythingWanted, questions, onFailure, step };
  let costs: SourcePlan['costs'] = null;
  const entries: SyncEntry[] = [];
  for (const phase of phases) {
    for (const source of sources.filter((item) => item.phase === phase)) {
      if (!isAskedOver(source, connection)) {
        if (input.sources) entries.push(passedByEntry(connection, source.id));
        continue;
      }
      const isWanted = (name: string): boolean =>
        isEverythingWanted || isDue(source, history, { connectionId: connection.id, source: name }, days);
      if (source.runSources.length > 0 && !source.runSources.some(isWanted)) continue;
      const pulled = await source.pull(context, { ...fixed, costs, isDue: isWanted });
      entries.push(...pulled.entries);
      costs = pulled.costs ?? costs;
    }
  }
  return entries;
}

function stepsOf(connections: number, sources: readonly Source[]): number {
  return sources.reduce((sum, source) => sum + source.steps * (source.phase === 'prices' ? 1 : connections), 0);
}

interface Progress {
  readonly step: (what: string) => void;
  readonly end: (what: string) => void;
}

/** A source that is not due or has little to ask makes fewer steps than it might: the end is the end all the same. */
function progressOf(context: Context, of: number): Progress {
  let done = 0;
  return {
    step: (what) => context.progress?.({ what, done: Math.min(done++, of), of }),
    end: (what) => context.progress?.({ what, done: of, of }),
  };
}
