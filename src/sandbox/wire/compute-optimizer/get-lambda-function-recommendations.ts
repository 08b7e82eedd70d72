import type { EstateResource } from '../../estate/types.ts';
import type { Operation, World } from '../world.ts';
import { LOOKBACK_DAYS } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';

const FILTERS: FilterReaders<Item> = {
  Finding: ({ finding }) => [finding],
  FindingReasonCode: ({ findingReasonCodes }) => findingReasonCodes,
};

/**
 * Functions of the sandbox. The estate does not know how much memory a function has and uses, so Compute Optimizer would have too little
 * to judge any of them: every function is `Unavailable`, as AWS says it.
 */
export const getLambdaFunctionRecommendations: Operation = (given, caller, world) => {
  const question = readQuestion('GetLambdaFunctionRecommendations', given, caller, world);
  const items = resourcesFor(question, ['lambda'], world).map((resource) => itemOf(resource, world));
  const { page, rest } = pageOf(question, filtered(items, question, FILTERS), [], world);
  const { nextToken } = rest;
  return { lambdaFunctionRecommendations: page, ...(nextToken === undefined ? {} : { nextToken }) };
};

type Item = ReturnType<typeof itemOf>;

function itemOf(resource: EstateResource, world: World) {
  return {
    functionArn: `${resource.arn}:$LATEST`,
    functionVersion: '$LATEST',
    accountId: resource.accountId,
    utilizationMetrics: [],
    lookbackPeriodInDays: LOOKBACK_DAYS,
    lastRefreshTimestamp: refreshedAt(world),
    finding: 'Unavailable',
    findingReasonCodes: ['InsufficientData'],
    memorySizeRecommendationOptions: [],
    tags: tagsOf(resource),
  };
}
