import { type Month, periodOfMonth } from '../kernel/calendar.ts';
import type { Plan } from '../plan/plan.ts';
import type { WorkloadCost } from './ports/workload-facts.ts';

export interface WorkloadWithoutCost {
  readonly workload: string;
  readonly wave: string;
  /**
   * `namesNothing`: no account, tag or resource; `beforeCutOver`: it moves after the month; `noCost`: the accounts that it names cost nothing,
   * or an earlier workload has them; `noResourceCost`: it names resources and tags alone, and no cost of theirs is told by resource, or an
   * earlier workload has it.
   */
  readonly because: 'namesNothing' | 'beforeCutOver' | 'noCost' | 'noResourceCost';
}

/** Of the months that `costs` are of, the last of which is `month`; null: none has closed. */
export function workloadsWithoutCost(
  plan: Plan,
  month: Month | null,
  costs: readonly WorkloadCost[],
): readonly WorkloadWithoutCost[] {
  const paid = new Set(costs.map(({ workload }) => workload));
  return plan.waves.flatMap(({ name: wave, cutOver, workloads }) =>
    workloads.flatMap(({ name: workload, matches }): WorkloadWithoutCost[] => {
      const { accountIds, tags, resourceIds } = matches;
      if (accountIds.length + tags.length + resourceIds.length === 0) return [{ workload, wave, because: 'namesNothing' }];
      if (month === null || paid.has(workload)) return [];
      if (cutOver >= periodOfMonth(month).end) return [{ workload, wave, because: 'beforeCutOver' }];
      return [{ workload, wave, because: accountIds.length === 0 ? 'noResourceCost' : 'noCost' }];
    }),
  );
}
