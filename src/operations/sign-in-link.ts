import type { Context, Role } from './context.ts';
import { refuseHigherRole } from './create-key.ts';
import { digestOf, randomText, SECRET_LENGTH } from './secret.ts';

export const LINK_MINUTES = 15;

/** A link that opens the page once, within 15 minutes. `baseUrl` is where the server is reached, without a path. */
export async function createSignInLink(
  context: Context,
  input: { readonly baseUrl: string; readonly role?: Role },
): Promise<{ readonly url: string; readonly expiresAt: string }> {
  const role = input.role ?? context.scope.actor.role;
  refuseHigherRole(context, role);
  const token = randomText(SECRET_LENGTH);
  const expiresAt = new Date(context.now().getTime() + LINK_MINUTES * 60_000).toISOString();
  await context.ports.sessions.createLink(context.scope, { digest: digestOf(token), role, expiresAt });
  await context.ports.audit.record(context.scope, {
    action: 'signInLinkCreated',
    subject: 'sign-in',
    detail: { role, expiresAt },
  });
  return { url: new URL(`/sign-in?token=${token}`, input.baseUrl).href, expiresAt };
}
