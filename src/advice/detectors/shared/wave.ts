import { z } from 'zod';
import { addDays, type Day, daysIn } from '../../../kernel/calendar.ts';
import { isMatch } from '../../../ledger/hearing.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { PlannedWorkload } from '../../../ledger/snapshot.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { notApplicable } from './purpose.ts';

export function daysAfterCutOver(days: number): z.ZodDefault<z.ZodNumber> {
  return z
    .int()
    .min(0)
    .max(365)
    .default(days)
    .describe('Days after the cut-over of its wave that are left for going back and for tidying up.');
}

export const wave = z.string().describe('The wave of the plan in which it moved.');
export const cutOver = z.string().describe("The day of that wave's cut-over.");
export const daysSinceCutOver = z.int().describe('Days from then to the day of looking.');

/** A workload whose wave is done. */
export interface CutOver {
  readonly kind: 'cutOver';
  readonly workload: PlannedWorkload;
  readonly daysSince: number;
}

/** The first workload of the plan that has the resource, in its author's order. */
export function workloadOf(
  resource: Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>,
  view: SnapshotView,
): PlannedWorkload | null {
  return view.snapshot.workloads.find(({ matches }) => isMatch(matches, resource)) ?? null;
}

/** Whether its wave was cut over more than `days` days ago; else why this rule does not speak yet. Without a plan nobody can tell. */
export function afterCutOver(
  resource: Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>,
  view: SnapshotView,
  days: number,
): CutOver | Extract<Outcome, { kind: 'notApplicable' | 'unknown' }> {
  if (view.snapshot.workloads.length === 0) return { kind: 'unknown', missing: ['plan.notPulled'] };
  const workload = workloadOf(resource, view);
  if (workload === null) return notApplicable('notInPlan');
  const { asOf } = view.snapshot;
  if (addDays(workload.cutOver, days) > asOf) return notApplicable('waveNotCutOver');
  return { kind: 'cutOver', workload, daysSince: daysBetween(workload.cutOver, asOf) };
}

function daysBetween(start: Day, end: Day): number {
  return daysIn({ start, end });
}
