import type { Snapshot } from '../ledger/snapshot.ts';
import type { SnapshotView } from './snapshot-view.ts';

const groups = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** The group of accounts that pool commitments; an account whose group is not known stands alone. */
export function sharingGroupOf(accountId: string, { snapshot }: Pick<SnapshotView, 'snapshot'>): string {
  const known =
    groups.get(snapshot) ?? new Map(snapshot.accounts.map((item) => [item.accountId, item.sharingGroupId ?? item.accountId]));
  groups.set(snapshot, known);
  return known.get(accountId) ?? accountId;
}

/** All groups, by name. */
export function sharingGroups(view: Pick<SnapshotView, 'snapshot'>): readonly string[] {
  return [...new Set(view.snapshot.accounts.map(({ accountId }) => sharingGroupOf(accountId, view)))].sort();
}
