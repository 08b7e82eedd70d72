import { z } from 'zod';
import { ACTION_TYPES, EFFORTS } from './aws-recommendation.ts';
import { defineFact } from './fact.ts';

const amount = z.string();

/** Cost over AWS's own look-back, at public prices and after all discounts; null where AWS says none. */
const cost = z.object({ beforeDiscounts: amount.nullable(), afterDiscounts: amount.nullable() }).nullable();

/**
 * One piece of advice of Cost Optimization Hub under AWS's own id. AWS gives one for each resource: overlapping ones are ranked away
 * (delete or stop before rightsizing before upgrading) and savings of commitments are made smaller by the rest.
 */
export const hubRecommendation = defineFact(
  'hubRecommendation',
  z.object({
    recommendationId: z.string(),
    regionId: z.string().nullable(),
    /** As the bill writes it; null for purchases. */
    resourceId: z.string().nullable(),
    arn: z.string().nullable(),
    resourceType: z.string(),
    recommendedResourceType: z.string().nullable(),
    actionType: z.enum(ACTION_TYPES),
    effort: z.enum(EFFORTS).nullable(),
    restartNeeded: z.boolean().nullable(),
    rollbackPossible: z.boolean().nullable(),
    /** Where the Hub has it from: "ComputeOptimizer", "CostExplorer". */
    source: z.string().nullable(),
    /** 730 hours; before or after discounts as the organisation chose (`hubTotal.savingsMode`). Null is not zero. */
    monthlySavings: amount.nullable(),
    savingsPercent: z.number().nullable(),
    /** What is left a month once it is done. */
    monthlyCostAfterwards: amount.nullable(),
    currency: z.string().nullable(),
    lookbackDays: z.number().nullable(),
    refreshedOn: z.string(),
    current: z.string().nullable(),
    recommended: z.string().nullable(),
    tags: z.array(z.object({ key: z.string(), value: z.string() })),
    /** Asked for the largest only: what it costs now and would cost, both ways. */
    details: z.object({ costLookbackDays: z.number().nullable(), current: cost, recommended: cost }).nullable(),
    /** Of a purchase, as AWS words it. */
    commitment: z
      .object({ term: z.string().nullable(), paymentOption: z.string().nullable(), hourlyCommitment: amount.nullable() })
      .nullable(),
  }),
);
export type HubRecommendation = z.infer<typeof hubRecommendation.schema>;

const group = z.object({ group: z.string(), monthlySavings: amount.nullable(), count: z.number() });

/** AWS's own de-duplicated total of everything that the Hub advises, with how it counts. */
export const hubTotal = defineFact(
  'hubTotal',
  z.object({
    monthlySavings: amount.nullable(),
    currency: z.string().nullable(),
    savingsMode: z.enum(['BeforeDiscounts', 'AfterDiscounts', 'Unknown']),
    /** What AWS assumes of purchases: "OneYear NoUpfront". */
    preferredCommitment: z.string().nullable(),
    byActionType: z.array(group),
    byResourceType: z.array(group),
  }),
);
export type HubTotal = z.infer<typeof hubTotal.schema>;

/** Whether an account takes part in Cost Optimization Hub. */
export const hubEnrolment = defineFact(
  'hubEnrolment',
  z.object({
    status: z.enum(['Active', 'Inactive', 'Unknown']),
    /** Said of the asking account alone: its organisation's members take part too. */
    includesMembers: z.boolean().nullable(),
  }),
);
export type HubEnrolment = z.infer<typeof hubEnrolment.schema>;
