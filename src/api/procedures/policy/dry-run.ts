import { z } from 'zod';
import { dryRunPolicy } from '../../../operations/policy/dry-run.ts';
import { procedure } from '../../base.ts';
import { currency, day } from '../../schema.ts';
import { comparison, layer, policyText } from './policy-schema.ts';

/** Of each list; the sums are of all. */
const MOST_LISTED = 500;

export const policyDryRun = procedure({
  scope: 'tenant',
  roles: ['reviewer', 'tenantAdmin', 'integratorOperator', 'integratorAdmin'],
  openapi: {
    method: 'POST',
    path: '/policy/dry-run',
    tags: ['policy'],
    summary: 'What a policy would hide, show and change, before it is applied',
  },
})
  .input(
    z.strictObject({
      text: policyText,
      layer,
      currency: currency.optional().meta({ description: 'Needed where there is more than one.' }),
    }),
  )
  .output(
    z.object({
      asOf: day,
      dataAsOf: day.nullable(),
      currency,
      basis: z.literal('runningCost'),
      hoursPerMonth: z.literal(730),
      versions: z.object({ integrator: z.number().int().nullable(), tenant: z.number().int().nullable() }),
      counts: z.object({ hidden: z.number().int(), shown: z.number().int(), changed: z.number().int() }),
      ...comparison,
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const run = await dryRunPolicy(ctx.verb, {
      text: input.text,
      layer: input.layer,
      currency: input.currency ?? null,
      detectors: ctx.services.catalogue.map(({ detector }) => detector),
    });
    const { hidden, shown, changed, byDetector } = run;
    return {
      ...run,
      byDetector: [...byDetector],
      counts: { hidden: hidden.length, shown: shown.length, changed: changed.length },
      hidden: hidden.slice(0, MOST_LISTED),
      shown: shown.slice(0, MOST_LISTED),
      changed: changed.slice(0, MOST_LISTED),
    };
  });
