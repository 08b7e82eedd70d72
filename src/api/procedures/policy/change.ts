import { z } from 'zod';
import { applyPolicy } from '../../../operations/policy/apply-policy.ts';
import { ADMIN_ROLES, procedure } from '../../base.ts';
import { layer, policyText, policyVersion, shownVersion } from './policy-schema.ts';

export const policyChange = procedure({
  scope: 'tenant',
  roles: ADMIN_ROLES,
  openapi: {
    method: 'POST',
    path: '/policy',
    tags: ['policy'],
    summary: 'Keep a policy as the next version; the next advice follows it',
  },
})
  .input(
    z.strictObject({
      text: policyText,
      layer,
      reason: z.string().trim().min(1).max(1000),
      basedOnVersion: z.number().int().min(0).nullable().default(null).meta({
        description: 'The version that you changed (0: there was none); refused when another one holds by now. null: whichever.',
      }),
    }),
  )
  .output(z.object({ version: policyVersion }))
  .mutation(async ({ ctx, input }) => {
    const detectors = ctx.services.catalogue.map(({ detector }) => detector);
    return { version: shownVersion(await applyPolicy(ctx.verb, { ...input, detectors })) };
  });
