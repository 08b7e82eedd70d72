import { exact } from '../../../kernel/money.ts';
import { allItems } from '../compute-optimizer/all-items.ts';
import { getAutoScalingGroupRecommendations } from '../compute-optimizer/get-auto-scaling-group-recommendations.ts';
import { getEbsVolumeRecommendations } from '../compute-optimizer/get-ebs-volume-recommendations.ts';
import { getEc2InstanceRecommendations } from '../compute-optimizer/get-ec2-instance-recommendations.ts';
import { getEcsServiceRecommendations } from '../compute-optimizer/get-ecs-service-recommendations.ts';
import { getIdleRecommendations } from '../compute-optimizer/get-idle-recommendations.ts';
import { getRdsDatabaseRecommendations } from '../compute-optimizer/get-rds-database-recommendations.ts';
import { refreshedAt } from '../compute-optimizer/question.ts';
import type { Savings } from '../compute-optimizer/savings.ts';
import type { Caller, Operation, World } from '../world.ts';
import { type Deed, deedOf, type Item } from './deeds.ts';
import { deduplicated, type HubAdvice, type Listed, recommendationId } from './hub-advice.ts';
import { savingsPlanAdvice } from './savings-plan-advice.ts';

const known = new WeakMap<World, Promise<readonly HubAdvice[]>>();

/** Everything, overlapping advice included: what Compute Optimizer says in every account and region, then what commitments would save. */
export function allAdvice(world: World, caller: Caller): Promise<readonly HubAdvice[]> {
  const advice = known.get(world) ?? readAdvice(world, caller);
  known.set(world, advice);
  return advice;
}

/** In the order in which the Hub ranks what overlaps. */
const LISTS: readonly (readonly [Operation, string])[] = [
  [getIdleRecommendations, 'idleRecommendations'],
  [getEc2InstanceRecommendations, 'instanceRecommendations'],
  [getAutoScalingGroupRecommendations, 'autoScalingGroupRecommendations'],
  [getRdsDatabaseRecommendations, 'rdsDBRecommendations'],
  [getEcsServiceRecommendations, 'ecsServiceRecommendations'],
  [getEbsVolumeRecommendations, 'volumeRecommendations'],
];

async function readAdvice(world: World, asked: Caller): Promise<readonly HubAdvice[]> {
  const advice: HubAdvice[] = [];
  for (const [operation, list] of LISTS) {
    for (const { accountId } of world.estate.accounts) {
      for (const regionId of world.estate.regionIds) {
        const caller = { ...asked, accountId: world.payerAccountId, regionId };
        const items = await allItems<Item>(operation, list, accountId, caller, world);
        advice.push(...items.flatMap((item) => deedOf(list, item).map((deed) => adviceOf(deed, item, regionId, world))));
      }
    }
  }
  return [...advice, ...(await savingsPlanAdvice(world, deduplicated(advice)))];
}

function adviceOf(deed: Deed, item: Item, region: string, world: World): HubAdvice {
  const { savings } = deed;
  const saved = savings.savingsOpportunityAfterDiscounts.estimatedMonthlySavings.value;
  const savedBeforeDiscounts = savings.savingsOpportunity.estimatedMonthlySavings.value;
  const costAfterDiscounts = wholeOf(saved, savings);
  const accountId = String(item.accountId);
  const listed: Listed = {
    recommendationId: recommendationId(accountId, deed.arn, deed.actionType),
    accountId,
    region,
    resourceId: deed.arn.split(/[:/]/).at(-1) ?? '',
    resourceArn: deed.arn,
    currentResourceType: deed.resourceType,
    recommendedResourceType: deed.resourceType,
    estimatedMonthlySavings: saved,
    estimatedSavingsPercentage: Math.round(savings.savingsOpportunity.savingsOpportunityPercentage),
    estimatedMonthlyCost: exact(costAfterDiscounts).minus(saved).toDecimalPlaces(8).toNumber(),
    currencyCode: 'USD',
    implementationEffort: deed.effort,
    restartNeeded: deed.restartNeeded,
    actionType: deed.actionType,
    rollbackPossible: deed.rollbackPossible,
    currentResourceSummary: deed.current,
    recommendedResourceSummary: deed.recommended,
    lastRefreshTimestamp: refreshedAt(world),
    recommendationLookbackPeriodInDays: deed.lookbackDays,
    source: 'ComputeOptimizer',
    tags: (item.tags ?? []) as Listed['tags'],
  };
  const costBeforeDiscounts = wholeOf(savedBeforeDiscounts, savings);
  return { listed, costBeforeDiscounts, costAfterDiscounts, savedBeforeDiscounts, hourlyCommitment: null };
}

/** The whole of which the saving is the stated percentage. */
function wholeOf(saved: number, { savingsOpportunity }: Savings): number {
  const percent = savingsOpportunity.savingsOpportunityPercentage;
  return percent > 0 ? exact(saved).mul(100).div(percent).toDecimalPlaces(8).toNumber() : saved;
}
