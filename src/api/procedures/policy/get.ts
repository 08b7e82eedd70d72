import { z } from 'zod';
import { loadPolicy } from '../../../operations/policy/load-policy.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { policyProblem, policyRecord, policyVersion, shownVersion } from './policy-schema.ts';

const MOST_VERSIONS = 50;

export const policyGet = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  openapi: {
    method: 'GET',
    path: '/policy',
    tags: ['policy'],
    summary: 'What the organisation decided, and who changed it when',
  },
})
  .input(z.strictObject({}).prefault({}))
  .output(
    z.object({
      integrator: policyRecord.nullable().meta({ description: 'What holds for all tenants.' }),
      tenant: policyRecord.nullable().meta({ description: 'Your own, which goes before it.' }),
      problems: z.array(policyProblem).meta({ description: 'Parts that no longer fit the rules of today and are not used.' }),
      versions: z.array(policyVersion).meta({ description: 'Of your own, newest first.' }),
    }),
  )
  .query(async ({ ctx }) => {
    const { records, problems } = await loadPolicy(
      ctx.verb,
      ctx.services.catalogue.map(({ detector }) => detector),
    );
    const versions = await ctx.verb.ports.policies.history(ctx.verb.scope, MOST_VERSIONS);
    return { ...records, problems: [...problems], versions: versions.map(shownVersion) };
  });
