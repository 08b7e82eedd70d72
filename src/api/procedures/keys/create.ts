import { z } from 'zod';
import { createKey } from '../../../operations/create-key.ts';
import { KEY_SCOPES } from '../../../operations/ports/access.ts';
import { ADMIN_ROLES, ALL_ROLES, procedure } from '../../base.ts';
import { keySchema, shownKey } from './key-schema.ts';

export const keysCreate = procedure({
  scope: 'tenant',
  roles: ADMIN_ROLES,
  openapi: { method: 'POST', path: '/keys', tags: ['keys'], summary: 'A new key; its secret is in this answer and nowhere else' },
})
  .input(
    z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(2).default(['read']),
      role: z.enum(ALL_ROLES).default('viewer').meta({ description: 'At most your own.' }),
      expiresInDays: z.number().int().min(1).max(730).nullable().default(365).meta({ description: 'null: until it is revoked.' }),
    }),
  )
  .output(z.object({ key: keySchema, secret: z.string().meta({ description: 'Send it as "Authorization: Bearer <secret>".' }) }))
  .mutation(async ({ ctx, input }) => {
    const { key, secret } = await createKey(ctx.verb, input);
    return { key: shownKey(key), secret };
  });
