import { z } from 'zod';
import { addDays, type Day, daysIn, eachDay, type Period } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import { ARRIVING_DAYS } from '../../../ledger/billing-horizon.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { isStillBilled } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** With less behind it a finding says so. */
const FULL_HISTORY_DAYS = 14;

export function lookbackDays(days: number, minimum: number): z.ZodDefault<z.ZodNumber> {
  return z
    .int()
    .min(minimum)
    .max(365)
    .default(days)
    .describe('Days before the day of looking that are judged; a resource that is younger is left alone.');
}

/** The settled days of the look-back. Where detail was read some days ago it ends there and reaches as far back as ever. */
export function judgedPeriod(view: SnapshotView, days: number): Period {
  const { settledUntil } = view.snapshot;
  return { start: addDays(settledUntil, ARRIVING_DAYS - days), end: settledUntil };
}

export function settledDays(view: SnapshotView, days: number): number {
  return daysIn(judgedPeriod(view, days));
}

export function isHistoryShort(view: SnapshotView, days: number): boolean {
  return settledDays(view, days) < FULL_HISTORY_DAYS;
}

/**
 * The answer where age alone decides, else null: gone from the bill, or younger than the look-back. A resource that was there on the first
 * day that we know may be older.
 */
export function answerByAge(
  resource: ResourceFacts,
  view: SnapshotView,
  days: number,
): Extract<Outcome, { kind: 'healthy' | 'notApplicable' }> | null {
  if (!isStillBilled(resource, view)) return { kind: 'healthy' };
  const { start } = judgedPeriod(view, days);
  const isYounger = resource.firstBilledDay > start && resource.firstBilledDay > view.snapshot.lineWindow.start;
  return isYounger ? { kind: 'notApplicable', because: 'tooYoung' } : null;
}

/** For rules that live on the bill alone: the days that we hold must reach back as far as the look-back. */
export function answerByHistory(view: SnapshotView, days: number): Extract<Outcome, { kind: 'unknown' }> | null {
  return view.snapshot.lineWindow.start > judgedPeriod(view, days).start ? { kind: 'unknown', missing: ['shortHistory'] } : null;
}

/** The quantity of matching usage on each settled day of the look-back; a day without a line is 0. */
export function dailyUsage(
  resource: ResourceFacts,
  period: Period,
  matches: (meterKind: string) => boolean,
): ReadonlyMap<Day, Exact> {
  const usage = new Map([...eachDay(period)].map((day) => [day, new Exact(0)]));
  for (const { day, meterKind, usageQuantity } of resource.lines) {
    const before = usage.get(day);
    if (before && matches(meterKind)) usage.set(day, before.plus(usageQuantity));
  }
  return usage;
}

export function total(usage: ReadonlyMap<Day, Exact>): Exact {
  return usage.values().reduce((sum, quantity) => sum.plus(quantity), new Exact(0));
}
