import { Exact, exact, plain, sumExact } from '../kernel/money.ts';
import type { HubSaying } from '../ledger/aws-advice.ts';
import { actionClassOf } from './aws-match.ts';
import { isLive } from './deduplicate.ts';
import {
  HUB_DIFFERENCES,
  type HubDifference,
  type HubDifferenceRow,
  type HubReconciliation,
  type Recommendation,
} from './recommendation.ts';
import { isSame } from './second-source.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** Amounts by reason and AWS's resource type; what adds nothing is left out. */
class Rows {
  readonly #rows = new Map<string, { because: HubDifference; resourceType: string; count: number; amount: Exact }>();

  add(because: HubDifference, resourceType: string, amount: Exact): void {
    if (amount.isZero()) return;
    const key = `${because}\n${resourceType}`;
    const row = this.#rows.get(key) ?? { because, resourceType, count: 0, amount: new Exact(0) };
    this.#rows.set(key, { ...row, count: row.count + 1, amount: row.amount.plus(amount) });
  }

  all(): HubDifferenceRow[] {
    const place = ({ because }: { because: HubDifference }): number => HUB_DIFFERENCES.indexOf(because);
    return [...this.#rows.values()]
      .sort((a, b) => place(a) - place(b) || (a.resourceType < b.resourceType ? -1 : 1))
      .map((row) => ({ ...row, amount: plain(row.amount) }));
  }
}

/**
 * Leads from Cost Optimization Hub's own de-duplicated total to our net, each step with its reason: hubTotal + all rows = net, exactly. Each
 * piece of the Hub's advice meets at most one of ours: on the same resource the same decision, else whatever we say of it instead.
 */
export function hubReconciliationOf(recommendations: readonly Recommendation[], view: SnapshotView): HubReconciliation | null {
  const { total, sayings } = view.snapshot.hub;
  if (total === null || total.monthlySavings === null || total.currency !== view.snapshot.currency) return null;
  const rows = new Rows();
  const listed = sumExact(sayings.map(savingOf));
  rows.add('notListedByHub', '', listed.minus(total.monthlySavings));
  const byPlace = Map.groupBy(
    recommendations.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    placeOf,
  );
  const met = new Map<string, HubSaying>();
  for (const saying of sayings) {
    const near = byPlace.get(placeOf(saying)) ?? (saying.resourceId === null || isCommit(saying) ? recommendations : []);
    const ours = counterpartOf(saying, near, met, view);
    if (ours === null) {
      rows.add(missingBecause(saying, near, view), saying.resourceType, savingOf(saying).neg());
      continue;
    }
    met.set(ours.id, saying);
    const expected = exact(ours.savings.expected);
    rows.add(differenceOf(saying, ours, total.savingsMode), saying.resourceType, expected.minus(savingOf(saying)));
    rows.add('overlap', saying.resourceType, exact(ours.netMonthlySavings).minus(expected));
  }
  const saidPlaces = new Set(sayings.map(placeOf));
  for (const item of recommendations) {
    if (!isLive(item) || met.has(item.id)) continue;
    const isFurther = item.resourceId !== null && saidPlaces.has(placeOf(item));
    rows.add(isFurther ? 'furtherAction' : 'onlyOurs', item.resourceType, exact(item.netMonthlySavings));
  }
  const net = sumExact(recommendations.filter(isLive).map((item) => item.netMonthlySavings));
  return { hubTotal: plain(exact(total.monthlySavings)), savingsMode: total.savingsMode, rows: rows.all(), net: plain(net) };
}

type Placed = Pick<Recommendation, 'accountId' | 'resourceId'>;

function placeOf({ accountId, resourceId }: Placed): string {
  return `${accountId}\n${resourceId}`;
}

function isCommit({ actionType }: HubSaying): boolean {
  return actionClassOf(actionType) === 'commit';
}

function savingOf({ monthlySavings }: HubSaying): Exact {
  return exact(monthlySavings ?? '0');
}

/** The same decision first; else the one on that resource that counts. */
function counterpartOf(
  saying: HubSaying,
  near: readonly Recommendation[],
  met: ReadonlyMap<string, HubSaying>,
  view: SnapshotView,
): Recommendation | null {
  const free = near.filter((item) => isLive(item) && !met.has(item.id));
  const same = free.filter((item) => isSame(saying, item, item.actionType, view));
  const other = isCommit(saying) ? [] : free.filter((item) => item.resourceId !== null && item.effect.component !== 'commitment');
  const rank = (item: Recommendation): number =>
    Number(item.supersededBy !== null) * 2 + Number(item.actionType !== saying.actionType);
  const ranked = [...same, ...other].toSorted((a, b) => rank(a) - rank(b));
  return ranked[0] ?? null;
}

function missingBecause(saying: HubSaying, near: readonly Recommendation[], view: SnapshotView): HubDifference {
  if (near.some((item) => item.status !== 'closed' && !isLive(item) && isSame(saying, item, item.actionType, view)))
    return 'onlyHubSetAside';
  const isKnown = view.snapshot.accounts.some(({ accountId }) => accountId === saying.accountId);
  return isKnown || isCommit(saying) ? 'onlyHub' : 'onlyHubAccountUnknown';
}

/** Why two figures for one decision differ: the first reason that holds. */
function differenceOf(saying: HubSaying, ours: Recommendation, savingsMode: HubReconciliation['savingsMode']): HubDifference {
  if (isCommit(saying)) return 'commitmentSizing';
  if (saying.actionType !== ours.actionType) return 'otherAction';
  if (ours.freedCommitment !== null) return 'commitmentEffect';
  if (savingsMode === 'BeforeDiscounts') return 'priceView';
  const lookbackDays = ours.evidence.lookbackDays;
  if (typeof lookbackDays === 'number' && saying.lookbackDays !== null && saying.lookbackDays !== lookbackDays) return 'lookback';
  return 'estimate';
}
