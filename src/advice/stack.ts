import { daysIn } from '../kernel/calendar.ts';
import { Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { savesLater } from './benefit.ts';
import { monthlyCosts, onDemandEquivalentMonthly } from './costing.ts';
import { actionOrder, isLive, poolOf, targetOf } from './deduplicate.ts';
import { landedLess } from './landing-together.ts';
import { OVERLAP_REASONS, type OverlapReason, type Recommendation, type Reduction } from './recommendation.ts';
import { resourceKey, resourcesOf } from './resource-index.ts';
import { sharingGroupOf } from './sharing-group.ts';
import type { SnapshotView } from './snapshot-view.ts';

const DECIMALS = 6;
const ZERO = new Exact(0);

/** What a recommendation still saves, with what was taken off on the way there. */
class Standing {
  left: Exact;
  readonly item: Recommendation;
  readonly #taken = new Map<OverlapReason, Exact>();

  constructor(item: Recommendation) {
    this.item = item;
    this.left = exact(item.savings.expected);
  }

  /** Never below zero, and in whole digits, so that what was taken and what is left add up exactly. */
  lowerTo(amount: Exact, because: OverlapReason): void {
    const now = Exact.max(0, Exact.min(this.left, amount)).toDecimalPlaces(DECIMALS, Exact.ROUND_DOWN);
    const lost = this.left.minus(now);
    if (lost.lte(0)) return;
    this.#taken.set(because, (this.#taken.get(because) ?? ZERO).plus(lost));
    this.left = now;
  }

  reductions(): Reduction[] {
    return OVERLAP_REASONS.flatMap((because) => {
      const amount = this.#taken.get(because);
      return amount ? [{ because, amount: plain(amount) }] : [];
    });
  }
}

/**
 * Works out what each recommendation still saves after those that come before it.
 *
 * On one resource they are taken in the order delete, stop, scale in, rightsize, modernise. Each names the component that it acts on; it
 * saves the same share of what the earlier ones left of that component (hours are part of compute). What waits for a commitment's end is no
 * saving yet, and commitments that all of them free together land on what all of them leave.
 *
 * Capped twice: the sum over a resource at its on-demand-equivalent monthly cost (the later actions give way), and the sum over a group
 * of accounts that share commitments at the group's monthly runningCost (all in proportion). Where the snapshot does not know a resource
 * or a group's cost, the effect's own bound is the only one. Each step is noted: `savings.expected` less `reductions` is net, exactly.
 */
export function stack(recommendations: readonly Recommendation[], view: SnapshotView): Recommendation[] {
  const sorted = recommendations.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const standings = sorted.filter((item) => isLive(item) && item.supersededBy === null).map((item) => new Standing(item));
  const resources = resourcesOf(
    standings.map(({ item }) => item),
    view,
  );
  for (const group of Map.groupBy(standings, ({ item }) => targetOf(item)).values()) stackOne(group, resources, view);
  for (const standing of standings) if (savesLater(standing.item)) standing.lowerTo(ZERO, 'coveredByCommitment');
  for (const [group, members] of Map.groupBy(standings, ({ item }) => sharingGroupOf(item.accountId, view))) {
    const lost = landedLess(members, resources, view);
    for (const member of members)
      member.lowerTo(member.left.minus((lost.get(member.item.id) ?? ZERO).toDecimalPlaces(DECIMALS)), 'coveredByCommitment');
    capGroup(members, groupCostMonthly(group, view));
  }
  const byId = new Map(standings.map((standing) => [standing.item.id, standing]));
  return sorted.map((item) => {
    const standing = byId.get(item.id);
    if (standing) return { ...item, netMonthlySavings: plain(standing.left), reductions: standing.reductions() };
    return { ...item, netMonthlySavings: '0', reductions: isLive(item) ? item.reductions : [] };
  });
}

function stackOne(group: readonly Standing[], resources: ReadonlyMap<string, ResourceFacts>, view: SnapshotView): void {
  const resource = group[0] && resources.get(resourceKey(group[0].item));
  const left = new Map<string, Exact>();
  let room = resource && onDemandEquivalentMonthly(monthlyCosts(resource, view));
  const inOrder = group.toSorted((a, b) => actionOrder(a.item) - actionOrder(b.item) || (a.item.id < b.item.id ? -1 : 1));
  for (const standing of inOrder) {
    const { effect } = standing.item;
    const pool = poolOf(effect);
    const share = left.get(pool) ?? new Exact(1);
    standing.lowerTo(standing.left.mul(share), 'compounding');
    standing.lowerTo(Exact.min(effect.monthlyCost, room ?? standing.left), 'cappedAtResourceCost');
    room = room?.minus(standing.left);
    left.set(pool, share.mul(shareLeft(standing.item)));
  }
}

/** Of the component's usage; an author who names no share means as much as is saved of its cost. */
function shareLeft({ savings, effect }: Recommendation): Exact {
  const whole = exact(effect.monthlyCost);
  if (effect.share !== undefined) return Exact.max(0, new Exact(1).minus(effect.share));
  if (whole.lte(0)) return ZERO;
  return Exact.max(0, new Exact(1).minus(exact(savings.expected).div(whole)));
}

function capGroup(group: readonly Standing[], cap: Exact | null): void {
  const total = group.reduce((sum, { left }) => sum.plus(left), ZERO);
  if (cap === null || total.lte(cap)) return;
  for (const standing of group) standing.lowerTo(standing.left.mul(cap).div(total), 'cappedAtGroupCost');
}

/** runningCost of all accounts of the group, as a month of 730 h; null when none of them is known. */
function groupCostMonthly(group: string, view: SnapshotView): Exact | null {
  const { accounts, spendWindow } = view.snapshot;
  const members = accounts.filter(({ accountId }) => sharingGroupOf(accountId, view) === group);
  const days = daysIn(spendWindow);
  if (members.length === 0 || days === 0) return null;
  const total = members.reduce((sum, account) => sum.plus(account.runningCost), ZERO);
  return Exact.max(0, total.div(days).mul(HOURS_PER_MONTH).div(24));
}
