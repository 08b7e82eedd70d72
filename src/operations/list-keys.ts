import type { Context } from './context.ts';
import type { ApiKey } from './ports/access.ts';

/** The tenant's keys without their secrets, newest first; revoked ones stay visible. */
export async function listKeys(context: Context): Promise<readonly ApiKey[]> {
  const keys = await context.ports.keys.list(context.scope);
  return keys.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || a.keyId.localeCompare(b.keyId));
}
