import { z } from 'zod';
import { getDetector } from '../../../operations/catalogue.ts';
import { catalogueOf } from '../../../operations/policy/load-policy.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { detectorSchema, shownDetector } from './detector-schema.ts';

export const catalogueGet = procedure({
  scope: 'self',
  roles: ALL_ROLES,
  openapi: {
    method: 'GET',
    path: '/catalogue/{id}',
    tags: ['catalogue'],
    summary: 'One detector: what it reads, what may be set, why',
  },
})
  .input(z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,80}$/) }))
  .output(detectorSchema)
  .query(async ({ ctx, input }) => {
    const catalogue = await catalogueOf(ctx.verb, ctx.services.catalogue);
    return shownDetector(getDetector(catalogue, input.id, ctx.locale));
  });
