import { type Day, dayOf, daysBetween } from '../../kernel/calendar.ts';
import type { RunHistory } from './last-good.ts';
import type { Source } from './source.ts';

type Rhythm = Pick<Source, 'id' | 'runSources' | 'everyDays'>;

/** Whether a source is worth asking today (UTC): not when a good run of it lies less than `everyDays` days back. */
export function isDue(source: Rhythm, connectionId: string, history: RunHistory, today: Day): boolean {
  const next = nextDueInDays(source, connectionId, history, today);
  return next <= 0;
}

/** Days until a source is due; 0 or less: it is. */
export function nextDueInDays(
  { id, runSources, everyDays = 1 }: Rhythm,
  connectionId: string,
  history: RunHistory,
  today: Day,
): number {
  const names = runSources.length > 0 ? runSources : [id];
  const ages = names.map((name) => {
    const run = history.lastRun(connectionId, name);
    const day = run === null ? '' : dayOf(new Date(run.startedAt));
    // A run that lies in the future was made under another clock: it says nothing.
    return day === '' || day > today ? Number.POSITIVE_INFINITY : daysBetween(day, today);
  });
  return everyDays - Math.max(...ages);
}
