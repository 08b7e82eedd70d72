import { z } from 'zod';
import { listDetectors } from '../../../operations/catalogue.ts';
import { catalogueOf } from '../../../operations/policy/load-policy.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { detectorSchema, shownDetector } from './detector-schema.ts';

export const catalogueList = procedure({
  scope: 'self',
  roles: ALL_ROLES,
  openapi: { method: 'GET', path: '/catalogue', tags: ['catalogue'], summary: 'Everything that is looked for' },
})
  .input(z.strictObject({}).prefault({}))
  .output(z.object({ items: z.array(detectorSchema) }))
  .query(async ({ ctx }) => {
    const catalogue = await catalogueOf(ctx.verb, ctx.services.catalogue);
    return { items: listDetectors(catalogue, ctx.locale).map(shownDetector) };
  });
