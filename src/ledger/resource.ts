import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { ResourceType } from './resource-type.ts';
import type { Utilization } from './utilization.ts';

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

export function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
