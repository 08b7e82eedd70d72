import { z } from 'zod';
import { importPlan } from '../../../operations/import-plan.ts';
import { ADMIN_ROLES, procedure } from '../../base.ts';
import { currency } from '../../schema.ts';

export const planImport = procedure({
  scope: 'tenant',
  roles: ADMIN_ROLES,
  openapi: {
    method: 'POST',
    path: '/plan',
    tags: ['plan'],
    summary: 'Keep a migration plan as the next version; earlier ones stay',
  },
})
  .input(
    z.strictObject({
      plan: z.record(z.string(), z.unknown()).meta({
        description:
          'As `plan` of GET /plan; what may be left out there may be left out here. With all else of the request at most 1 MB.',
      }),
      reason: z.string().max(1000).optional().meta({ description: 'Why it changes; needed where a version exists already.' }),
    }),
  )
  .output(
    z.object({
      version: z.int(),
      name: z.string(),
      currency,
      waves: z.int(),
      workloads: z.int(),
      lines: z.int(),
      isNew: z.boolean().meta({ description: 'False: it is the same as the newest version, which stands.' }),
    }),
  )
  .mutation(({ ctx, input }) => importPlan(ctx.verb, { document: input.plan, reason: input.reason ?? null }));
