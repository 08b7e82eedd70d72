import type { Exact } from '../kernel/money.ts';
import type { HubSaying, RightsizingSaying } from '../ledger/aws-advice.ts';
import type { AwsRecommendation } from '../ledger/aws-recommendation.ts';
import { type HearingFact, hearingOf } from '../ledger/hearing.ts';
import { type PriceAnswer, type PriceQuestion, priceKey } from '../ledger/price.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import type { Coverage, FactKind, MeterSeries, Snapshot } from '../ledger/snapshot.ts';
import { NO_POLICY, type PolicyView, policyViewOf } from './policy/policy-view.ts';

/** The snapshot with its indexes: what a detector may ask. Built once a run. */
export interface SnapshotView {
  readonly snapshot: Snapshot;
  /** What AWS says of a resource, by kind; undefined: AWS said nothing (see `coverage` for why). */
  awsRecommendation(resourceId: string, kind: AwsRecommendation['kind']): AwsRecommendation | undefined;
  /** What Cost Optimization Hub says of a resource; null: of none (purchases). */
  hubSayings(resourceId: string | null): readonly HubSaying[];
  /** What Cost Explorer's older engine says of a machine. */
  rightsizing(accountId: string, resourceId: string): RightsizingSaying | undefined;
  /** undefined: nobody asked yet, which is "unknown", not "no price". */
  price(question: PriceQuestion): PriceAnswer | undefined;
  hearing(resource: Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>): HearingFact | null;
  coverage(fact: FactKind, accountId: string, regionId: string | null): Coverage['state'];
  /** On-demand usage after the other advice has been taken off; the plain facts before stacking. */
  readonly onDemandMeters: readonly MeterSeries[];
  /** Of nodes, which the meters do not hold: what the other advice takes off a day, by account, region and usage type (`cutKey`). */
  readonly nodeCuts: ReadonlyMap<string, Exact>;
  /** What the organisation decided: environments, working hours, what may be used. */
  readonly policy: PolicyView;
}

export function cutKey({ accountId, regionId, meterKind }: Pick<MeterSeries, 'accountId' | 'regionId' | 'meterKind'>): string {
  return `${accountId}\n${regionId}\n${meterKind}`;
}

export function viewOf(
  snapshot: Snapshot,
  onDemandMeters: readonly MeterSeries[] = snapshot.onDemandMeters,
  nodeCuts: ReadonlyMap<string, Exact> = new Map(),
  policy: PolicyView = policyViewOf(NO_POLICY, snapshot.hearing),
): SnapshotView {
  const recommendations = new Map(snapshot.awsRecommendations.map((item) => [`${item.kind}\n${item.resourceId}`, item]));
  const sayings = Map.groupBy(snapshot.hub.sayings, (item) => (isPurchase(item) ? null : item.resourceId));
  const machines = new Map(snapshot.rightsizing.map((item) => [`${item.accountId}\n${item.resourceId}`, item]));
  const prices = new Map(snapshot.prices.map((item) => [priceKey(item.question), item.answer]));
  const states = new Map(
    snapshot.coverage.map((item) => [`${item.fact}\n${item.accountId}\n${item.regionId ?? ''}`, item.state]),
  );
  return {
    snapshot,
    onDemandMeters,
    nodeCuts,
    policy,
    awsRecommendation: (resourceId, kind) => recommendations.get(`${kind}\n${resourceId}`),
    hubSayings: (resourceId) => sayings.get(resourceId) ?? [],
    rightsizing: (accountId, resourceId) => machines.get(`${accountId}\n${resourceId}`),
    price: (question) => prices.get(priceKey(question)),
    hearing: (resource) => hearingOf(snapshot.hearing, resource),
    coverage: (fact, accountId, regionId) =>
      states.get(`${fact}\n${accountId}\n${regionId ?? ''}`) ?? states.get(`${fact}\n${accountId}\n`) ?? 'notPulled',
  };
}

function isPurchase({ actionType }: HubSaying): boolean {
  return actionType === 'PurchaseSavingsPlans' || actionType === 'PurchaseReservedInstances';
}
