import { AdvisorError } from '../kernel/failure.ts';
import type { Context } from './context.ts';

/** From the next request on the key opens nothing. NOT_FOUND for an unknown key and, in the same words, for another tenant's. */
export async function revokeKey(context: Context, input: { readonly keyId: string }): Promise<void> {
  if (!(await context.ports.keys.revoke(context.scope, input.keyId))) {
    throw new AdvisorError('NOT_FOUND', 'There is no such key.', 'List the keys and take a keyId from there.');
  }
  await context.ports.audit.record(context.scope, { action: 'keyRevoked', subject: input.keyId });
}
