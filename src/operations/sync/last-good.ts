import type { Period } from '../../kernel/calendar.ts';
import type { Context } from '../context.ts';
import type { Run } from '../ports/runs.ts';

/** The newest published window of each connection and source. */
export type LastGood = (connectionId: string, source: string) => Period | null;

/** What the run log says of the past, as far back as it had to be read. */
export interface RunHistory {
  readonly lastGood: LastGood;
  /** The newest published run, with or without a window. */
  readonly lastRun: (connectionId: string, source: string) => Run | null;
  /** The most rows on a page that any published run of these sources had; null when none was seen. */
  readonly mostRowsOnPage: (connectionId: string, isMeant: (source: string) => boolean) => number | null;
}

export interface WantedRun {
  readonly connectionId: string;
  readonly source: string;
  /** Whether only a run with a window says anything. */
  readonly hasWindow: boolean;
}

const PAGE = 200;
/** Some months of daily runs. A source that was not good in all of them is loaded anew, which costs pages and loses nothing. */
const MAX_PAGES = 25;

/** Reads the run log backwards until every wanted source was seen good once, or the log ends. */
export async function readRunHistory(context: Context, wanted: readonly WantedRun[]): Promise<RunHistory> {
  const missing = new Map(wanted.map((item) => [keyOf(item.connectionId, item.source), item.hasWindow]));
  const published: Run[] = [];
  let after: { readonly startedAt: string; readonly id: string } | null = null;
  for (let page = 0; page < MAX_PAGES && missing.size > 0; page++) {
    const runs: readonly Run[] = await context.ports.runs.list(context.scope, { limit: PAGE, after });
    for (const run of runs) {
      if (!isPublished(run)) continue;
      published.push(run);
      const key = keyOf(run.connectionId ?? '', run.source);
      if (run.window !== null || missing.get(key) === false) missing.delete(key);
    }
    const last = runs.at(-1);
    if (!last || runs.length < PAGE) break;
    after = { startedAt: last.startedAt, id: last.id };
  }
  return historyOf(published);
}

/** Newest first. */
function historyOf(published: readonly Run[]): RunHistory {
  const byKey = Map.groupBy(published, (run) => keyOf(run.connectionId ?? '', run.source));
  const runsOf = (connectionId: string, source: string): readonly Run[] => byKey.get(keyOf(connectionId, source)) ?? [];
  return {
    lastGood: (connectionId, source) => runsOf(connectionId, source).find((run) => run.window !== null)?.window ?? null,
    lastRun: (connectionId, source) => runsOf(connectionId, source)[0] ?? null,
    mostRowsOnPage: (connectionId, isMeant) => {
      const sizes = published
        .filter((run) => run.connectionId === connectionId && run.pages > 0 && isMeant(run.source))
        .map((run) => Math.ceil(run.rows / run.pages));
      return sizes.length === 0 ? null : Math.max(...sizes);
    },
  };
}

/** A partial run without an error was published with rows in quarantine; one with an error was stopped before. */
function isPublished(run: Run): boolean {
  return run.status === 'ok' || (run.status === 'partial' && run.error === null);
}

function keyOf(connectionId: string, source: string): string {
  return `${connectionId}\n${source}`;
}
