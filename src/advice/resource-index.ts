import type { ResourceFacts } from '../ledger/resource.ts';
import type { SnapshotView } from './snapshot-view.ts';

type Named = { readonly accountId: string; readonly regionId: string | null; readonly resourceId: string | null };

export function resourceKey({ accountId, regionId, resourceId }: Named): string {
  return `${accountId}\n${regionId}\n${resourceId}`;
}

/** The resources that these are about, by `resourceKey`; what names none, or one that is gone, has no entry. */
export function resourcesOf(items: readonly Named[], view: SnapshotView): ReadonlyMap<string, ResourceFacts> {
  const wanted = new Set(items.filter((item) => item.resourceId !== null).map(resourceKey));
  if (wanted.size === 0) return new Map();
  return new Map(
    view.snapshot.resources.flatMap((resource) => {
      const key = resourceKey(resource);
      return wanted.has(key) ? [[key, resource] as const] : [];
    }),
  );
}
