import { z } from 'zod';
import { ALL_ROLES, procedure } from '../../base.ts';
import { decimal } from '../../schema.ts';
import { paymentOption, planType, policyInput, termYears, wishOf, yearsOf } from './commitment-schema.ts';

export const commitmentsWhatIf = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  ids: { sharingGroupId: 'account' },
  openapi: {
    method: 'GET',
    path: '/commitments/what-if',
    tags: ['commitments'],
    summary: 'What a purchase of your choice would do to the usage of the look-back',
  },
})
  .input(
    z.strictObject({
      currency: policyInput.currency,
      lookbackDays: policyInput.lookbackDays,
      sharingGroupId: z.string().max(40).optional().meta({ description: 'The first group when left out.' }),
      planType: planType.default('Compute'),
      family: z
        .string()
        .max(100)
        .default('')
        .meta({ description: 'As the advice names it; empty for Compute and Database plans.' }),
      term: termYears.default('1'),
      paymentOption: paymentOption.default('NoUpfront'),
      hourlyCommitment: z.number().min(0).max(1_000_000).meta({ description: 'Dollars an hour.' }),
      usageChangePercent: z.number().min(-100).max(200).default(0).meta({ description: '-20: a fifth less usage.' }),
    }),
  )
  .output(
    z.object({
      sharingGroupId: z.string(),
      hourlyOnDemandCost: decimal,
      hourlyCost: decimal,
      yearlySavings: decimal,
      coveragePercent: decimal,
      utilizationPercent: decimal,
      effectiveSavingsRatePercent: decimal,
      unusedMonthlyCost: decimal,
    }),
  )
  .query(({ ctx, input }) => {
    const { planType: type, family, term, paymentOption: paid, hourlyCommitment } = input;
    const purchase = { planType: type, family, termYears: yearsOf(term), paymentOption: paid, hourlyCommitment };
    return ctx.services.commitments.whatIf(ctx.verb, {
      currency: input.currency ?? null,
      policy: wishOf({ ...input, planTypes: [type], termYears: [term], paymentOptions: [paid] }),
      sharingGroupId: input.sharingGroupId ?? null,
      purchases: [purchase],
      usageChangePercent: input.usageChangePercent,
    });
  });
