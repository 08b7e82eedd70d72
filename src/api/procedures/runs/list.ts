import { z } from 'zod';
import { listRuns } from '../../../operations/list-runs.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, cursor, decimal, instant, limit, next, period } from '../../schema.ts';

export const runSchema = z
  .object({
    id: z.uuid(),
    connectionId: z.uuid().nullable(),
    source: z.string(),
    window: period.nullable().meta({ description: 'The days that were asked for.' }),
    status: z.enum(['running', 'ok', 'partial', 'rejected', 'failed', 'abandoned']),
    startedAt: instant,
    endedAt: instant.nullable(),
    pages: z.number().int(),
    requestCost: decimal.meta({ description: 'US dollars: Cost Explorer asks 0.01 a page.' }),
    rows: z.number().int(),
    quarantined: z.number().int().meta({ description: 'Rows that could not be read; kept with the reason, never guessed.' }),
    total: decimal.nullable(),
    residual: decimal.nullable().meta({ description: 'What the source counts in its total and names in no line.' }),
    currency: currency.nullable(),
    error: z.object({ code: z.string(), message: z.string(), nextStep: z.string() }).nullable(),
  })
  .meta({ id: 'Run' });

export const runsList = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: {
    method: 'GET',
    path: '/runs',
    tags: ['runs'],
    summary: 'What was read from where, what asking cost, what came of it',
  },
})
  .input(z.strictObject({ limit, cursor }).prefault({}))
  .output(z.object({ items: z.array(runSchema), next }))
  .query(async ({ ctx, input }) => {
    const binding = { tenantId: ctx.verb.scope.tenantId, procedure: 'runs.list', sort: 'startedAt' };
    const place = input.cursor === undefined ? null : ctx.services.cursors.open(input.cursor, binding);
    const page = await listRuns(ctx.verb, { limit: input.limit, after: place && { startedAt: place.key, id: place.id } });
    return {
      items: [...page.items],
      next: page.next && ctx.services.cursors.seal({ key: page.next.startedAt, id: page.next.id }, binding),
    };
  });
