import type { ResourceFacts } from '../../ledger/resource.ts';
import type { Detector, Outcome, Subject } from '../detector.ts';
import type { Changeable, PolicyView } from './policy-view.ts';

type Finding = Extract<Outcome, { kind: 'finding' }>;

/** "BoxUsage:m7i.large", "InstanceUsage:db.m6i.large": what a machine would be billed as. Disks have no such type. */
const INSTANCE_TYPE = /:((?:db\.)?[a-z0-9-]+)\.[a-z0-9-]+$/;

/**
 * Why the organisation does not want what a detector proposes; null: it may. Detectors ask the policy themselves where they can choose
 * something else; this holds for all of them.
 */
export function forbiddenBecause(
  { effect }: Finding,
  { actionType }: Pick<Detector, 'actionType'>,
  subject: Subject | ResourceFacts,
  policy: PolicyView,
): 'policy.familyNotAllowed' | 'policy.licence' | null {
  if (!('lines' in subject)) return null;
  const target = effect.targetMeterKind ?? '';
  const family = INSTANCE_TYPE.exec(target)?.[1];
  if (family !== undefined && !policy.mayUseType(subject, target.slice(target.indexOf(':') + 1)))
    return 'policy.familyNotAllowed';
  const allowed = policy.licenceAllows(subject);
  if (allowed === null) return null;
  const leavesFamily =
    family !== undefined && !subject.lines.some(({ meterKind }) => INSTANCE_TYPE.exec(meterKind)?.[1] === family);
  const changes: Changeable[] = [
    ...(actionType === 'Rightsize' ? (['size'] as const) : []),
    ...(leavesFamily ? (['family'] as const) : []),
    ...(actionType === 'MigrateToGraviton' ? (['architecture'] as const) : []),
  ];
  return changes.every((change) => allowed.includes(change)) ? null : 'policy.licence';
}
