import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { Utilization } from './utilization.ts';

/** Cost Optimization Hub's words where it has one (service model 2026-08); ours for what it does not cover. */
export type ResourceType =
  | 'Ec2Instance'
  | 'EbsVolume'
  | 'EbsSnapshot'
  | 'RdsDbInstance'
  | 'NatGateway'
  | 'LoadBalancer'
  | 'PublicIpv4Address'
  | 'ComputeSavingsPlans'
  | 'Account'
  | 'Other';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** One usage type of one resource on one day. `meterKind` has no region prefix: "BoxUsage:m5.large". */
export interface UsageLine {
  readonly day: Day;
  readonly serviceName: string;
  readonly meterKind: string;
  readonly usageQuantity: DecimalString;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
}

/** Everything we know of one resource, from every source that saw it. */
export interface ResourceFacts {
  readonly accountId: string;
  readonly regionId: string;
  readonly resourceId: string;
  readonly resourceType: ResourceType;
  /** Billing operation where the source gave it ("RunInstances:0002" is Windows); null is not known. */
  readonly operation: string | null;
  /** Strangers' text. A list, not an object: a tag may be called `__proto__`. */
  readonly tags: readonly Tag[];
  /** First and last day on which it was billed, as far as our data reaches. */
  readonly firstBilledDay: Day;
  readonly lastBilledDay: Day;
  /** Settled days only, oldest first, at most `snapshot.lineWindow`. */
  readonly lines: readonly UsageLine[];
  readonly utilization: Utilization | null;
}

/** Told from the id and the usage types, since a bill names no type. */
export function resourceTypeOf(resourceId: string, meterKinds: Iterable<string>): ResourceType {
  const kinds = [...meterKinds];
  const has = (pattern: RegExp): boolean => kinds.some((kind) => pattern.test(kind));
  if (/(^|\/)i-[0-9a-f]+$/.test(resourceId)) return 'Ec2Instance';
  if (/(^|\/)vol-[0-9a-f]+$/.test(resourceId)) return 'EbsVolume';
  if (/snap-[0-9a-f]+$/.test(resourceId)) return 'EbsSnapshot';
  if (has(/^(Regional)?NatGateway-/)) return 'NatGateway';
  if (has(/^(LoadBalancerUsage|LCUUsage)/)) return 'LoadBalancer';
  if (has(/^(PublicIPv4:|ElasticIP:)/)) return 'PublicIpv4Address';
  if (has(/^(InstanceUsage|Multi-AZUsage):db\./) || /:rds:[^:]*:[^:]*:db:/.test(resourceId)) return 'RdsDbInstance';
  return 'Other';
}

export function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
