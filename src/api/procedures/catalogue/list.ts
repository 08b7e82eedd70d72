import { z } from 'zod';
import { listDetectors } from '../../../operations/catalogue.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { detectorSchema, shownDetector } from './detector-schema.ts';

export const catalogueList = procedure({
  scope: 'self',
  roles: ALL_ROLES,
  openapi: { method: 'GET', path: '/catalogue', tags: ['catalogue'], summary: 'Everything that is looked for' },
})
  .input(z.strictObject({}).prefault({}))
  .output(z.object({ items: z.array(detectorSchema) }))
  .query(({ ctx }) => ({ items: listDetectors(ctx.services.catalogue, ctx.locale).map(shownDetector) }));
