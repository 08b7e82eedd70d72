import { addDays, dayOf, type Period } from '../../kernel/calendar.ts';
import type { FailureCode } from '../../kernel/failure.ts';
import { exact } from '../../kernel/money.ts';
import type { Context } from '../context.ts';
import type { Run } from '../ports/runs.ts';
import { newestRuns } from './newest-runs.ts';

/** The newest published window of each connection and source. */
export type LastGood = (connectionId: string, source: string) => Period | null;

/** What the run log says of the past, as far back as it had to be read. */
export interface RunHistory {
  readonly lastGood: LastGood;
  /** The newest published run, with or without a window. */
  readonly lastRun: (connectionId: string, source: string) => Run | null;
  /** Everything that was read of a connection, newest first; a week of it at least. */
  readonly runs: (connectionId: string) => readonly Run[];
  /** The newest run that paid for the answer that there are no figures. */
  readonly lastAnswer: (connectionId: string, source: string) => Run | null;
  /** The most rows on a page that any published run of these sources had; null when none was seen. */
  readonly mostRowsOnPage: (connectionId: string, isMeant: (source: string) => boolean) => number | null;
}

interface WantedRun {
  readonly connectionId: string;
  readonly source: string;
}

/** Some months of daily runs. A source that was not good in all of them is loaded anew, which costs pages and loses nothing. */
const MOST_RUNS = 5_000;

/** What was refused in these days is not asked at each sync again. */
const LEAST_DAYS = 7;

/** Reads the run log backwards until every wanted source was seen good once and a week lies behind, or the log ends. */
export async function readRunHistory(context: Context, wanted: readonly WantedRun[]): Promise<RunHistory> {
  const missing = new Set(wanted.map((item) => keyOf(item.connectionId, item.source)));
  const runs: Run[] = [];
  const since = addDays(dayOf(context.now()), -LEAST_DAYS);
  for await (const run of newestRuns(context)) {
    runs.push(run);
    if (isPublished(run)) missing.delete(keyOf(run.connectionId ?? '', run.source));
    const isEnough = missing.size === 0 && dayOf(new Date(run.startedAt)) < since;
    if (isEnough || runs.length >= MOST_RUNS) break;
  }
  return historyOf(runs);
}

/** Newest first. */
export function historyOf(runs: readonly Run[]): RunHistory {
  const published = runs.filter(isPublished);
  const byKey = grouped(published);
  const answers = grouped(runs.filter(isPaidAnswer));
  const runsOf = (connectionId: string, source: string): readonly Run[] => byKey.get(keyOf(connectionId, source)) ?? [];
  return {
    runs: (connectionId) => runs.filter((run) => run.connectionId === connectionId),
    lastGood: (connectionId, source) => runsOf(connectionId, source).find((run) => run.window !== null)?.window ?? null,
    lastRun: (connectionId, source) => runsOf(connectionId, source)[0] ?? null,
    lastAnswer: (connectionId, source) => answers.get(keyOf(connectionId, source))?.[0] ?? null,
    mostRowsOnPage: (connectionId, isMeant) => {
      const sizes = published
        .filter((run) => run.connectionId === connectionId && run.pages > 0 && isMeant(run.source))
        .map((run) => Math.ceil(run.rows / run.pages));
      return sizes.length === 0 ? null : Math.max(...sizes);
    },
  };
}

/**
 * Whether everything that was asked for is in the ledger. A partial run without an error left rows in quarantine; one with an error has a
 * gap or was stopped by the budget, and what it wrote, if anything, is not known to be whole.
 */
export function isPublished(run: Run): boolean {
  return run.status === 'ok' || (run.status === 'partial' && run.error === null);
}

/** AWS has nothing to tell. A missing permission is none of them: it can be given at any moment, and asking tells whether it was. */
const ANSWERS: readonly FailureCode[] = ['NOT_ENROLLED', 'DATA_UNAVAILABLE'];

function isPaidAnswer({ status, error, requestCost }: Run): boolean {
  return status === 'partial' && error !== null && ANSWERS.includes(error.code) && !exact(requestCost).isZero();
}

function grouped(runs: readonly Run[]): ReadonlyMap<string, readonly Run[]> {
  return Map.groupBy(runs, (run) => keyOf(run.connectionId ?? '', run.source));
}

function keyOf(connectionId: string, source: string): string {
  return `${connectionId}\n${source}`;
}
