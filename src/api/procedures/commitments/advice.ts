import { z } from 'zod';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal } from '../../schema.ts';
import { comingWave, commitmentAdvice, gap, groupBasis, policyInput, position, wishOf } from './commitment-schema.ts';

export const commitmentsAdvice = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: {
    method: 'GET',
    path: '/commitments',
    tags: ['commitments'],
    summary: 'What to commit to after all other advice, and how present commitments stand',
  },
})
  .input(z.strictObject(policyInput).prefault({}))
  .output(
    z.object({
      asOf: day,
      currency,
      advice: z.array(commitmentAdvice),
      certifiedGap: z.number().meta({ description: 'The optimum costs at most this share more than any purchase could.' }),
      series: z.object({
        from: z.string(),
        to: z.string(),
        hours: z.number().int(),
        families: z.number().int(),
        onDemandCost: decimal,
        cost: decimal,
      }),
      coveragePercent: decimal,
      utilizationPercent: decimal,
      effectiveSavingsRatePercent: decimal,
      risk: z.array(z.object({ usageChangePercent: z.number(), yearlySavings: decimal, utilizationPercent: decimal })),
      groups: z.array(groupBasis),
      position,
      gaps: z.array(gap),
      comingWaves: z.array(comingWave),
    }),
  )
  .query(async ({ ctx, input }) => {
    const report = await ctx.services.commitments.advice(ctx.verb, { currency: input.currency ?? null, policy: wishOf(input) });
    return structuredClone(report) as Mutable<typeof report>;
  });

/** The same value, without the promise that nobody changes it: zod's arrays are plain ones. */
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
