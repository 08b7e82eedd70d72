import { z } from 'zod';
import { showPlan } from '../../../operations/show-plan.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { coverage, planSchema, planVersion } from './plan-schema.ts';

const MOST_VERSIONS = 50;

export const planGet = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: {
    method: 'GET',
    path: '/plan',
    tags: ['plan'],
    summary: 'The newest migration plan, how it fits the bill, and who changed it when',
  },
})
  .input(z.strictObject({}).prefault({}))
  .output(
    planVersion.extend({
      plan: planSchema,
      coverage,
      versions: z.array(planVersion).meta({ description: 'Newest first.' }),
    }),
  )
  .query(async ({ ctx }) => {
    const { coverage: fit, ...shown } = await showPlan(ctx.verb);
    const versions = await ctx.verb.ports.plans.history(ctx.verb.scope, MOST_VERSIONS);
    return {
      ...shown,
      coverage: {
        ...fit,
        overlaps: fit.overlaps.map((overlap) => ({ ...overlap, losers: [...overlap.losers] })),
        unassigned: fit.unassigned.map((cost) => ({ ...cost, accounts: [...cost.accounts] })),
        withoutCost: [...fit.withoutCost],
      },
      versions: [...versions],
    };
  });
