import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.ts';
import { KEY_SCOPES } from '../../../operations/ports/access.ts';
import { ALL_ROLES, procedure } from '../../base.ts';

/** Who am I, and whose cost do I see? The first call of every portal. */
export const meGet = procedure({
  scope: 'self',
  roles: ALL_ROLES,
  openapi: { method: 'GET', path: '/me', tags: ['me'], summary: 'Who is asking, for which tenant, with which rights' },
})
  .input(z.strictObject({}).prefault({}))
  .output(
    z.object({
      tenant: z.object({ id: z.string(), name: z.string(), kind: z.enum(['operator', 'customer']), locale: z.enum(LOCALES) }),
      actor: z.object({ kind: z.string(), label: z.string(), role: z.enum(ALL_ROLES) }),
      scopes: z.array(z.enum(KEY_SCOPES)),
      via: z.enum(['key', 'session']),
    }),
  )
  .query(async ({ ctx }) => {
    const { kind, label, role } = ctx.identity.scope.actor;
    const tenant = await ctx.verb.ports.tenant.own(ctx.verb.scope);
    return { tenant, actor: { kind, label, role }, scopes: [...ctx.identity.keyScopes], via: ctx.identity.via };
  });
