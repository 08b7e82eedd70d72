import { z } from 'zod';
import { Plan } from '../../../plan/plan.ts';
import { currency, decimal, instant, month } from '../../schema.ts';

export const planSchema = Plan.meta({ id: 'Plan', description: 'What somebody expected to pay, wave by wave.' });

export const planVersion = z
  .object({
    version: z.int(),
    name: z.string(),
    currency,
    savedAt: instant,
    savedBy: z.string(),
    reason: z.string().nullable().meta({ description: 'Why it replaced the version before; null on the first.' }),
  })
  .meta({ id: 'PlanVersion' });

export const coverage = z
  .object({
    overlaps: z.array(
      z.object({
        kind: z.enum(['account', 'tag', 'resource']),
        value: z.string(),
        winner: z.string(),
        losers: z.array(z.string()),
      }),
    ),
    month: month.nullable().meta({ description: 'The last closed one; null: none has closed, so no cost is told.' }),
    unassigned: z.array(
      z.object({
        currency,
        runningCost: decimal.nullable(),
        accounts: z.array(
          z.object({ accountId: z.string().nullable(), runningCost: decimal.nullable(), billedCost: decimal.nullable() }),
        ),
      }),
    ),
    withoutCost: z.array(
      z.object({
        workload: z.string(),
        wave: z.string(),
        because: z.enum(['namesNothing', 'beforeCutOver', 'noCost', 'noResourceCost']),
      }),
    ),
  })
  .meta({ id: 'PlanCoverage', description: 'How the plan fits the bill.' });
