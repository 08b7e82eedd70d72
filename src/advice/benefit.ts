import { Exact } from '../kernel/money.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { sharingGroupOf } from './costing.ts';
import type { Subject } from './detector.ts';
import type { SnapshotView } from './snapshot-view.ts';

/**
 * The account on whose bill the saving appears, where that is another one: usage under a Savings Plan frees it for the sharing group, and
 * the group's account with the most on-demand usage is the likeliest to take it up. Null: the account itself.
 */
export function benefitAccountOf(subject: Subject | ResourceFacts, view: SnapshotView): string | null {
  if (!isUnderSavingsPlan(subject)) return null;
  const group = sharingGroupOf(subject.accountId, view);
  const ranked = [...onDemandByAccount(view)]
    .filter(([accountId]) => sharingGroupOf(accountId, view) === group)
    .sort(([idA, costA], [idB, costB]) => costB.cmp(costA) || (idA < idB ? -1 : 1));
  const first = ranked[0]?.[0] ?? null;
  return first === subject.accountId ? null : first;
}

function isUnderSavingsPlan(subject: Subject | ResourceFacts): boolean {
  if (!('lines' in subject)) return false;
  return subject.lines.some((line) => new Exact(line.billedCost).gt(line.effectiveCost));
}

const totalsCache = new WeakMap<SnapshotView, Map<string, Exact>>();

function onDemandByAccount(view: SnapshotView): Map<string, Exact> {
  const cached = totalsCache.get(view);
  if (cached) return cached;
  const totals = new Map<string, Exact>();
  for (const { accountId, days } of view.onDemandMeters) {
    for (const { billedCost } of days) totals.set(accountId, (totals.get(accountId) ?? new Exact(0)).plus(billedCost));
  }
  totalsCache.set(view, totals);
  return totals;
}
