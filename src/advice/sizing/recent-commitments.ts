import type { Period } from '../../kernel/calendar.ts';
import type { Commitment } from '../../ledger/commitment.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CommitmentFamily } from './commitment-family.ts';
import { databaseServiceCode } from './database-plans.ts';

/** Commitments of a sharing group that began within the period or are queued: what they take up still looks like on-demand usage. */
export function recentCommitments(groupId: string, view: SnapshotView, period: Period): readonly Commitment[] {
  return view.snapshot.commitments.filter(({ ownerAccountId, start, state }) => {
    const isOfGroup = ownerAccountId === null || sharingGroupOf(ownerAccountId, view) === groupId;
    return isOfGroup && (state === 'queued' || start.slice(0, 10) > period.start);
  });
}

/** Whether a commitment may take up usage of this family. A plan without a known type may take up anything but nodes. */
export function mayTake({ category, planType, serviceName }: Commitment, family: CommitmentFamily): boolean {
  if (category === 'Usage') return serviceName === null || serviceName === family.serviceName;
  if (planType === 'Database') return databaseServiceCode(family) !== null;
  if (planType === 'SageMaker') return false;
  return family.kind === 'machine' || (planType !== 'EC2Instance' && family.kind === 'serverless');
}
