import type { ObservedResource } from '../../../operations/ports/ledger.ts';

/** One entry a resource: what several lists measured of it is put together, the first list first. */
export function mergedResources(resources: readonly ObservedResource[]): ObservedResource[] {
  const merged = new Map<string, ObservedResource>();
  for (const resource of resources) {
    const key = JSON.stringify([resource.accountId, resource.regionId, resource.resourceId]);
    const known = merged.get(key);
    merged.set(key, known ? together(known, resource) : resource);
  }
  return [...merged.values()];
}

function together(a: ObservedResource, b: ObservedResource): ObservedResource {
  return {
    ...a,
    tags: a.tags.length > 0 ? a.tags : b.tags,
    utilization: a.utilization && b.utilization ? { ...b.utilization, ...a.utilization } : (a.utilization ?? b.utilization),
    operation: a.operation ?? b.operation,
  };
}
