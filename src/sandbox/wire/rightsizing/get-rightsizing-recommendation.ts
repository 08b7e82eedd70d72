import { z } from 'zod';
import { fingerprintUuid } from '../../../kernel/fingerprint.ts';
import { sumExact } from '../../../kernel/money.ts';
import { EC2 } from '../commitments/reservation-use.ts';
import { percent, text } from '../commitments/sums.ts';
import { splitByHours } from '../compute-optimizer/measured.ts';
import type { Series } from '../cost-explorer/charge-table.ts';
import { costCategoryReader, type Reader, tagReader } from '../cost-explorer/dimensions.ts';
import { compileExpression, type Expression, expressionSchema, MATCH_OPTIONS } from '../cost-explorer/expression.ts';
import { generatedAt } from '../purchase/generation.ts';
import { invalid } from '../refusal.ts';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Caller, Operation, World } from '../world.ts';
import { type Advice, adviceFor, monthlyAt, savedBy, written } from './advise.ts';
import { runningHours } from './running-hours.ts';

const schema = z.object({
  Service: z.string(),
  Filter: expressionSchema.optional(),
  Configuration: z
    .object({
      RecommendationTarget: z.enum(['SAME_INSTANCE_FAMILY', 'CROSS_INSTANCE_FAMILY']),
      BenefitsConsidered: z.boolean(),
    })
    .default({
      RecommendationTarget: 'SAME_INSTANCE_FAMILY',
      BenefitsConsidered: true,
    }),
  PageSize: z.int().min(0).max(6000).optional(),
  NextPageToken: z.string().optional(),
});
const PAGE = 100;

/**
 * Machines that Cost Explorer would terminate or make smaller, largest saving first. Its look-back is 14 days, for which the service model
 * has no word, so the answer names none.
 */
export const getRightsizingRecommendation: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  if (input.Service !== 'AmazonEC2') throw invalid('Rightsizing recommendations are only supported for AmazonEC2');
  const hours = await runningHours(caller, world);
  const isWanted = input.Filter ? filterOf(input.Filter, world) : () => true;
  const advice = machines(caller, world)
    .flatMap((machine) => adviceFor(machine, hours(machine), input.Configuration, world) ?? [])
    .filter(isWanted)
    .sort((a, b) => savedBy(b).cmp(savedBy(a)) || (a.resource.arn < b.resource.arn ? -1 : 1));
  const { PageSize, NextPageToken, ...identity } = input;
  const operation = 'GetRightsizingRecommendation';
  const request = {
    operation,
    input: identity,
    token: NextPageToken || undefined,
    pageSize: PageSize || PAGE,
  };
  const { page, nextToken } = tokenPage(advice, request, caller, world);
  return {
    Metadata: {
      RecommendationId: fingerprintUuid('rightsizing advice', JSON.stringify(identity)),
      GenerationTimestamp: generatedAt(world),
    },
    Summary: summaryOf(advice),
    RightsizingRecommendations: page.map(written),
    ...(nextToken && { NextPageToken: nextToken }),
    Configuration: input.Configuration,
  };
};

/** Those that still run and were measured long enough. */
function machines(caller: Caller, { estate, payerAccountId }: World) {
  const mine = estate
    .resources()
    .filter(({ kind }) => kind === 'ec2')
    .filter(({ accountId }) => caller.accountId === payerAccountId || accountId === caller.accountId)
    .filter(({ from, until }) => from < estate.asOf && (until === null || until > estate.asOf));
  return splitByHours(mine).enough;
}

function summaryOf(advice: readonly Advice[]) {
  const savings = sumExact(advice.map(savedBy));
  const costs = sumExact(advice.map((item) => monthlyAt(item.current.hourlyPrice, item)));
  return {
    TotalRecommendationCount: String(advice.length),
    EstimatedTotalMonthlySavingsAmount: text(savings),
    SavingsCurrencyCode: 'USD',
    SavingsPercentage: percent(savings, costs),
  };
}

/** By account, region, type of advice, tag or cost category. */
function filterOf(filter: Expression, { estate }: World): (advice: Advice) => boolean {
  const types = new Map<Series, Advice['type']>();
  const dimensions: Readonly<Record<string, Reader>> = {
    LINKED_ACCOUNT: ({ accountId }) => accountId,
    REGION: ({ regionId }) => regionId,
    RIGHTSIZING_TYPE: (series) => types.get(series) ?? '',
  };
  const matches = compileExpression(filter, {
    dimension: (key) => {
      const reader = dimensions[key];
      if (!reader) throw invalid(`Dimension ${key} is not allowed.`);
      return reader;
    },
    tag: tagReader(estate),
    costCategory: costCategoryReader(estate),
    matchOptions: new Set(MATCH_OPTIONS),
  });
  return ({ resource: { accountId, regionId, resourceId }, type }) => {
    const place = {
      accountId,
      regionId,
      resourceId,
      serviceName: EC2,
      usageType: '',
      operation: '',
      recordType: '',
      usageUnit: '',
    };
    types.set(place, type);
    return matches(place);
  };
}
