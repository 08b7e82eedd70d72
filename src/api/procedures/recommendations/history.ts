import { z } from 'zod';
import { recommendationHistory } from '../../../operations/recommendation-history.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { day, instant } from '../../schema.ts';
import { decisionSchema, shownDecision } from './decision-schema.ts';
import { recommendationId, status } from './recommendation-schema.ts';

export const recommendationsHistory = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  ids: { id: 'recommendation' },
  openapi: {
    method: 'GET',
    path: '/recommendations/{id}/history',
    tags: ['recommendations'],
    summary: 'Every change of a recommendation: by whom, when and why',
  },
})
  .input(z.strictObject({ id: recommendationId }))
  .output(
    z.object({
      id: recommendationId,
      status,
      entries: z
        .array(
          z.object({
            at: instant,
            day,
            from: status.nullable(),
            to: status,
            actor: z.string(),
            because: z.string().nullable(),
            decision: decisionSchema.nullable().meta({ description: 'null: a turn of advice changed it.' }),
          }),
        )
        .meta({ description: 'First change first.' }),
    }),
  )
  .query(async ({ ctx, input }) => {
    const { id, status: now, entries } = await recommendationHistory(ctx.verb, input.id);
    const shown = entries.map((entry) => ({ ...entry, decision: entry.decision && shownDecision(entry.decision) }));
    return { id, status: now, entries: shown };
  });
