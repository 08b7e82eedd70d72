import { z } from 'zod';
import { addExemption } from '../../../operations/add-exemption.ts';
import { DECIDING_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal } from '../../schema.ts';
import { exemptionSchema, shownExemption } from './exemption-schema.ts';

const words = (most: number) => z.string().trim().min(1).max(most);

export const exemptionsAdd = procedure({
  scope: 'tenant',
  roles: DECIDING_ROLES,
  ids: { resourceId: 'resource', accountId: 'account' },
  openapi: {
    method: 'POST',
    path: '/exemptions',
    tags: ['exemptions'],
    summary: 'Accept the cost of a resource, or of what one rule says of an account or a tag, until a day',
  },
})
  .input(
    z.strictObject({
      detectorId: z.string().min(1).max(100).optional().meta({ description: 'Left out beside a resource: every rule.' }),
      resourceId: z.string().min(1).max(2048).optional().meta({ description: 'Its id, an ARN, or the end of one.' }),
      accountId: z.string().min(1).max(20).optional(),
      regionId: z.string().min(1).max(40).optional(),
      tagKey: z.string().min(1).max(128).optional(),
      tagValue: z.string().max(256).optional(),
      owner: words(200),
      reason: words(1000),
      approver: words(200),
      expiresOn: day.meta({ description: 'First day on which it no longer holds; at most 400 days ahead.' }),
      maximumMonthlyCost: decimal.optional().meta({ description: 'It comes back when the cost grows past this.' }),
      currency: currency.optional(),
    }),
  )
  .output(exemptionSchema)
  .mutation(async ({ ctx, input }) => {
    return shownExemption(await addExemption(ctx.verb, { terms: input, catalogue: ctx.services.catalogue }));
  });
