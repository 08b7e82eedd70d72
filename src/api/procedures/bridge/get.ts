import { z } from 'zod';
import { bridge } from '../../../operations/bridge/bridge.ts';
import { ratesOf } from '../../../operations/bridge/question.ts';
import { STEP_IDS } from '../../../plan/bridge.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal, month } from '../../schema.ts';

const basis = z.enum(['runningCost', 'invoiceCost']);

const step = z
  .object({
    id: z.enum(STEP_IDS),
    amount: decimal.meta({ description: 'In whole minor units of `currency`: plan + all steps = actual.' }),
    parts: z.array(
      z.object({
        workload: z.string().nullable().meta({ description: 'null: no workload of the plan has it.' }),
        serviceName: z.string().nullable(),
        amount: decimal.meta({ description: 'Not rounded.' }),
        recommendationIds: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'BridgeStep' });

export const bridgeGet = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: { method: 'GET', path: '/bridge', tags: ['plan'], summary: 'From plan to actual, in steps that sum exactly' },
})
  .input(
    z
      .strictObject({
        month: month.optional().meta({ description: 'The last closed one when left out.' }),
        throughMonth: month.optional().meta({ description: 'Last month of a period, itself included.' }),
        workload: z.string().max(200).optional().meta({ description: 'One workload of the plan; all when left out.' }),
        basis: basis.default('runningCost'),
        currency: currency.optional().meta({ description: "The bill's. Needed where there is more than one." }),
        rates: z.string().max(2_000).optional().meta({
          description:
            "Exchange rates of the months, units of the plan's currency for one of the bill's: 2026-09=149.1,2026-10=151.32",
        }),
      })
      .prefault({}),
  )
  .output(
    z
      .object({
        plan: decimal,
        actual: decimal,
        currency,
        steps: z.array(step),
        isAtPlanningRate: z
          .boolean()
          .meta({ description: "True: a month's exchange rate is not known; `actual` is at the planning rate." }),
        planVersion: z.int(),
        planName: z.string(),
        basis,
        workload: z.string().nullable(),
        period: z.object({ start: day, end: day }),
        billCurrency: currency,
        planningRate: decimal.nullable(),
        rates: z.array(z.object({ month, rate: decimal.nullable() })),
        isProvisional: z.boolean(),
        wasteAsOf: day.nullable(),
        wasteFrom: month.nullable(),
        untoldWorkloads: z.array(z.string()).meta({
          description:
            'They name resources or tags of which no cost is told; it stands with the workloads that have their accounts.',
        }),
        besides: z.array(z.object({ kind: z.enum(['oneOff', 'reserve', 'operations']), planned: decimal })),
      })
      .meta({ id: 'Bridge' }),
  )
  .query(async ({ ctx, input }) => {
    const report = await bridge(ctx.verb, {
      fromMonth: input.month ?? null,
      throughMonth: input.throughMonth ?? null,
      workload: input.workload ?? null,
      basis: input.basis,
      currency: input.currency ?? null,
      rates: ratesOf(input.rates?.split(',') ?? []),
    });
    return {
      ...report,
      steps: report.steps.map(({ parts, ...rest }) => ({
        ...rest,
        parts: parts.map((part) => ({ ...part, recommendationIds: [...part.recommendationIds] })),
      })),
      rates: [...report.rates],
      untoldWorkloads: [...report.untoldWorkloads],
      besides: [...report.besides],
    };
  });
