import type { NotJudged } from '../../advice/recommendation.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';
import type { LoadedPolicy } from './load-policy.ts';

/** What of the policy could not be followed, said beside what could not be judged: it has no detector, so it goes by its own name. */
export function policyGaps({ policy, problems, namesUnits }: LoadedPolicy, snapshot: Snapshot): readonly NotJudged[] {
  const unusable = problems.map(({ layer, line, reason }) => ({
    detectorId: 'policy',
    because: 'policy.notUsable',
    count: 1,
    note: `${layer}, line ${line}: ${reason}`,
  }));
  const strangers = namesUnits
    ? snapshot.accounts.filter(({ accountId }) => policy.organization.ouPathOf(accountId) === null)
    : [];
  if (strangers.length === 0) return unusable;
  return [...unusable, { detectorId: 'policy', because: 'policy.organizationUnknown', count: strangers.length }];
}
