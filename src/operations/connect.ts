import { oneLine } from '../kernel/text.ts';
import { nameOf, placeOf, type WayInput } from './connect/way.ts';
import type { Context } from './context.ts';
import type { Connection, CredentialReference } from './ports/connections.ts';

export interface ConnectInput extends WayInput {
  /** With `files` there is nobody to ask: importing makes such connections. A role has a verb of its own, `connectRole`. */
  readonly credentials: Exclude<CredentialReference, { readonly kind: 'files' | 'role' }>;
}

/**
 * Asks AWS who these credentials are and keeps the way in: a reference, never a secret. Nothing is written when AWS refuses. CONFLICT for
 * a name that is taken.
 */
export async function connect(
  context: Context,
  input: ConnectInput,
): Promise<{ readonly connection: Connection; readonly callerArn: string }> {
  const { scope, ports } = context;
  const { priceView, ...reach } = { credentials: input.credentials, ...placeOf(input) };
  context.progress?.({ what: 'asking AWS who we are', done: 0, of: 1 });
  const caller = await ports.costSource.identify(reach);
  const connection = await ports.connections.create(scope, {
    ...reach,
    name: nameOf(input.name, caller.accountId),
    payerAccountId: caller.accountId,
    priceView,
  });
  await ports.audit.record(scope, {
    action: 'connected',
    subject: connection.id,
    detail: { name: connection.name, accountId: caller.accountId, caller: oneLine(caller.arn, 200), priceView },
  });
  return { connection, callerArn: oneLine(caller.arn, 200) };
}
