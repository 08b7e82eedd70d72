import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { refuse } from './question.ts';

/** How one resource is judged. Nobody in the sandbox has changed AWS's defaults. */
export const getEffectiveRecommendationPreferences: Operation = (given, caller, { estate, payerAccountId }) => {
  const { resourceArn } = readInput(z.object({ resourceArn: z.string().min(1) }), given, refuse);
  const resource = estate.resources().find(({ arn }) => arn === resourceArn);
  if (!resource || (resource.accountId !== caller.accountId && caller.accountId !== payerAccountId))
    throw new Refusal('ResourceNotFoundException', 'The specified resource was not found.');
  return {
    enhancedInfrastructureMetrics: 'Inactive',
    lookBackPeriod: 'DAYS_14',
    utilizationPreferences: [
      { metricName: 'CpuUtilization', metricParameters: { threshold: 'P99_5', headroom: 'PERCENT_20' } },
      { metricName: 'MemoryUtilization', metricParameters: { headroom: 'PERCENT_20' } },
    ],
    preferredResources: [],
  };
};
