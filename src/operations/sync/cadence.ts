import { type Day, daysBetween, type Period } from '../../kernel/calendar.ts';

/** Whether what was last read up to `lastGood.end` is old enough to be paid for again. A run that lies in the future is no reason to wait. */
export function isDue(lastGood: Period | null, asOf: Day, everyDays: number): boolean {
  if (lastGood === null) return true;
  const days = daysBetween(lastGood.end, asOf);
  return days >= everyDays || days < 0;
}
