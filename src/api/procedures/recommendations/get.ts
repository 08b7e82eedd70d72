import { z } from 'zod';
import { getRecommendation } from '../../../operations/get-recommendation.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { day, instant, linkSchema } from '../../schema.ts';
import { recommendationId, recommendationSchema, shownRecommendation, status } from './recommendation-schema.ts';

const explanation = z
  .object({
    title: z.string(),
    sentence: z.string().meta({ description: 'What we saw and what it costs.' }),
    background: z.string(),
    riskOfActing: z.string(),
    riskOfNotActing: z.string(),
    desiredState: z.string(),
    steps: z.array(z.string()).meta({ description: 'In this order; reversible ones first.' }),
    undo: z.string(),
    terraform: z.string().nullable(),
    cloudFormation: z.string().nullable(),
    cli: z.string().nullable(),
    links: z.array(linkSchema),
    bestPractices: z.array(z.string()),
  })
  .meta({
    id: 'Explanation',
    description: 'In the language of Accept-Language. Code is null where the advice names no resource.',
  });

export const recommendationsGet = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  ids: { id: 'recommendation' },
  openapi: {
    method: 'GET',
    path: '/recommendations/{id}',
    tags: ['recommendations'],
    summary: 'One recommendation: evidence, reasons, steps, code, history',
  },
})
  .input(z.strictObject({ id: recommendationId }))
  .output(
    z.object({
      recommendation: recommendationSchema,
      explanation: explanation.nullable().meta({ description: 'null when its detector is no longer in the catalogue.' }),
      evidence: z.array(z.object({ field: z.string(), label: z.string(), value: z.string() })).meta({
        description: 'The evidence as a reader sees it: named, with amounts formatted, in the language of Accept-Language.',
      }),
      doubts: z.array(z.string()).meta({ description: 'What makes the confidence smaller, in words.' }),
      events: z.array(
        z.object({ at: instant, day, from: status.nullable(), to: status, actor: z.string(), because: z.string().nullable() }),
      ),
    }),
  )
  .query(async ({ ctx, input }) => {
    const found = await getRecommendation(ctx.verb, { id: input.id, catalogue: ctx.services.catalogue });
    const told = found.explanation;
    return {
      recommendation: shownRecommendation(found.recommendation),
      explanation: told && {
        ...told,
        steps: [...told.steps],
        links: [...told.links],
        bestPractices: [...told.bestPractices],
      },
      evidence: found.evidence.map((item) => ({ ...item })),
      doubts: [...found.doubts],
      events: [...found.events],
    };
  });
