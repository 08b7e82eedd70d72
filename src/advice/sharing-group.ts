import type { SnapshotView } from './snapshot-view.ts';

const groups = new WeakMap<SnapshotView, Map<string, string>>();

/** The group of accounts that pool commitments; an account whose group is not known stands alone. */
export function sharingGroupOf(accountId: string, view: SnapshotView): string {
  const known =
    groups.get(view) ?? new Map(view.snapshot.accounts.map((item) => [item.accountId, item.sharingGroupId ?? item.accountId]));
  groups.set(view, known);
  return known.get(accountId) ?? accountId;
}
