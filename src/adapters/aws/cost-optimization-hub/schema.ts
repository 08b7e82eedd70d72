import { z } from 'zod';

/** What Cost Optimization Hub sends, as far as we read it. */

export const Item = z.object({
  recommendationId: z.string().min(1),
  accountId: z.string().regex(/^\d{12}$/),
  actionType: z.string(),
  region: z.string().nullish(),
  resourceId: z.string().nullish(),
  resourceArn: z.string().nullish(),
  currentResourceType: z.string().nullish(),
  recommendedResourceType: z.string().nullish(),
  estimatedMonthlySavings: z.number().nullish(),
  estimatedSavingsPercentage: z.number().nullish(),
  estimatedMonthlyCost: z.number().nullish(),
  currencyCode: z.string().nullish(),
  implementationEffort: z.string().nullish(),
  restartNeeded: z.boolean().nullish(),
  rollbackPossible: z.boolean().nullish(),
  source: z.string().nullish(),
  recommendationLookbackPeriodInDays: z.number().nullish(),
  lastRefreshTimestamp: z.date().nullish(),
  currentResourceSummary: z.string().nullish(),
  recommendedResourceSummary: z.string().nullish(),
  tags: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish(),
});

const pricing = z
  .object({ estimatedCostBeforeDiscounts: z.number().nullish(), estimatedCostAfterDiscounts: z.number().nullish() })
  .nullish();
const configuration = z
  .object({
    term: z.string().nullish(),
    paymentOption: z.string().nullish(),
    hourlyCommitment: z.string().nullish(),
  })
  .nullish();

/** One member of a union by type of resource, whichever it is; all have this shape or less. */
const resourceDetails = z
  .record(z.string(), z.object({ configuration, costCalculation: z.object({ pricing }).nullish() }).nullish())
  .nullish();

export const Details = z.object({
  costCalculationLookbackPeriodInDays: z.number().nullish(),
  currentResourceDetails: resourceDetails,
  recommendedResourceDetails: resourceDetails,
});
export type ResourceDetails = z.infer<typeof resourceDetails>;

export const Summary = z.object({
  group: z.string().nullish(),
  estimatedMonthlySavings: z.number().nullish(),
  recommendationCount: z.number().nullish(),
});

export const Enrolment = z.object({ accountId: z.string().regex(/^\d{12}$/), status: z.string().nullish() });
