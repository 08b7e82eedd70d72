import { z } from 'zod';
import { listRecommendations } from '../../../operations/list-recommendations.ts';
import type { RecommendationFilter } from '../../../operations/ports/recommendations.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, cursor, day, decimal, limit, next } from '../../schema.ts';
import {
  category,
  hubReconciliationSchema,
  recommendationSchema,
  shownRecommendation,
  shownReconciliation,
  shownWaterfall,
  status,
  waterfallSchema,
} from './recommendation-schema.ts';

/** What may be sorted by: names of ours that the store turns into constant SQL. */
const sort = z.enum(['netMonthlySavings', 'rank', 'firstSeen']);

const input = z.strictObject({
  status: z.array(status).max(10).optional().meta({ description: 'Open and accepted ones when left out.' }),
  category: z.array(category).max(10).optional(),
  detectorId: z.array(z.string().max(100)).max(50).optional(),
  accountId: z.array(z.string().max(20)).max(200).optional(),
  minimumNetMonthlySavings: decimal.optional(),
  resourceIdContains: z.string().min(1).max(200).optional().meta({ description: 'Part of the resource id, taken literally.' }),
  sort: sort.default('netMonthlySavings').meta({ description: 'Largest saving first, best first, or newest first.' }),
  limit,
  cursor,
});

export const recommendationsList = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  ids: { accountId: 'account', resourceIdContains: 'resource' },
  openapi: { method: 'GET', path: '/recommendations', tags: ['recommendations'], summary: 'What to do, with what it saves' },
})
  .input(input.prefault({}))
  .output(
    z.object({
      items: z.array(recommendationSchema),
      next,
      count: z.number().int().meta({ description: 'Of all that match, not of this page.' }),
      latest: z
        .object({
          asOf: day,
          dataAsOf: day.nullable(),
          currency,
          basis: z.literal('runningCost'),
          totals: z.object({
            gross: decimal,
            overlap: decimal,
            net: decimal,
            acceptedCost: decimal.meta({ description: 'Exempted: in neither gross nor net.' }),
          }),
          waterfall: waterfallSchema.nullable(),
          hubReconciliation: hubReconciliationSchema.nullable(),
          notJudged: z
            .array(
              z.object({
                detectorId: z.string(),
                title: z.string(),
                because: z.string().meta({ description: 'Message id of the missing fact.' }),
                missing: z.string().meta({ description: 'The missing fact in words.' }),
                count: z.number().int(),
                note: z.string().optional().meta({ description: "The organisation's own words, where it decided so." }),
              }),
            )
            .meta({ description: 'What could not be told, and why.' }),
          judged: z.object({
            findings: z.number().int(),
            healthy: z.number().int(),
            notApplicable: z.number().int(),
            unknown: z.number().int(),
            belowMinimumSaving: z.number().int(),
          }),
          belowMinimumSaving: z
            .array(z.object({ detectorId: z.string(), count: z.number().int(), monthlySavings: decimal }))
            .meta({ description: 'Found, and saves less than the policy wants to hear of.' }),
          policyVersions: z
            .object({ integrator: z.number().int().nullable(), tenant: z.number().int().nullable() })
            .meta({ description: 'Of the policy that it was judged by; null: there was none.' }),
        })
        .nullable()
        .meta({ description: 'The whole last advice, whatever the filter; null before the first one.' }),
    }),
  )
  .query(async ({ ctx, input }) => {
    const { catalogue, cursors } = ctx.services;
    const binding = { tenantId: ctx.verb.scope.tenantId, procedure: 'recommendations.list', sort: input.sort };
    const after = input.cursor === undefined ? null : cursors.open(input.cursor, binding);
    const page = await listRecommendations(ctx.verb, {
      filter: filterOf(input),
      sort: input.sort,
      limit: input.limit,
      after,
      catalogue,
    });
    return {
      items: page.items.map(shownRecommendation),
      next: page.next && cursors.seal(page.next, binding),
      count: page.count,
      latest: page.latest && {
        ...page.latest,
        basis: 'runningCost' as const,
        totals: { ...page.latest.totals },
        waterfall: shownWaterfall(page.latest.waterfall),
        hubReconciliation: shownReconciliation(page.latest.hubReconciliation),
        notJudged: [...page.latest.notJudged],
        belowMinimumSaving: [...page.latest.belowMinimumSaving],
      },
    };
  });

function filterOf(asked: z.infer<typeof input>): RecommendationFilter {
  return {
    statuses: asked.status ?? ['open', 'accepted'],
    ...(asked.category && { categories: asked.category }),
    ...(asked.detectorId && { detectorIds: asked.detectorId }),
    ...(asked.accountId && { accountIds: asked.accountId }),
    ...(asked.minimumNetMonthlySavings !== undefined && { minimumNetMonthlySavings: asked.minimumNetMonthlySavings }),
    ...(asked.resourceIdContains !== undefined && { resourceIdContains: asked.resourceIdContains }),
  };
}
