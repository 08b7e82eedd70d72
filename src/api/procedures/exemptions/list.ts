import { z } from 'zod';
import { listExemptions } from '../../../operations/list-exemptions.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { day } from '../../schema.ts';
import { exemptionRowSchema, shownExemptionRow } from './exemption-schema.ts';

export const exemptionsList = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: {
    method: 'GET',
    path: '/exemptions',
    tags: ['exemptions'],
    summary: 'Cost that is accepted, by whom, why and until when',
  },
})
  .input(
    z
      .strictObject({
        states: z.enum(['live', 'all']).default('live').meta({ description: '`all`: those that are over, too.' }),
      })
      .prefault({}),
  )
  .output(z.object({ day, items: z.array(exemptionRowSchema).meta({ description: 'By day of expiry and id.' }) }))
  .query(async ({ ctx, input }) => {
    const list = await listExemptions(ctx.verb, { all: input.states === 'all' });
    return { day: list.day, items: list.exemptions.map(shownExemptionRow) };
  });
