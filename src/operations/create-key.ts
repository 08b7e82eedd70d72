import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import type { Context, Role } from './context.ts';
import type { ApiKey, KeyScope } from './ports/access.ts';
import { digestOf, KEY_ID_LENGTH, randomText, SECRET_LENGTH } from './secret.ts';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly role: Role;
  /** null: until it is revoked. */
  readonly expiresInDays: number | null;
}

const RANK: readonly Role[] = ['viewer', 'reviewer', 'tenantAdmin', 'integratorOperator', 'integratorAdmin'];

/** The key in the clear is given this once and kept nowhere. FORBIDDEN for a role above the giver's own. */
export async function createKey(context: Context, input: NewKey): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  refuseHigherRole(context, input.role);
  const keyId = randomText(KEY_ID_LENGTH);
  const secret = `cpk_${keyId}_${randomText(SECRET_LENGTH)}`;
  const key = await context.ports.keys.create(context.scope, {
    keyId,
    digest: digestOf(secret),
    name: oneLine(input.name, 100),
    scopes: [...new Set(input.scopes)],
    role: input.role,
    expiresAt: input.expiresInDays === null ? null : inDays(context.now(), input.expiresInDays),
  });
  await context.ports.audit.record(context.scope, {
    action: 'keyCreated',
    subject: keyId,
    detail: { role: input.role, scopes: key.scopes.join(' ') },
  });
  return { key, secret };
}

/** Nobody gives what they do not have. */
export function refuseHigherRole(context: Context, role: Role): void {
  if (RANK.indexOf(role) <= RANK.indexOf(context.scope.actor.role)) return;
  throw new AdvisorError(
    'FORBIDDEN',
    `The role ${role} is above your own.`,
    'Choose a role up to your own, or ask an administrator.',
  );
}

function inDays(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString();
}
