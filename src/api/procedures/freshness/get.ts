import { z } from 'zod';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal, instant, month } from '../../schema.ts';

/** How new are the figures? Nulls say that there are none yet. */
export const freshnessGet = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: { method: 'GET', path: '/freshness', tags: ['freshness'], summary: 'How new the figures and the advice are' },
})
  .input(z.strictObject({}).prefault({}))
  .output(
    z.object({
      dataAsOf: day.nullable().meta({ description: 'The last day of which any cost is known.' }),
      closedMonths: z.array(month).meta({ description: 'Months that the source calls final.' }),
      currencies: z.array(currency),
      invoiceAsOf: day
        .nullable()
        .meta({ description: 'The last day of which invoice cost is known: it is asked less often than running cost.' }),
      provisionalFrom: day
        .nullable()
        .meta({ description: 'The first day that is still arriving; figures that contain it are provisional.' }),
      months: z.array(
        z.object({
          month,
          state: z.enum(['arriving', 'open', 'closed', 'restated']),
          dataAsOf: day,
          restatements: z
            .array(z.object({ currency, at: instant, closedCost: decimal, cost: decimal }))
            .meta({ description: 'What the month came to at its close and comes to now, on invoice cost.' }),
        }),
      ),
      adviceAsOf: day.nullable(),
      adviceMadeAt: instant.nullable(),
    }),
  )
  .query(async ({ ctx }) => {
    const { ports, scope } = ctx.verb;
    const [freshness, advice] = await Promise.all([ports.ledgerReader.freshness(scope), ports.recommendations.latest(scope)]);
    return {
      dataAsOf: freshness.dataAsOf,
      closedMonths: [...freshness.closedMonths],
      currencies: [...freshness.currencies],
      invoiceAsOf: freshness.invoiceAsOf,
      provisionalFrom: freshness.provisionalFrom,
      months: freshness.months.map((item) => ({ ...item, restatements: [...item.restatements] })),
      adviceAsOf: advice?.asOf ?? null,
      adviceMadeAt: advice?.madeAt ?? null,
    };
  });
