import { exact } from '../kernel/money.ts';
import type { ActionType } from '../ledger/aws-recommendation.ts';
import type { Recommendation } from './recommendation.ts';

/** Only what is open or accepted competes, saves and is summed; what people put aside keeps its figures and counts for nothing. */
export function isLive({ status }: Pick<Recommendation, 'status'>): boolean {
  return status === 'open' || status === 'accepted';
}

/** Acting in this order: there is no point in resizing what will be deleted. Upgrade and Graviton are two ways to modernise one thing. */
const ORDER: Readonly<Record<ActionType, number>> = {
  Delete: 0,
  Stop: 1,
  ScaleIn: 2,
  Rightsize: 3,
  Upgrade: 4,
  MigrateToGraviton: 4,
  PurchaseSavingsPlans: 5,
  PurchaseReservedInstances: 5,
};

export function actionOrder({ actionType }: Pick<Recommendation, 'actionType'>): number {
  return ORDER[actionType];
}

/**
 * What two recommendations must share to be about the same thing. A commitment is about an account's (or region's) usage; other advice on a
 * whole account is about what its own rule looks at, so two rules are never alternatives there.
 */
export function targetOf(item: Pick<Recommendation, 'accountId' | 'regionId' | 'resourceId' | 'effect' | 'detectorId'>): string {
  const isCommitment = item.effect.component === 'commitment';
  const ofAccount = item.resourceId === null && !isCommitment ? item.detectorId : null;
  return JSON.stringify([item.accountId, item.regionId, item.resourceId, isCommitment, ofAccount]);
}

/** Hours that a machine does not run are hours of compute. */
export function poolOf({ component }: Recommendation['effect']): string {
  return component === 'hours' ? 'compute' : component;
}

/**
 * One decision for each thing that can be done to a resource. Alternatives are: anything beside an action on the whole resource; anything on
 * a component beside its removal (stopping an instance leaves nothing of its compute to resize, and its disks as they are); and two actions
 * of the same rank on the same component. The loser stays, marked with the winner's id. Compatible actions stay both.
 * Laws: twice is once; the order of the input does not matter.
 */
export function deduplicate(recommendations: readonly Recommendation[]): Recommendation[] {
  const winners = new Map<string, string>();
  for (const group of Map.groupBy(recommendations.filter(isLive), targetOf).values()) {
    for (const [loser, winner] of losersOf(group.toSorted(bestFirst))) winners.set(loser, winner);
  }
  return recommendations
    .map((item) => {
      const supersededBy = winners.get(item.id) ?? null;
      const counts = isLive(item) && supersededBy === null;
      const netMonthlySavings = counts ? item.savings.expected : '0';
      const lost = { because: 'supersededAlternative' as const, amount: item.savings.expected };
      return { ...item, supersededBy, netMonthlySavings, reductions: supersededBy === null ? [] : [lost] };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

type Losers = [loser: string, winner: string][];

function losersOf(ranked: readonly Recommendation[]): Losers {
  const inPools = (items: readonly Recommendation[]): Losers =>
    [...Map.groupBy(items, (item) => poolOf(item.effect)).values()].flatMap((pool) =>
      besideRemoval(pool, removesComponent, losersOfSlots),
    );
  return besideRemoval(ranked, (item) => item.effect.component === '*', inPools);
}

/** A removal wins over all else, except over what somebody has decided to do instead. */
function besideRemoval(
  ranked: readonly Recommendation[],
  removes: (item: Recommendation) => boolean,
  rest: (items: readonly Recommendation[]) => Losers,
): Losers {
  const removals = ranked.filter(removes);
  const [removal] = removals;
  if (!removal) return rest(ranked);
  const others = ranked.filter((item) => !removes(item));
  const decided = others.find((item) => item.status === 'accepted');
  if (decided && removal.status !== 'accepted') {
    return [...removals.map((item): Losers[number] => [item.id, decided.id]), ...rest(others)];
  }
  return ranked.filter((item) => item !== removal).map((item) => [item.id, removal.id]);
}

function losersOfSlots(ranked: readonly Recommendation[]): Losers {
  const winners = new Map<string, string>();
  const losers: Losers = [];
  for (const item of ranked) {
    const slot = `${item.effect.component} ${actionOrder(item)}`;
    const winner = winners.get(slot);
    if (winner === undefined) winners.set(slot, item.id);
    else losers.push([item.id, winner]);
  }
  return losers;
}

/** Stopping for some hours only leaves the others. */
function removesComponent({ actionType, effect }: Recommendation): boolean {
  return (actionType === 'Delete' || actionType === 'Stop') && effect.component !== 'hours';
}

/** A person's decision first, then the action that goes furthest, then the larger likely saving. */
function bestFirst(a: Recommendation, b: Recommendation): number {
  const accepted = Number(b.status === 'accepted') - Number(a.status === 'accepted');
  if (accepted !== 0) return accepted;
  const furthest = actionOrder(a) - actionOrder(b);
  if (furthest !== 0) return furthest;
  const likely = likelySavings(b).cmp(likelySavings(a));
  return likely !== 0 ? likely : a.id < b.id ? -1 : 1;
}

function likelySavings({ savings, confidence }: Recommendation) {
  return exact(savings.expected).mul(confidence.level);
}
