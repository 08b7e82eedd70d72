import { daysIn } from '../kernel/calendar.ts';
import { Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { monthlyCosts, onDemandEquivalentMonthly, sharingGroupOf } from './costing.ts';
import { actionOrder, isLive, poolOf, targetOf } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';
import type { SnapshotView } from './snapshot-view.ts';

const DECIMALS = 6;

/**
 * Works out what each recommendation still saves after those that come before it.
 *
 * On one resource they are taken in the order delete, stop, scale in, rightsize, modernise. Each names the component that it acts on; it
 * saves the same share of what the earlier ones left of that component (hours are part of compute).
 *
 * Capped twice: the sum over a resource at its on-demand-equivalent monthly cost (the later actions give way), and the sum over a group
 * of accounts that share commitments at the group's monthly runningCost (all in proportion). Where the snapshot does not know a resource
 * or a group's cost, the effect's own bound is the only one.
 */
export function stack(recommendations: readonly Recommendation[], view: SnapshotView): Recommendation[] {
  const sorted = recommendations.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const saving = sorted.filter((item) => isLive(item) && item.supersededBy === null);
  const costOf = resourceCosts(saving, view);
  const net = new Map<string, Exact>();
  for (const [target, group] of Map.groupBy(saving, targetOf)) {
    for (const [id, amount] of stackOne(group, costOf.get(target))) net.set(id, amount);
  }
  for (const group of Map.groupBy(saving, (item) => sharingGroupOf(item.accountId, view)).entries()) {
    capGroup(group[1], groupCostMonthly(group[0], view), net);
  }
  return sorted.map((item) => ({ ...item, netMonthlySavings: plain(net.get(item.id) ?? new Exact(0)) }));
}

function stackOne(group: readonly Recommendation[], resourceCost: Exact | undefined): [id: string, amount: Exact][] {
  const left = new Map<string, Exact>();
  let room = resourceCost;
  const inOrder = group.toSorted((a, b) => actionOrder(a) - actionOrder(b) || (a.id < b.id ? -1 : 1));
  return inOrder.map((item) => {
    const pool = poolOf(item.effect);
    const share = left.get(pool) ?? new Exact(1);
    let amount = exact(item.savings.expected).mul(share).toDecimalPlaces(DECIMALS, Exact.ROUND_DOWN);
    amount = Exact.min(amount, item.effect.monthlyCost, room ?? amount);
    room = room?.minus(amount);
    left.set(pool, share.mul(shareLeft(item)));
    return [item.id, amount];
  });
}

function shareLeft({ savings, effect }: Recommendation): Exact {
  const whole = exact(effect.monthlyCost);
  if (whole.lte(0)) return new Exact(0);
  return Exact.max(0, new Exact(1).minus(exact(savings.expected).div(whole)));
}

function capGroup(group: readonly Recommendation[], cap: Exact | null, net: Map<string, Exact>): void {
  const total = group.reduce((sum, item) => sum.plus(net.get(item.id) ?? 0), new Exact(0));
  if (cap === null || total.lte(cap)) return;
  for (const { id } of group) {
    const amount = net.get(id) ?? new Exact(0);
    net.set(id, amount.mul(cap).div(total).toDecimalPlaces(DECIMALS, Exact.ROUND_DOWN));
  }
}

/** runningCost of all accounts of the group, as a month of 730 h; null when none of them is known. */
function groupCostMonthly(group: string, view: SnapshotView): Exact | null {
  const { accounts, spendWindow } = view.snapshot;
  const members = accounts.filter((account) => (account.sharingGroupId ?? account.accountId) === group);
  const days = daysIn(spendWindow);
  if (members.length === 0 || days === 0) return null;
  const total = members.reduce((sum, account) => sum.plus(account.runningCost), new Exact(0));
  return Exact.max(0, total.div(days).mul(HOURS_PER_MONTH).div(24));
}

/** By target; only of resources that some recommendation is about. */
function resourceCosts(saving: readonly Recommendation[], view: SnapshotView): Map<string, Exact> {
  const wanted = new Map(saving.filter((item) => item.resourceId !== null).map((item) => [resourceKey(item), targetOf(item)]));
  const costs = new Map<string, Exact>();
  if (wanted.size === 0) return costs;
  for (const resource of view.snapshot.resources) {
    const target = wanted.get(resourceKey(resource));
    if (target !== undefined) costs.set(target, onDemandEquivalentMonthly(monthlyCosts(resource, view)));
  }
  return costs;
}

function resourceKey(item: Pick<ResourceFacts, 'accountId' | 'regionId' | 'resourceId'> | Recommendation): string {
  return `${item.accountId}\n${item.regionId}\n${item.resourceId}`;
}
