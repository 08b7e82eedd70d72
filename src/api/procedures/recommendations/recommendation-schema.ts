import { z } from 'zod';
import type { RecommendationRow } from '../../../advice/advice-document.ts';
import { CATEGORIES } from '../../../advice/detector.ts';
import { RECOMMENDATION_STATUSES } from '../../../advice/recommendation.ts';
import { ACTION_TYPES, EFFORTS } from '../../../ledger/aws-recommendation.ts';
import { currency, day, decimal } from '../../schema.ts';

export const recommendationId = z.uuid().meta({ description: 'Stable over runs.' });
export const category = z.enum(CATEGORIES);
export const status = z.enum(RECOMMENDATION_STATUSES);

export const recommendationSchema = z
  .object({
    id: recommendationId,
    detectorId: z.string(),
    detectorRevision: z.number().int(),
    category,
    actionType: z.enum(ACTION_TYPES),
    title: z.string().meta({ description: 'The desired state, in the language of Accept-Language.' }),
    bestPractices: z
      .array(z.string())
      .meta({ description: 'AWS Well-Architected, Cost Optimization pillar.', example: ['COST06-BP03'] }),
    accountId: z.string(),
    regionId: z.string().nullable(),
    resourceId: z.string().nullable(),
    resourceType: z.string(),
    status,
    effort: z.enum(EFFORTS),
    rollbackPossible: z.boolean(),
    restartNeeded: z.boolean(),
    confidence: z.number().meta({ description: 'How often the true saving lies inside the range, 0 to 1.' }),
    confidenceBecause: z.array(z.string()).meta({ description: 'What widens the range, as message ids.' }),
    currency,
    savings: z
      .object({ low: decimal, expected: decimal, high: decimal })
      .meta({ description: 'A month (730 h), runningCost, as if nothing else were done.' }),
    netMonthlySavings: decimal.meta({
      description: 'After overlap with the other advice; these may be added up. "0" when superseded.',
    }),
    evidence: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .meta({ description: 'The facts behind it; the catalogue describes the fields of each detector.' }),
    supersededBy: z.string().nullable(),
    benefitAccountId: z.string().nullable().meta({ description: 'Where the money lands; null: in the account itself.' }),
    fromDate: day.nullable().meta({ description: 'From when; null: now.' }),
    priceBasis: z.string(),
    secondSource: z
      .object({
        source: z.enum(['ComputeOptimizer', 'CostOptimizationHub']),
        estimatedMonthlySavings: decimal.nullable(),
        arn: z.string().optional().meta({ description: 'What Compute Optimizer judged.' }),
        hubRecommendationId: z.string().optional().meta({ description: 'The same advice in Cost Optimization Hub.' }),
      })
      .nullable()
      .meta({ description: 'What AWS itself says of the same, once; never added to our figures.' }),
    firstSeen: day,
    lastSeen: day,
    closedBecause: z.string().nullable(),
  })
  .meta({ id: 'Recommendation' });

/** The lists of the domain are read-only; what leaves here is the schema's own. */
export function shownRecommendation(row: RecommendationRow): z.infer<typeof recommendationSchema> {
  const { effect: _internal, ...rest } = row;
  return {
    ...rest,
    bestPractices: [...row.bestPractices],
    confidenceBecause: [...row.confidenceBecause],
    evidence: { ...row.evidence },
  };
}
