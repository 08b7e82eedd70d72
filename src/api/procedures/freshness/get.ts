import { z } from 'zod';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, day, instant, month } from '../../schema.ts';

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
      adviceAsOf: advice?.asOf ?? null,
      adviceMadeAt: advice?.madeAt ?? null,
    };
  });
