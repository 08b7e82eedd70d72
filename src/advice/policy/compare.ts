import { type DecimalString, exact, plain, sumExact } from '../../kernel/money.ts';
import type { AdviceTurn } from '../advise.ts';
import { isLive } from '../deduplicate.ts';
import type { Recommendation } from '../recommendation.ts';
import type { SnapshotView } from '../snapshot-view.ts';

/** Why the other policy does not show it. */
export type HiddenBecause = 'switchedOff' | 'belowMinimumSaving' | 'otherSettings';

export interface MovedRecommendation {
  readonly id: string;
  readonly detectorId: string;
  readonly accountId: string;
  readonly regionId: string | null;
  readonly resourceId: string | null;
  /** Each on its own, and after overlap; null: not shown under that policy. */
  readonly before: { readonly savings: DecimalString; readonly netMonthlySavings: DecimalString } | null;
  readonly after: { readonly savings: DecimalString; readonly netMonthlySavings: DecimalString } | null;
}

interface Sums {
  readonly count: number;
  readonly gross: DecimalString;
  readonly net: DecimalString;
}

/** What another policy would make of the same facts, a month of 730 h. Open and accepted ones count. */
export interface PolicyComparison {
  readonly before: Sums;
  readonly after: Sums;
  /** Every rule whose figures differ, by id. */
  readonly byDetector: readonly { readonly detectorId: string; readonly before: Sums; readonly after: Sums }[];
  readonly hidden: readonly (MovedRecommendation & { readonly because: HiddenBecause })[];
  readonly shown: readonly MovedRecommendation[];
  /** Shown under both, with another saving of its own or after overlap. */
  readonly changed: readonly MovedRecommendation[];
}

/** `after` is the view under the other policy. Both turns were judged on the same facts. */
export function comparePolicies(was: AdviceTurn, will: AdviceTurn, after: SnapshotView): PolicyComparison {
  const [old, now] = [liveById(was), liveById(will)];
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  const moved = ids.map((id) => movedOf(old.get(id), now.get(id))).sort(byMoney);
  const detectorIds = [...new Set([...old.values(), ...now.values()].map(({ detectorId }) => detectorId))].sort();
  const sumsOf = (items: ReadonlyMap<string, Recommendation>, detectorId: string): Sums =>
    sums([...items.values()].filter((item) => item.detectorId === detectorId));
  const reasons = hiddenBecause(after);
  return {
    before: sums([...old.values()]),
    after: sums([...now.values()]),
    byDetector: detectorIds
      .map((detectorId) => ({ detectorId, before: sumsOf(old, detectorId), after: sumsOf(now, detectorId) }))
      .filter((row) => !isSame(row.before, row.after)),
    hidden: moved.flatMap((item) => {
      const recommendation = item.after === null ? old.get(item.id) : undefined;
      return recommendation ? [{ ...item, because: reasons(recommendation) }] : [];
    }),
    shown: moved.filter((item) => item.before === null),
    changed: moved.filter((item) => item.before !== null && item.after !== null && !isSame(item.before, item.after)),
  };
}

function liveById({ recommendations }: AdviceTurn): ReadonlyMap<string, Recommendation> {
  return new Map(recommendations.filter(isLive).map((item) => [item.id, item]));
}

function sums(items: readonly Recommendation[]): Sums {
  return {
    count: items.length,
    gross: plain(sumExact(items.map((item) => item.savings.expected))),
    net: plain(sumExact(items.map((item) => item.netMonthlySavings))),
  };
}

function movedOf(before: Recommendation | undefined, after: Recommendation | undefined): MovedRecommendation {
  const { id, detectorId, accountId, regionId, resourceId } = (after ?? before) as Recommendation;
  const figures = (item: Recommendation | undefined) =>
    item ? { savings: item.savings.expected, netMonthlySavings: item.netMonthlySavings } : null;
  return { id, detectorId, accountId, regionId, resourceId, before: figures(before), after: figures(after) };
}

function hiddenBecause({ policy, snapshot }: SnapshotView): (item: Recommendation) => HiddenBecause {
  const resources = new Map(snapshot.resources.map((item) => [`${item.accountId}\n${item.regionId}\n${item.resourceId}`, item]));
  return (item) => {
    const subject = resources.get(`${item.accountId}\n${item.regionId}\n${item.resourceId}`) ?? item;
    const settings = policy.settingsFor(subject);
    if (settings.detectors.get(item.detectorId)?.isOff) return 'switchedOff';
    const minimum = settings.minimumMonthlySavings.get(item.currency);
    return minimum !== undefined && exact(item.savings.expected).lt(minimum) ? 'belowMinimumSaving' : 'otherSettings';
  };
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Largest net first; ties by id. */
function byMoney(a: MovedRecommendation, b: MovedRecommendation): number {
  const net = ({ before, after }: MovedRecommendation) => exact((after ?? before)?.netMonthlySavings ?? '0');
  return net(b).cmp(net(a)) || (a.id < b.id ? -1 : 1);
}
