import type { TenantScope } from './context.ts';
import type { SignIn } from './ports/access.ts';
import type { Ports } from './ports/index.ts';
import { digestOf, randomText, SECRET_LENGTH } from './secret.ts';

/** A session ends after 12 hours, or after 30 minutes without a request. */
export const SESSION_HOURS = 12;
export const SESSION_IDLE_MINUTES = 30;

export interface Door {
  readonly signIn: SignIn;
  readonly ports: Pick<Ports, 'sessions' | 'audit'>;
  readonly now: () => Date;
}

/** The session's token for a link's token; null for a link that is used, late or unknown. A new token each time: nothing to fixate. */
export async function redeemSignIn(
  door: Door,
  token: string,
): Promise<{ readonly token: string; readonly expiresAt: Date } | null> {
  const redeemed = await door.signIn.redeemLink(digestOf(token));
  if (redeemed === null) return null;
  const scope: TenantScope = {
    tenantId: redeemed.tenantId,
    actor: { kind: 'person', id: 'sign-in', label: 'signed in by link', role: redeemed.role },
  };
  const sessionToken = randomText(SECRET_LENGTH);
  const expiresAt = new Date(door.now().getTime() + SESSION_HOURS * 3_600_000);
  await door.ports.sessions.createSession(scope, {
    digest: digestOf(sessionToken),
    role: redeemed.role,
    expiresAt: expiresAt.toISOString(),
    idleSeconds: SESSION_IDLE_MINUTES * 60,
  });
  await door.ports.audit.record(scope, { action: 'signedIn', subject: 'session', detail: { role: redeemed.role } });
  return { token: sessionToken, expiresAt };
}
