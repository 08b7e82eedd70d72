import type { Period } from '../../kernel/calendar.ts';
import { AdvisorError, describeFailure, type FailureCode } from '../../kernel/failure.ts';
import { exact, plain } from '../../kernel/money.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { PullOptions } from '../ports/cost-source.ts';
import type { RunEnd } from '../ports/runs.ts';
import type { Spending } from './budget.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export interface Job {
  readonly connection: Connection;
  readonly source: string;
  readonly window: Period | null;
  /** Null where asking is free. */
  readonly budget: Spending | null;
  /** Told the true cause of a failure, for the log. */
  readonly onFailure?: ((source: string, cause: unknown) => void) | undefined;
}

/** Where asking costs money: counted against the day's budget, which stops all but a first load. */
export function paidJob(
  { connection, budget, history, onFailure }: Pick<SourcePlan, 'connection' | 'budget' | 'history' | 'onFailure'>,
  source: string,
  window: Period,
): Job {
  const isFirst = history.lastRun(connection.id, source) === null;
  return { connection, source, window, budget: isFirst ? budget.unlimited : budget, onFailure };
}

type Work = (options: PullOptions, runId: string) => Promise<Outcome>;

interface Bought {
  pages: number;
  requestCost: string;
}

/** One source, once, with its run row: a failure becomes an entry, so that the other sources go on. Only an abort is thrown. */
export async function attempt(context: Context, job: Job, work: Work): Promise<SyncEntry> {
  const { scope, ports, signal } = context;
  const bought: Bought = { pages: 0, requestCost: '0' };
  let runId: string | null = null;
  try {
    signal?.throwIfAborted();
    runId = await ports.runs.start(scope, { connectionId: job.connection.id, source: job.source, window: job.window });
    job.budget?.refuseWhenSpent();
    const outcome = await work(pullOptions(context, job, runId, bought), runId);
    const status = outcome.gap || (outcome.quarantined ?? 0) > 0 ? 'partial' : 'ok';
    const end = { ...emptyEnd, ...outcome, status, error: outcome.gap ?? null } as const;
    await ports.runs.end(scope, runId, runEnd(end));
    return entryOf(job, bought, end);
  } catch (error) {
    return await failed(context, job, runId, bought, error);
  }
}

function pullOptions(context: Context, job: Job, runId: string, bought: Bought): PullOptions {
  const pageBought = async (requestCost: string): Promise<void> => {
    bought.pages++;
    bought.requestCost = plain(exact(bought.requestCost).plus(requestCost));
    await context.ports.runs.notePage(context.scope, runId, requestCost);
    job.budget?.spend(requestCost);
  };
  return { pageBought, beforePage: () => job.budget?.refuseWhenSpent(), ...(context.signal && { signal: context.signal }) };
}

const emptyEnd = { rows: 0, quarantined: 0, total: null, residual: null, currency: null };

type End = Omit<SyncEntry, 'connection' | 'source' | 'window' | 'pages' | 'requestCost' | 'error'> & {
  readonly error: NonNullable<SyncEntry['error']> | null;
};

function runEnd({ status, rows, quarantined, total, residual, currency, error }: End): RunEnd {
  return { status, rows, quarantined, total, residual, currency, error };
}

function entryOf(job: Job, bought: Bought, end: End): SyncEntry {
  const { status, rows, quarantined, total, residual, currency, error } = end;
  const { connection, source, window } = job;
  const figures = { rows, quarantined, total, residual, currency, status };
  return { connection: connection.name, source, window, ...bought, ...figures, ...(error && { error }) };
}

async function failed(context: Context, job: Job, runId: string | null, bought: Bought, cause: unknown): Promise<SyncEntry> {
  const { scope, ports, signal } = context;
  const error = describeFailure(cause);
  if (signal?.aborted) {
    if (runId !== null) await ports.runs.end(scope, runId, { status: 'abandoned', error: STOPPED });
    throw new AdvisorError(STOPPED.code, STOPPED.message, STOPPED.nextStep, { cause });
  }
  job.onFailure?.(job.source, cause);
  const end = { ...emptyEnd, status: statusOf(error.code), error };
  if (runId !== null) await ports.runs.end(scope, runId, runEnd(end));
  return entryOf(job, bought, end);
}

const STOPPED = {
  code: 'CONFLICT',
  message: 'The sync was stopped before it ended',
  nextStep: 'Run it again; windows that were finished are kept, the others are as they were.',
} as const;

function statusOf(code: FailureCode): 'partial' | 'rejected' | 'failed' {
  if (code === 'BUDGET_REACHED') return 'partial';
  return code === 'NOT_RECONCILED' ? 'rejected' : 'failed';
}
