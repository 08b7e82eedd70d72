import { z } from 'zod';
import { defineFact } from './fact.ts';

/** Whether an account has opted in to Compute Optimizer, as its management account or it itself sees it in one region. */
export const computeOptimizerEnrolment = defineFact(
  'computeOptimizerEnrolment',
  z.object({
    regionId: z.string(),
    /** `Unknown`: a word that we do not know. */
    status: z.enum(['Active', 'Inactive', 'Pending', 'Failed', 'Unknown']),
    reason: z.string().nullable(),
  }),
);
export type ComputeOptimizerEnrolment = z.infer<typeof computeOptimizerEnrolment.schema>;

/** How machines are judged in one account and region, read of one machine there. A null is a thing that AWS did not say. */
export const computeOptimizerPreferences = defineFact(
  'computeOptimizerPreferences',
  z.object({
    regionId: z.string(),
    /** The machine of which it was read. */
    resourceArn: z.string(),
    lookbackDays: z.number().nullable(),
    /** The paid look-back of three months is on. */
    enhancedMetrics: z.boolean().nullable(),
    /** Where memory is measured if not by CloudWatch's agent: "Datadog". */
    externalMetrics: z.string().nullable(),
    cpuThreshold: z.string().nullable(),
    cpuHeadroomPercent: z.number().nullable(),
    memoryHeadroomPercent: z.number().nullable(),
  }),
);
export type ComputeOptimizerPreferences = z.infer<typeof computeOptimizerPreferences.schema>;

const saving = z.object({ amount: z.string(), currency: z.string() }).nullable();
const counts = z.array(z.object({ finding: z.string(), count: z.number() }));

/** Compute Optimizer's own count of one type of resource in one account and region, with the monthly saving that it states (before discounts). */
export const computeOptimizerSummary = defineFact(
  'computeOptimizerSummary',
  z.object({
    regionId: z.string(),
    resourceType: z.string(),
    findings: counts,
    idleFindings: counts,
    monthlySavings: saving,
    idleMonthlySavings: saving,
    /** AWS's own sum of both, each resource once. */
    totalMonthlySavings: saving,
  }),
);
export type ComputeOptimizerSummary = z.infer<typeof computeOptimizerSummary.schema>;
