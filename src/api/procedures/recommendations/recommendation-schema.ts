import { z } from 'zod';
import type { RecommendationRow } from '../../../advice/advice-document.ts';
import { CATEGORIES } from '../../../advice/detector.ts';
import { REOPENED_BECAUSE } from '../../../advice/exemption.ts';
import {
  HUB_DIFFERENCES,
  type HubReconciliation,
  OVERLAP_REASONS,
  RECOMMENDATION_STATUSES,
  type Waterfall,
} from '../../../advice/recommendation.ts';
import { ACTION_TYPES, EFFORTS } from '../../../ledger/aws-recommendation.ts';
import { currency, day, decimal } from '../../schema.ts';
import { decisionSchema, reopenedAfterDecisionSchema, shownDecision } from './decision-schema.ts';

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
    reductions: z
      .array(z.object({ because: z.enum(OVERLAP_REASONS), amount: decimal }))
      .meta({ description: 'Why it counts for less than alone: savings.expected less all of these is netMonthlySavings.' }),
    evidence: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .meta({ description: 'The facts behind it; the catalogue describes the fields of each detector.' }),
    supersededBy: z.string().nullable(),
    benefitAccountId: z.string().nullable().meta({ description: 'Where the money lands; null: in the account itself.' }),
    fromDate: day.nullable().meta({ description: 'From when; null: now.' }),
    freedCommitment: z
      .object({
        landsMonthly: decimal.meta({
          description: 'On-demand charges of other usage that the freed commitment pays from now on.',
        }),
        landsIn: z.array(z.object({ accountId: z.string(), monthlySavings: decimal })),
        strandedMonthly: decimal.meta({ description: 'Commitment that no usage takes up: no saving before it ends.' }),
        strandedUntil: day
          .nullable()
          .meta({ description: 'From this day it is no longer paid; null: nothing, or end not known.' }),
      })
      .nullable()
      .meta({ description: 'What it sets free where a commitment pays for it; null: none does.' }),
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
    secondSources: z
      .array(
        z.object({
          source: z.enum(['ComputeOptimizer', 'CostOptimizationHub', 'CostExplorer']),
          id: z
            .string()
            .meta({ description: 'Its own id there: an ARN, a recommendation id, or (Cost Explorer) the resource id.' }),
          estimatedMonthlySavings: decimal.nullable(),
        }),
      )
      .meta({ description: "Each of AWS's advisers that says the same, with its own figure." }),
    firstSeen: day,
    lastSeen: day,
    closedBecause: z.string().nullable(),
    exemption: z
      .object({
        exemptionId: z.uuid(),
        owner: z.string(),
        reason: z.string(),
        approver: z.string(),
        expiresOn: day.meta({ description: 'On this day it comes back.' }),
        maximumMonthlyCost: decimal.nullable().meta({ description: 'Or when what the exemption is about costs more than this.' }),
        monthlyCost: decimal.meta({ description: 'What all that the exemption is about costs today.' }),
        acceptedMonthlyCost: decimal.meta({
          description:
            'What the bill would lose, beside other exempted advice: these may be added up. In no total of open advice.',
        }),
      })
      .nullable()
      .meta({ description: 'Who accepts its cost, and until when; null: it is not exempted.' }),
    reopened: z
      .object({
        exemptionId: z.uuid(),
        because: z.enum(REOPENED_BECAUSE),
        day,
        owner: z.string(),
        expiresOn: day,
        maximumMonthlyCost: decimal.nullable(),
        monthlyCost: decimal,
      })
      .nullable()
      .meta({ description: 'Why it came back from an exemption; null: it was in none, or is in one again.' }),
    decision: decisionSchema.nullable().meta({ description: 'The last thing that a person decided of it; null: nothing yet.' }),
    reopenedAfterDecision: reopenedAfterDecisionSchema
      .nullable()
      .meta({ description: 'Why what people had settled is open again; null: it is not, or was decided anew.' }),
    stillSeen: day
      .nullable()
      .meta({ description: 'Said to be done, and still found when its days had settled: since this day.' }),
    paybackMonths: decimal.nullable().meta({ description: 'Months in which the saving pays for doing it; null: not known.' }),
    costOfWaiting: decimal
      .nullable()
      .meta({ description: 'netMonthlySavings over the days since it was first seen; null: neither open nor accepted.' }),
  })
  .meta({ id: 'Recommendation' });

export const waterfallSchema = z
  .object({
    gross: decimal,
    reductions: z.array(z.object({ because: z.enum(OVERLAP_REASONS), amount: decimal, count: z.number().int() })),
    net: decimal,
  })
  .meta({ description: 'From gross to net by reason; gross less all reductions is net, exactly.' });

export const hubReconciliationSchema = z
  .object({
    hubTotal: decimal,
    savingsMode: z.enum(['BeforeDiscounts', 'AfterDiscounts', 'Unknown']),
    rows: z.array(
      z.object({ because: z.enum(HUB_DIFFERENCES), resourceType: z.string(), count: z.number().int(), amount: decimal }),
    ),
    net: decimal,
  })
  .meta({ description: "From Cost Optimization Hub's own total to our net: hubTotal plus all rows is net, exactly." });

/** The lists of the domain are read-only; what leaves here is the schema's own. */
export function shownRecommendation(row: RecommendationRow): z.infer<typeof recommendationSchema> {
  const { effect: _internal, ...rest } = row;
  return {
    ...rest,
    bestPractices: [...row.bestPractices],
    confidenceBecause: [...row.confidenceBecause],
    evidence: { ...row.evidence },
    reductions: row.reductions.map((item) => ({ ...item })),
    exemption: row.exemption && { ...row.exemption },
    reopened: row.reopened && { ...row.reopened },
    decision: row.decision && shownDecision(row.decision),
    reopenedAfterDecision: row.reopenedAfterDecision && { ...row.reopenedAfterDecision },
    secondSources: row.secondSources.map((item) => ({ ...item })),
    freedCommitment: row.freedCommitment && {
      ...row.freedCommitment,
      landsIn: row.freedCommitment.landsIn.map((item) => ({ ...item })),
    },
  };
}

export function shownWaterfall(waterfall: Waterfall | null): z.infer<typeof waterfallSchema> | null {
  return waterfall && { ...waterfall, reductions: waterfall.reductions.map((item) => ({ ...item })) };
}

export function shownReconciliation(found: HubReconciliation | null): z.infer<typeof hubReconciliationSchema> | null {
  return found && { ...found, rows: found.rows.map((row) => ({ ...row })) };
}
