import { z } from 'zod';
import { revokeKey } from '../../../operations/revoke-key.ts';
import { ADMIN_ROLES, procedure } from '../../base.ts';

export const keysRevoke = procedure({
  scope: 'tenant',
  roles: ADMIN_ROLES,
  ids: { keyId: 'apiKey' },
  openapi: {
    method: 'DELETE',
    path: '/keys/{keyId}',
    tags: ['keys'],
    summary: 'Revoke a key; it opens nothing from the next request on',
  },
})
  .input(z.strictObject({ keyId: z.string().regex(/^[0-9A-Za-z]{16}$/) }))
  .output(z.object({ keyId: z.string(), revoked: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await revokeKey(ctx.verb, input);
    return { keyId: input.keyId, revoked: true as const };
  });
