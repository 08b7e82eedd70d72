import type { ResourceFacts, Tag } from '../../../ledger/resource.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** Tag keys as people write them, without case and punctuation. Values are strangers' text and are only compared. */
const RECOVERY_KEYS = new Set(['dr', 'drrole', 'disasterrecovery', 'disasterrecoveryrole']);
const RECOVERY_VALUE = /^(standby|passive|secondary|pilotlight|warmstandby|coldstandby|hotstandby|warm|cold|true|yes)$/;
const ROLE_KEYS = new Set(['role', 'purpose', 'environment', 'env', 'usage']);
const ROLE_VALUE = /^(dr|drsite|drstandby|standby|disasterrecovery|pilotlight|warmstandby|coldstandby)$/;
const PURPOSE_KEYS = new Set(
  'environment env stage purpose role workload application app system service project product costcenter costcentre'.split(' '),
);
const LICENCE_KEYS = new Set(['licence', 'license', 'licencebound', 'licensebound']);
const LICENCE_VALUE = /^(hostbound|machinebound|bound|byol|true|yes)$/;

type Judged = Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>;

/** Waits for a disaster: idle on purpose. Told by a person (hearing) or by a tag. */
export function isDisasterRecoveryStandby(resource: Judged, view: SnapshotView): boolean {
  const said = view.hearing(resource)?.disasterRecoveryRole;
  if (said != null) return said === 'standby';
  return (
    hasTag(resource.tags, RECOVERY_KEYS, (value) => RECOVERY_VALUE.test(value)) ||
    hasTag(resource.tags, ROLE_KEYS, (value) => ROLE_VALUE.test(value))
  );
}

/** A licence that is bound to the present machine: no other type without asking its vendor. What the policy allows only in part, `forbiddenBecause` decides. */
export function isLicenceBound(resource: Judged, view: SnapshotView): boolean {
  const allowed = view.policy.licenceAllows(resource);
  if (allowed !== null) return allowed.length === 0;
  const said = view.hearing(resource)?.licenceBound;
  return said ?? hasTag(resource.tags, LICENCE_KEYS, (value) => LICENCE_VALUE.test(value));
}

/** An Auto Scaling group would start another one, or has its own idea of the type. */
export function isInAutoScalingGroup({ tags }: Judged): boolean {
  return tags.some(({ key }) => key === 'aws:autoscaling:groupName');
}

export function isReadReplica({ tags }: Judged): boolean {
  return hasTag(tags, ROLE_KEYS, (value) => value === 'replica' || value === 'readreplica');
}

export function isPurposeKnown(resource: Judged, view: SnapshotView): boolean {
  return view.hearing(resource) !== null || hasTag(resource.tags, PURPOSE_KEYS, (value) => value !== '');
}

export function isCritical(resource: Judged, view: SnapshotView): boolean {
  return view.hearing(resource)?.criticality === 'high';
}

export function notApplicable(because: string): Extract<Outcome, { kind: 'notApplicable' }> {
  return { kind: 'notApplicable', because };
}

function hasTag(tags: readonly Tag[], keys: ReadonlySet<string>, matches: (value: string) => boolean): boolean {
  return tags.some(({ key, value }) => keys.has(bare(key)) && matches(bare(value)));
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
