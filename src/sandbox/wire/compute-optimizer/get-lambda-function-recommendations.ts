import { exact } from '../../../kernel/money.ts';
import type { EstateResource } from '../../estate/types.ts';
import type { Operation, World } from '../world.ts';
import { isMeasured, LOOKBACK_DAYS, type Measured } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { monthlyCostOf, type RecentCosts, recentCosts, savingsOf } from './savings.ts';

const FILTERS: FilterReaders<Item> = {
  Finding: ({ finding }) => [finding],
  FindingReasonCode: ({ findingReasonCodes }) => findingReasonCodes,
};
/** Half the memory is offered where it would hold all that was used, with a fifth to spare. */
const CEILING_PERCENT = 80;

/**
 * Functions of the sandbox. Of most the estate does not know how much memory they have and use, so Compute Optimizer has too little to judge
 * them: they are `Unavailable`, as AWS says it. Of some it does; with half the memory those run as long as before.
 */
export const getLambdaFunctionRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetLambdaFunctionRecommendations', given, caller, world);
  const costs = await recentCosts(world);
  const items = resourcesFor(question, ['lambda'], world).map((resource) => itemOf(resource, costs, world));
  const { page, rest } = pageOf(question, filtered(items, question, FILTERS), [], world);
  const { nextToken } = rest;
  return { lambdaFunctionRecommendations: page, ...(nextToken === undefined ? {} : { nextToken }) };
};

type Item = ReturnType<typeof itemOf>;

function itemOf(resource: EstateResource, costs: RecentCosts, world: World) {
  return {
    functionArn: `${resource.arn}:$LATEST`,
    functionVersion: '$LATEST',
    accountId: resource.accountId,
    utilizationMetrics: [],
    lookbackPeriodInDays: LOOKBACK_DAYS,
    lastRefreshTimestamp: refreshedAt(world),
    ...(isMeasured(resource) && resource.instanceType !== null ? verdictOf(resource, costs, world) : UNAVAILABLE),
    tags: tagsOf(resource),
  };
}

interface Verdict {
  readonly currentMemorySize?: number;
  readonly finding: string;
  readonly findingReasonCodes: readonly string[];
  readonly memorySizeRecommendationOptions: readonly object[];
}

const UNAVAILABLE: Verdict = {
  finding: 'Unavailable',
  findingReasonCodes: ['InsufficientData'],
  memorySizeRecommendationOptions: [],
};

function verdictOf(resource: Measured, costs: RecentCosts, world: World): Verdict {
  const currentMemorySize = Number(resource.instanceType);
  const used = resource.utilization.memoryMaximumPercent;
  if (used === null || used * 2 > CEILING_PERCENT) {
    return { currentMemorySize, finding: 'Optimized', findingReasonCodes: [], memorySizeRecommendationOptions: [] };
  }
  const isTime = (usageType: string): boolean => usageType.includes('GB-Second');
  const { list, paid } = monthlyCostOf(resource, costs, world.estate.prices(), isTime);
  const half = {
    rank: 1,
    memorySize: currentMemorySize / 2,
    projectedUtilizationMetrics: [],
    ...savingsOf(list, paid, exact('0.5')),
  };
  return {
    currentMemorySize,
    finding: 'NotOptimized',
    findingReasonCodes: ['MemoryOverprovisioned'],
    memorySizeRecommendationOptions: [half],
  };
}
