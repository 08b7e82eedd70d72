import { serviceNameOf } from '../ledger/service.ts';
import type { PlannedWorkload } from '../ledger/snapshot.ts';
import type { Plan } from './plan.ts';

/** What the advice reads of a plan: its workloads over all waves, in list order. */
export function plannedWorkloads({ waves }: Pick<Plan, 'waves'>): PlannedWorkload[] {
  return waves.flatMap(({ name, cutOver, workloads }) =>
    workloads.map((own) => ({
      workload: own.name,
      wave: name,
      cutOver,
      matches: own.matches,
      owner: own.owner,
      serviceNames: servicesOf(own.lines),
    })),
  );
}

/** Null where a line is for whatever there is: then nothing can be absent from the plan. */
function servicesOf(lines: Plan['waves'][number]['workloads'][number]['lines']): readonly string[] | null {
  const names = new Set<string>();
  for (const { serviceName } of lines) {
    if (serviceName === null) return null;
    names.add(serviceNameOf(serviceName, ''));
  }
  return lines.length === 0 ? null : [...names].sort();
}
