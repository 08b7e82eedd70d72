import { z } from 'zod';
import { spendSummary } from '../../../operations/spend-summary.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal, month } from '../../schema.ts';

const basis = z.enum(['runningCost', 'invoiceCost']).meta({
  description:
    'runningCost: net amortised without tax, credits, refunds and support. invoiceCost: net unblended, everything, as on the invoice.',
});

export const spendMonth = z
  .object({
    month,
    state: z.enum(['closed', 'openMonth']).meta({ description: 'Figures of an open month still change.' }),
    total: decimal,
    services: z.array(z.object({ serviceName: z.string(), cost: decimal })).meta({ description: 'Largest first.' }),
  })
  .meta({ id: 'SpendMonth' });

export const spendSummaryProcedure = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: { method: 'GET', path: '/spend', tags: ['spend'], summary: 'Cost by month and service' },
})
  .input(
    z
      .strictObject({
        basis: basis.default('runningCost'),
        currency: currency.optional().meta({ description: 'Needed where there is more than one.' }),
        fromMonth: month.optional().meta({ description: 'First month; 13 months before the last one when left out.' }),
        throughMonth: month.optional().meta({ description: 'Last month, itself included; the newest when left out.' }),
      })
      .prefault({}),
  )
  .output(
    z.object({
      basis,
      currency: currency.nullable(),
      dataAsOf: day.nullable(),
      provisionalFrom: day
        .nullable()
        .meta({ description: 'The first day that is still arriving; months that contain it are provisional.' }),
      months: z.array(spendMonth),
    }),
  )
  .query(async ({ ctx, input }) => {
    const summary = await spendSummary(ctx.verb, {
      basis: input.basis,
      currency: input.currency ?? null,
      fromMonth: input.fromMonth ?? null,
      throughMonth: input.throughMonth ?? null,
    });
    return { ...summary, months: summary.months.map((item) => ({ ...item, services: [...item.services] })) };
  });
