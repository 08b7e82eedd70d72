import { addDays, type Day, dayOf, daysBetween, type Period } from '../../kernel/calendar.ts';
import type { Run } from '../ports/runs.ts';
import type { RunHistory } from './last-good.ts';
import { isRefusedToday } from './plan/refusals.ts';

/** How often a source is worth asking. Part of `Source`, where each is explained. */
export interface Rhythm {
  readonly everyDays?: number;
  readonly lookedOn?: (window: Period) => Day;
  readonly dueAfter?: (window: Period) => Day;
}

/** The day on which we look, and the day that it is (UTC). They differ where an earlier day is looked at again. */
export interface Days {
  readonly asOf: Day;
  readonly today: Day;
}

/** Who has bought the answer that there are no figures yet is not told more by asking every day. */
const ANSWER_DAYS = 7;

/** Whether it is worth asking for what stands under one name in the run log. */
export function isDue(rhythm: Rhythm, history: RunHistory, name: RunName, days: Days): boolean {
  return daysUntilDue(rhythm, history, name, days) <= 0;
}

/** The first day, from the one on which we look, on which it is worth asking again. */
export function nextDue(rhythm: Rhythm, history: RunHistory, name: RunName, days: Days): Day {
  return addDays(days.asOf, Math.max(0, daysUntilDue(rhythm, history, name, days)));
}

interface RunName {
  readonly connectionId: string;
  readonly source: string;
}

function daysUntilDue(rhythm: Rhythm, history: RunHistory, { connectionId, source }: RunName, days: Days): number {
  const { everyDays = 1, dueAfter } = rhythm;
  const good = history.lastRun(connectionId, source);
  if (isRefusedToday(history, connectionId, source, days.today)) return 1;
  if (dueAfter && good?.window) return daysBetween(days.asOf, dueAfter(good.window));
  const left = (run: Run | null, every: number): number => (run === null ? 0 : every - ageOf(run, rhythm, days));
  return Math.max(left(good, everyDays), left(history.lastAnswer(connectionId, source), Math.min(everyDays, ANSWER_DAYS)));
}

/**
 * What tells days is as old as the day on which it looked, what tells how things stand now as the run itself. A run that lies in the
 * future was made under another clock and is no reason to wait.
 */
function ageOf({ window, startedAt }: Run, { lookedOn = ({ end }) => end }: Rhythm, { asOf, today }: Days): number {
  const [seen, now] = window === null ? [dayOf(new Date(startedAt)), today] : [lookedOn(window), asOf];
  return seen === '' || seen > now ? Number.POSITIVE_INFINITY : daysBetween(seen, now);
}
