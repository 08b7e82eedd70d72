import type { Plan } from './plan.ts';

/** Something that several workloads name; the first in list order has what it matches. */
export interface Overlap {
  readonly kind: 'account' | 'tag' | 'resource';
  readonly value: string;
  readonly winner: string;
  readonly losers: readonly string[];
}

type Named = Pick<Overlap, 'kind' | 'value'> & { readonly workload: string; readonly position: number };

/** What is named more than once, in the order in which the plan names it. */
export function overlapsIn(plan: Plan): readonly Overlap[] {
  const named = plan.waves
    .flatMap((wave) => wave.workloads)
    .flatMap(({ name: workload, matches }, position): Named[] => [
      ...matches.accountIds.map((value): Named => ({ kind: 'account', value, workload, position })),
      ...matches.tags.map(({ key, value }): Named => ({ kind: 'tag', value: `${key}=${value}`, workload, position })),
      ...matches.resourceIds.map((value): Named => ({ kind: 'resource', value, workload, position })),
    ]);
  return [...Map.groupBy(named, ({ kind, value }) => `${kind} ${value}`).values()].flatMap((group) => {
    const [first] = group;
    const later = group.filter(({ position }) => position !== first?.position);
    if (first === undefined || later.length === 0) return [];
    const losers = [...new Map(later.map(({ position, workload }) => [position, workload])).values()];
    return [{ kind: first.kind, value: first.value, winner: first.workload, losers }];
  });
}
