import { addDays, type Day, daysBetween } from '../../kernel/calendar.ts';
import { isMatch } from '../../ledger/hearing.ts';
import type { ResourceFacts } from '../../ledger/resource.ts';
import type { PlannedWorkload, Snapshot } from '../../ledger/snapshot.ts';
import { SETTLED_DAYS } from './settled-days.ts';

/** A wave of the plan of which some workload is not sized, since its usage has not been there for 30 settled days, or at all. */
export interface ComingWave {
  readonly wave: string;
  /** Of the workloads that are not sized, the last. */
  readonly cutOver: Day;
  readonly workloads: readonly string[];
  /** The first day of looking on which all of them are sized. */
  readonly sizedFrom: Day;
}

/** In the order of their cut-over. What they will use nobody can tell from a plan of monthly costs, so there is no figure. */
export function comingWaves({ workloads, asOf, settledUntil }: Snapshot): readonly ComingWave[] {
  const young = workloads.filter((workload) => isYoung(workload, settledUntil));
  return [...Map.groupBy(young, ({ wave }) => wave)]
    .map(([wave, own]) => {
      const cutOver =
        own
          .map((workload) => workload.cutOver)
          .sort()
          .at(-1) ?? asOf;
      const sizedFrom = addDays(cutOver, SETTLED_DAYS + daysBetween(settledUntil, asOf));
      return { wave, cutOver, workloads: own.map(({ workload }) => workload), sizedFrom };
    })
    .sort((a, b) => (a.cutOver === b.cutOver ? (a.wave < b.wave ? -1 : 1) : a.cutOver < b.cutOver ? -1 : 1));
}

/** Whether the plan gives the whole account, or what it names of nothing else in it, to a workload that is too young. */
export function isAccountOfYoungWorkload(accountId: string, { workloads, settledUntil }: Snapshot): boolean {
  const own = workloads.find(({ matches }) => matches.accountIds.includes(accountId));
  return own !== undefined && isYoung(own, settledUntil);
}

/** Likewise of a single resource: the first workload that matches has it. */
export function isOfYoungWorkload(
  resource: Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>,
  { workloads, settledUntil }: Snapshot,
): boolean {
  const own = workloads.find(({ matches }) => isMatch(matches, resource));
  return own !== undefined && isYoung(own, settledUntil);
}

function isYoung({ cutOver }: PlannedWorkload, settledUntil: Day): boolean {
  return addDays(cutOver, SETTLED_DAYS) > settledUntil;
}
