import { z } from 'zod';
import { endExemption } from '../../../operations/end-exemption.ts';
import { DECIDING_ROLES, procedure } from '../../base.ts';
import { exemptionSchema, shownExemption } from './exemption-schema.ts';

export const exemptionsEnd = procedure({
  scope: 'tenant',
  roles: DECIDING_ROLES,
  ids: { id: 'exemption' },
  openapi: {
    method: 'POST',
    path: '/exemptions/{id}/end',
    tags: ['exemptions'],
    summary: 'Accept it no longer; the advice comes back with the next turn',
  },
})
  .input(z.strictObject({ id: z.uuid(), because: z.string().trim().min(1).max(1000) }))
  .output(exemptionSchema)
  .mutation(async ({ ctx, input }) => shownExemption(await endExemption(ctx.verb, input)));
