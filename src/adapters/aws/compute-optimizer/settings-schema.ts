import { z } from 'zod';

/** What Compute Optimizer says of itself, as far as we read it. */

export const Enrolment = z.object({
  accountId: z.string().regex(/^\d{12}$/),
  status: z.string().nullish(),
  statusReason: z.string().nullish(),
});

export const Preferences = z.object({
  enhancedInfrastructureMetrics: z.string().nullish(),
  externalMetricsPreference: z.object({ source: z.string().nullish() }).nullish(),
  lookBackPeriod: z.string().nullish(),
  utilizationPreferences: z
    .array(
      z.object({
        metricName: z.string().nullish(),
        metricParameters: z.object({ threshold: z.string().nullish(), headroom: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const saving = z
  .object({ estimatedMonthlySavings: z.object({ currency: z.string().nullish(), value: z.number().nullish() }).nullish() })
  .nullish();
const counts = z.array(z.object({ name: z.string(), value: z.number() })).nullish();

export const Summary = z.object({
  accountId: z.string().regex(/^\d{12}$/),
  recommendationResourceType: z.string(),
  summaries: counts,
  idleSummaries: counts,
  savingsOpportunity: saving,
  idleSavingsOpportunity: saving,
  aggregatedSavingsOpportunity: saving,
});
export type Saving = z.infer<typeof saving>;
export type Counts = z.infer<typeof counts>;
