import type { Charge } from '../../../ledger/charge.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { ObservedResource } from '../../../operations/ports/ledger.ts';

/** One pair of a resource and something that Cost Explorer says of it (its account, its operation). */
export interface ResourceFact {
  readonly resourceId: string;
  readonly value: string;
}

/** The one value of each resource. A resource with two values has none: we do not guess which. */
export function onlyValues(facts: Iterable<ResourceFact>): ReadonlyMap<string, string> {
  const values = new Map<string, string | null>();
  for (const { resourceId, value } of facts) {
    const known = values.get(resourceId);
    values.set(resourceId, known === undefined || known === value ? value : null);
  }
  return new Map([...values].filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Gives each line the account of its resource; lines without a resource, and those of two accounts, keep null. */
export function withAccounts(charges: readonly Charge[], accountOf: ReadonlyMap<string, string>): Charge[] {
  return charges.map((charge) => ({
    ...charge,
    subAccountId: charge.resourceId === null ? null : (accountOf.get(charge.resourceId) ?? null),
  }));
}

const TOLD_BY_OPERATION: ReadonlySet<string> = new Set([SERVICE.ec2Compute, SERVICE.rds, SERVICE.elastiCache]);

/** Services whose operation tells what runs there: the platform of an instance, the engine of a database or a cache. */
export function isToldByOperation(serviceName: string): boolean {
  return TOLD_BY_OPERATION.has(serviceName);
}

/**
 * The operations that name an instance's platform or a database's engine. It has others beside it (data transfer, addresses, storage), which
 * say nothing of it. Billing operation codes: EC2 guide "AMI billing information fields", RDS price list, read 2026-11.
 */
const PLATFORM_OPERATION = /^(RunInstances(:|$)|CreateDBInstance:\d|CreateCacheCluster:\w)/;

/**
 * The one platform that a resource's operations name. The plain `RunInstances` means Linux on a machine's hours, but stands on side lines
 * (traffic, addresses) of any machine too: a code with a suffix goes before it. Null when two suffixes disagree, or nothing names one.
 */
export function platformOf(operations: Iterable<string>): string | null {
  const platforms = [...new Set(operations)].filter((operation) => PLATFORM_OPERATION.test(operation));
  const named = platforms.filter((operation) => operation.includes(':'));
  const [only, ...others] = named.length > 0 ? named : platforms;
  return only !== undefined && others.length === 0 ? only : null;
}

/** The platform of each resource that has one. */
export function platformsOf(facts: Iterable<ResourceFact>): ReadonlyMap<string, string> {
  const platforms = new Map<string, string>();
  for (const [resourceId, own] of Map.groupBy(facts, (fact) => fact.resourceId)) {
    const platform = platformOf(own.map((fact) => fact.value));
    if (platform !== null) platforms.set(resourceId, platform);
  }
  return platforms;
}

/** Resources whose platform is known, in the region of their usage and the account of their cost. */
export function observedOperations(
  charges: Iterable<Charge>,
  operationOf: ReadonlyMap<string, string>,
): readonly ObservedResource[] {
  const observed = new Map<string, ObservedResource>();
  for (const { resourceId, subAccountId, regionId } of charges) {
    const operation = resourceId === null ? undefined : operationOf.get(resourceId);
    if (resourceId === null || operation === undefined || subAccountId === null || regionId === null) continue;
    if (observed.has(resourceId)) continue;
    observed.set(resourceId, { accountId: subAccountId, regionId, resourceId, tags: [], utilization: null, operation });
  }
  return [...observed.values()];
}
