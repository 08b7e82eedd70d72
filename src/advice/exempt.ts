import type { Day } from '../kernel/calendar.ts';
import { Exact, exact, plain } from '../kernel/money.ts';
import { type ResourceFacts, tagValue } from '../ledger/resource.ts';
import { effectiveMonthly, monthlyCosts } from './costing.ts';
import { isLive } from './deduplicate.ts';
import { type ExemptedBy, type Exemption, exemptionState, type ReopenedAfter, type ReopenedBecause } from './exemption.ts';
import type { Recommendation } from './recommendation.ts';
import { resourceKey, resourcesOf } from './resource-index.ts';
import type { SnapshotView } from './snapshot-view.ts';

export interface ExemptInput {
  readonly exemptions: readonly Exemption[];
  /** The day of the decision, not of the figures: an exemption holds from the day on which it was written down. */
  readonly day: Day;
  /** What the last turn left. */
  readonly previous: readonly Recommendation[];
  readonly view: SnapshotView;
}

/**
 * What is open or accepted and covered by a live exemption becomes `exempted`; what was exempted and is covered no longer is open again, with
 * the reason. What people snoozed, dismissed or did stays as it is. Of several exemptions that hold, the one that lasts longest counts.
 * Laws: the order of both lists does not matter; twice is once.
 */
export function exempt(recommendations: readonly Recommendation[], input: ExemptInput): Recommendation[] {
  const { exemptions, previous } = input;
  if (exemptions.length === 0 && previous.every(({ status, reopened }) => status !== 'exempted' && reopened === null)) {
    return [...recommendations];
  }
  const subject = recommendations.filter((item) => isLive(item) || item.status === 'exempted');
  const coverage = coverageOf(subject, input);
  const covered = new Map<Recommendation, Coverage>();
  for (const one of coverage.filter(({ holds }) => holds)) {
    for (const item of one.items) if (!covered.has(item)) covered.set(item, one);
  }
  const before = new Map(previous.map((item) => [item.id, item]));
  const concerned = new Set(subject);
  return recommendations.map((item) => {
    if (!concerned.has(item)) return item;
    const covering = covered.get(item);
    if (covering) return { ...item, status: 'exempted' as const, exemption: exemptedBy(covering), reopened: null };
    const last = before.get(item.id);
    const status = item.status === 'exempted' ? 'open' : item.status;
    if (last?.status === 'exempted' && last.exemption) {
      return { ...item, status, exemption: null, reopened: reopenedAfter(last.exemption, coverage, input) };
    }
    return { ...item, status, exemption: null, reopened: last && isLive(last) ? last.reopened : null };
  });

  function exemptedBy({ exemption, monthlyCost }: Coverage): ExemptedBy {
    const { id: exemptionId, owner, reason, approver, expiresOn, maximumMonthlyCost } = exemption;
    const cost = plain(monthlyCost);
    return { exemptionId, owner, reason, approver, expiresOn, maximumMonthlyCost, monthlyCost: cost, acceptedMonthlyCost: '0' };
  }
}

/** What one exemption is about today. */
interface Coverage {
  readonly exemption: Exemption;
  readonly items: ReadonlySet<Recommendation>;
  /** Of all of them together, each resource once. */
  readonly monthlyCost: Exact;
  readonly isOutgrown: boolean;
  readonly holds: boolean;
}

/** Those that last longest first. */
function coverageOf(subject: readonly Recommendation[], { exemptions, day, view }: ExemptInput): readonly Coverage[] {
  const resources = resourcesOf(subject, view);
  const byResource = Map.groupBy(subject, ({ resourceId }) => resourceId);
  return exemptions
    .filter(({ currency }) => currency === null || currency === view.snapshot.currency)
    .toSorted((a, b) => (a.expiresOn === b.expiresOn ? (a.id < b.id ? -1 : 1) : a.expiresOn > b.expiresOn ? -1 : 1))
    .map((exemption) => {
      const near = exemption.resourceId === null ? subject : (byResource.get(exemption.resourceId) ?? []);
      const items = new Set(near.filter((item) => isAbout(exemption, item, resources.get(resourceKey(item)))));
      const monthlyCost = costOf(items, resources, view);
      const isOutgrown = exemption.maximumMonthlyCost !== null && monthlyCost.gt(exemption.maximumMonthlyCost);
      return { exemption, items, monthlyCost, isOutgrown, holds: exemptionState(exemption, day) === 'live' && !isOutgrown };
    });
}

function isAbout(exemption: Exemption, item: Recommendation, resource: ResourceFacts | undefined): boolean {
  const { detectorId, resourceId, accountId, regionId, tagKey, tagValue: value } = exemption;
  if (detectorId !== null && detectorId !== item.detectorId) return false;
  if (resourceId !== null && resourceId !== item.resourceId) return false;
  if (accountId !== null && accountId !== item.accountId) return false;
  if (regionId !== null && regionId !== item.regionId) return false;
  return tagKey === null || (resource !== undefined && value !== null && tagValue(resource.tags, tagKey) === value);
}

/** Of a recommendation that names no resource: the cost of what it acts on. */
function costOf(items: Iterable<Recommendation>, resources: ReadonlyMap<string, ResourceFacts>, view: SnapshotView): Exact {
  const costs = new Map<string, Exact>();
  for (const item of items) {
    const resource = resources.get(resourceKey(item));
    const key = resource ? resourceKey(item) : item.id;
    if (!costs.has(key))
      costs.set(key, resource ? effectiveMonthly(monthlyCosts(resource, view)) : exact(item.effect.monthlyCost));
  }
  return [...costs.values()].reduce((sum, cost) => sum.plus(cost), new Exact(0));
}

function reopenedAfter(last: ExemptedBy, coverage: readonly Coverage[], { exemptions, day }: ExemptInput): ReopenedAfter {
  const exemption = exemptions.find(({ id }) => id === last.exemptionId);
  const now = coverage.find((item) => item.exemption.id === last.exemptionId);
  const { exemptionId, owner } = last;
  return {
    exemptionId,
    because: becauseOf(exemption, now, day),
    day,
    owner: exemption?.owner ?? owner,
    expiresOn: exemption?.expiresOn ?? last.expiresOn,
    maximumMonthlyCost: exemption ? exemption.maximumMonthlyCost : last.maximumMonthlyCost,
    monthlyCost: now ? plain(now.monthlyCost) : last.monthlyCost,
  };
}

function becauseOf(exemption: Exemption | undefined, now: Coverage | undefined, day: Day): ReopenedBecause {
  if (!exemption) return 'ended';
  const state = exemptionState(exemption, day);
  if (state !== 'live') return state;
  return now?.isOutgrown ? 'outgrown' : 'noLongerMatches';
}
