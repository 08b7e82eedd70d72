import { z } from 'zod';
import { listKeys } from '../../../operations/list-keys.ts';
import { ADMIN_ROLES, procedure } from '../../base.ts';
import { keySchema, shownKey } from './key-schema.ts';

export const keysList = procedure({
  scope: 'tenant',
  roles: ADMIN_ROLES,
  openapi: { method: 'GET', path: '/keys', tags: ['keys'], summary: 'The keys of the tenant, revoked ones included' },
})
  .input(z.strictObject({}).prefault({}))
  .output(z.object({ items: z.array(keySchema) }))
  .query(async ({ ctx }) => ({ items: (await listKeys(ctx.verb)).map(shownKey) }));
