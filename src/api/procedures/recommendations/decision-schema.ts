import { z } from 'zod';
import { APPROVAL_STATES, DECIDED_STATUSES, type Decision, DISMISSED_BECAUSE, REOPENED_BY } from '../../../advice/decision.ts';
import { RECOMMENDATION_STATUSES } from '../../../advice/recommendation.ts';
import { currency, day, decimal, instant } from '../../schema.ts';

const status = z.enum(RECOMMENDATION_STATUSES);
export const decidedStatus = z.enum(DECIDED_STATUSES);
export const approvalState = z.enum(APPROVAL_STATES);
export const dismissedBecause = z.enum(DISMISSED_BECAUSE);

export const decisionSchema = z
  .object({
    recommendationId: z.uuid(),
    number: z.number().int().meta({ description: 'Of this recommendation, from 1; the last one counts.' }),
    from: status,
    to: decidedStatus,
    proposer: z.string().nullable().meta({ description: 'Who brought it forward; null: nobody but the advice itself.' }),
    decider: z.string(),
    owner: z.string().nullable().meta({ description: 'Who answers for its being done.' }),
    dueOn: day.nullable(),
    approval: z
      .object({
        state: approvalState,
        reference: z.string().nullable().meta({ description: 'The number that the organisation gave it.' }),
        approver: z.string().nullable(),
        day: day.nullable(),
      })
      .nullable(),
    implementationCost: z.object({ amount: decimal, currency }).nullable().meta({ description: 'What doing it costs, once.' }),
    implementer: z.string().nullable(),
    implementedOn: day.nullable(),
    seenAsDone: z.boolean().meta({ description: 'A person confirmed what the data proposed.' }),
    snoozedUntil: day.nullable().meta({ description: 'On this day it is open again.' }),
    dismissedBecause: dismissedBecause.nullable(),
    comment: z.string().nullable(),
    monthlyCost: decimal.meta({ description: 'What it is about cost a month when it was decided.' }),
    currency,
    decidedOn: day,
    recordedBy: z.string(),
    recordedAt: instant,
  })
  .meta({ id: 'Decision', description: 'What a person made of a recommendation: who, when and why.' });

export const reopenedAfterDecisionSchema = z.object({
  because: z.enum(REOPENED_BY),
  day,
  decisionNumber: z.number().int().nullable(),
  monthlyCostThen: decimal.nullable(),
  monthlyCost: decimal,
});

export function shownDecision(decision: Decision): z.infer<typeof decisionSchema> {
  const { approval, implementationCost } = decision;
  return {
    ...decision,
    approval: approval && { ...approval },
    implementationCost: implementationCost && { ...implementationCost },
  };
}
