import type { Plan } from './plan.ts';

/** Something that several workloads name; the first in list order has what it matches. */
export interface Overlap {
  readonly kind: 'account' | 'tag' | 'resource';
  readonly value: string;
  readonly winner: string;
  readonly losers: readonly string[];
}

type Named = Pick<Overlap, 'kind' | 'value'> & { readonly workload: string; readonly position: number };

/**
 * What is named more than once, in the order in which the plan names it; then resources of an account that an earlier workload has whole, as
 * far as their ids say the account.
 */
export function overlapsIn(plan: Plan): readonly Overlap[] {
  const workloads = plan.waves.flatMap((wave) => wave.workloads);
  return [...namedTwice(workloads), ...withinAccounts(workloads)];
}

type Workloads = Plan['waves'][number]['workloads'];

function namedTwice(workloads: Workloads): readonly Overlap[] {
  const named = workloads.flatMap(({ name: workload, matches }, position): Named[] => [
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

/** `arn:aws:rds:ap-northeast-1:111122223333:db:shop` */
const ACCOUNT_OF_ARN = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/;

function withinAccounts(workloads: Workloads): readonly Overlap[] {
  return workloads.flatMap(({ name: loser, matches }, position) =>
    matches.resourceIds.flatMap((value): Overlap[] => {
      const accountId = ACCOUNT_OF_ARN.exec(value)?.[1] ?? '';
      const earlier = workloads.slice(0, position);
      const winner = earlier.find((other) => other.matches.accountIds.includes(accountId));
      const isToldAlready = earlier.some((other) => other.matches.resourceIds.includes(value));
      return winner === undefined || isToldAlready ? [] : [{ kind: 'resource', value, winner: winner.name, losers: [loser] }];
    }),
  );
}
