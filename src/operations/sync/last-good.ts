import type { Period } from '../../kernel/calendar.ts';
import type { Context } from '../context.ts';
import type { Run } from '../ports/runs.ts';

/** The newest published window of each connection and source. */
export type LastGood = (connectionId: string, source: string) => Period | null;

const PAGE = 200;
/** Some months of daily runs. A source that was not good in all of them is loaded anew, which costs pages and loses nothing. */
const MAX_PAGES = 25;

/** Reads the run log backwards until every wanted source was seen good once, or the log ends. */
export async function readLastGood(
  context: Context,
  wanted: readonly { readonly connectionId: string; readonly source: string }[],
): Promise<LastGood> {
  const missing = new Set(wanted.map(({ connectionId, source }) => keyOf(connectionId, source)));
  const windows = new Map<string, Period>();
  let after: { readonly startedAt: string; readonly id: string } | null = null;
  for (let page = 0; page < MAX_PAGES && missing.size > 0; page++) {
    const runs: readonly Run[] = await context.ports.runs.list(context.scope, { limit: PAGE, after });
    for (const run of runs) {
      const key = keyOf(run.connectionId ?? '', run.source);
      if (!isPublished(run) || run.window === null || windows.has(key)) continue;
      windows.set(key, run.window);
      missing.delete(key);
    }
    const last = runs.at(-1);
    if (!last || runs.length < PAGE) break;
    after = { startedAt: last.startedAt, id: last.id };
  }
  return (connectionId, source) => windows.get(keyOf(connectionId, source)) ?? null;
}

/** A partial run without an error was published with rows in quarantine; one with an error was stopped before. */
function isPublished(run: Run): boolean {
  return run.status === 'ok' || (run.status === 'partial' && run.error === null);
}

function keyOf(connectionId: string, source: string): string {
  return `${connectionId}\n${source}`;
}
