import { z } from 'zod';
import { addDays, daysIn } from '../../../kernel/calendar.ts';
import { isMatch } from '../../../ledger/hearing.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { PlannedWorkload, Snapshot } from '../../../ledger/snapshot.ts';
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
  workload: PlannedWorkload | null = workloadOf(resource, view),
): CutOver | Extract<Outcome, { kind: 'notApplicable' | 'unknown' }> {
  if (view.snapshot.workloads.length === 0) return { kind: 'unknown', missing: ['plan.notPulled'] };
  if (workload === null) return notApplicable('notInPlan');
  const { asOf } = view.snapshot;
  if (addDays(workload.cutOver, days) > asOf) return notApplicable('waveNotCutOver');
  return { kind: 'cutOver', workload, daysSince: daysIn({ start: workload.cutOver, end: asOf }) };
}

const places = new WeakMap<Snapshot, ReadonlyMap<string, ReadonlySet<PlannedWorkload>>>();

/** Every workload that has the account, or something in it; worked out once a run. */
export function workloadsIn(accountId: string, { snapshot }: SnapshotView): readonly PlannedWorkload[] {
  const known = places.get(snapshot) ?? byAccount(snapshot);
  places.set(snapshot, known);
  return [...(known.get(accountId) ?? [])];
}

/** The one that was cut over last: before it the account is not done. */
export function lastWaveOf(accountId: string, view: SnapshotView): PlannedWorkload | null {
  return workloadsIn(accountId, view).toSorted((a, b) => (a.cutOver < b.cutOver ? 1 : a.cutOver > b.cutOver ? -1 : 0))[0] ?? null;
}

function byAccount({ workloads, resources }: Snapshot): ReadonlyMap<string, ReadonlySet<PlannedWorkload>> {
  const found = new Map<string, Set<PlannedWorkload>>();
  const add = (accountId: string, workload: PlannedWorkload): void => {
    const own = found.get(accountId) ?? new Set();
    found.set(accountId, own.add(workload));
  };
  for (const workload of workloads) for (const accountId of workload.matches.accountIds) add(accountId, workload);
  const ofResources = workloads.filter(({ matches }) => matches.resourceIds.length > 0 || matches.tags.length > 0);
  if (ofResources.length === 0) return found;
  for (const resource of resources) {
    for (const workload of ofResources) if (isMatch(workload.matches, resource)) add(resource.accountId, workload);
  }
  return found;
}
