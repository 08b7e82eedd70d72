import { z } from 'zod';
import { decide } from '../../../operations/decide.ts';
import { DECIDING_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal } from '../../schema.ts';
import { approvalState, decidedStatus, dismissedBecause } from './decision-schema.ts';
import { recommendationId, recommendationSchema, shownRecommendation, status } from './recommendation-schema.ts';

const words = (most: number) => z.string().trim().min(1).max(most).optional();

const input = z.strictObject({
  ids: z.array(recommendationId).min(1).max(200).meta({ description: 'All of them are decided, or none.' }),
  to: decidedStatus,
  proposer: words(200).meta({ description: 'Who brought it forward.' }),
  decider: words(200).meta({ description: 'Left out: whoever calls.' }),
  owner: words(200).meta({ description: 'Accepted: who answers for its being done.' }),
  dueOn: day.optional().meta({ description: 'Accepted.' }),
  approval: approvalState.optional().meta({ description: 'Accepted; `approved` and `returned` need approver and day.' }),
  approvalReference: words(200),
  approver: words(200),
  approvalDay: day.optional(),
  implementationCost: decimal.optional().meta({ description: 'Accepted or implemented: what doing it costs, of each.' }),
  implementationCurrency: currency.optional().meta({ description: "Left out: the recommendation's." }),
  implementer: words(200).meta({ description: 'Implemented: who did it.' }),
  implementedOn: day.optional().meta({ description: 'Implemented: on which day.' }),
  seenAsDone: z.boolean().optional().meta({ description: 'Implemented: the data proposed it, and you confirm it.' }),
  snoozedUntil: day.optional().meta({ description: 'Snoozed: on this day it is open again; at most 400 days ahead.' }),
  dismissedBecause: dismissedBecause.optional().meta({ description: 'Dismissed; `other` needs a comment.' }),
  comment: words(1000).meta({ description: 'Why, in words; needed to open again.' }),
  dryRun: z.boolean().default(false).meta({ description: 'Say what would change and keep nothing.' }),
});

export const recommendationsDecide = procedure({
  scope: 'tenant',
  roles: DECIDING_ROLES,
  ids: { ids: 'recommendation' },
  openapi: {
    method: 'POST',
    path: '/recommendations/decisions',
    tags: ['recommendations'],
    summary: 'Accept, snooze, dismiss, call done or open again; the same decision twice is once',
  },
})
  .input(input)
  .output(
    z.object({
      dryRun: z.boolean(),
      items: z.array(
        z.object({
          from: status,
          changed: z.boolean().meta({ description: 'False: it stood like that already, and nothing was written.' }),
          netMonthlySavingsBefore: decimal.meta({ description: 'By the last turn of advice, before this decision.' }),
          recommendation: recommendationSchema,
        }),
      ),
    }),
  )
  .mutation(async ({ ctx, input: { ids, dryRun, ...terms } }) => {
    const done = await decide(ctx.verb, { about: ids, terms, dryRun, catalogue: ctx.services.catalogue });
    const items = done.items.map((item) => ({ ...item, recommendation: shownRecommendation(item.recommendation) }));
    return { dryRun: done.dryRun, items };
  });
