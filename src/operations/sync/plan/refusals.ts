import { contains, type Day, dayOf, daysBetween, type Period } from '../../../kernel/calendar.ts';
import type { Run } from '../../ports/runs.ts';
import { isPublished, type RunHistory } from '../last-good.ts';
import type { SourceDay } from './stale-days.ts';

/** An answer that was paid for and could not be kept: its lines exceed the source's own total, or it cannot be read. */
export interface Refusal {
  readonly source: string;
  readonly window: Period;
  /** UTC days since; 0: today. */
  readonly daysAgo: number;
}

/** AWS may have been writing the days anew while they were read: what does not fit is asked once more at the next sync, then no longer. */
const TRIES = 2;
/** So long the tries count: an open day changes until tomorrow, a closed one rarely changes at all. */
const OPEN_DAYS = 1;
/** See OPEN_DAYS. */
export const CLOSED_DAYS = 7;

/** Of one connection's runs, newest first: what was refused lately and not made good since. */
export function refusalsOf(runs: readonly Run[], today: Day): readonly Refusal[] {
  const good: Run[] = [];
  const refusals: Refusal[] = [];
  for (const run of runs) {
    const { window } = run;
    if (window === null) continue;
    if (isPublished(run)) good.push(run);
    const daysAgo = daysBetween(dayOf(new Date(run.startedAt)), today);
    const isMadeGood = good.some(({ source, window: read }) => source === run.source && read !== null && covers(read, window));
    if (isRefused(run) && !isMadeGood && daysAgo >= 0 && daysAgo < CLOSED_DAYS)
      refusals.push({ source: run.source, window, daysAgo });
  }
  return refusals;
}

/** Whether the last tries at a day say that asking now would cost the same again for nothing. */
export function isHeldBack(
  refusals: readonly Refusal[],
  source: string,
  { day, estimated }: Pick<SourceDay, 'day' | 'estimated'>,
): boolean {
  const since = estimated ? OPEN_DAYS : CLOSED_DAYS;
  const tries = refusals.filter((item) => item.source === source && item.daysAgo < since && contains(item.window, day));
  return tries.length >= TRIES;
}

/** For sources without a plan of days: whether enough was paid today for answers that could not be kept. */
export function isRefusedToday(history: RunHistory, connectionId: string, source: string, today: Day): boolean {
  const own = refusalsOf(history.runs(connectionId), today).filter((item) => item.source === source && item.daysAgo === 0);
  return own.length >= TRIES;
}

function isRefused({ status, pages, error }: Run): boolean {
  return pages > 0 && (status === 'rejected' || (status === 'failed' && error?.code === 'SOURCE_ANSWER_UNREADABLE'));
}

function covers(outer: Period, inner: Period): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}
