import { AdvisorError, describeFailure } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { accountOfRole } from '../ledger/role-arn.ts';
import { holesFound, missingLine, proveTrust } from './connect/prove-trust.ts';
import { trustOf } from './connect/reprove-trust.ts';
import { nameOf, placeOf, type WayInput } from './connect/way.ts';
import type { Context } from './context.ts';
import type { Connection, NewConnection, RoleTrust } from './ports/connections.ts';

export interface ConnectRoleInput extends WayInput {
  readonly roleArn: string;
  /** Whose chain assumes the role; null: the default one. */
  readonly profile?: string | null;
}

/**
 * Connects a customer's account over a role of theirs, with the external id that the server made for that account: none is taken from
 * input. A role that others could use through us is kept as `insecureTrust`, gives no credentials, and is an error with the line that
 * is missing; said again after the policy was mended, it is enabled. Every attempt is in the audit.
 */
export async function connectRole(
  context: Context,
  input: ConnectRoleInput,
): Promise<{ readonly connection: Connection; readonly callerArn: string }> {
  const { scope, ports } = context;
  const accountId = accountOfRole(input.roleArn);
  const place = placeOf(input);
  const name = nameOf(input.name, accountId);
  const externalId = await ports.connections.externalId(scope, accountId);
  const role = { roleArn: input.roleArn, profile: input.profile ?? null };
  const reach = { ...role, regionId: place.regionId, endpointUrl: place.endpointUrl };
  context.progress?.({ what: 'trying the trust policy of the role', done: 0, of: 2 });
  const holes = await audited(context, role.roleArn, () => proveTrust(context, reach, externalId));
  const trust = trustOf(holes, context.now());
  const way = { ...place, credentials: { kind: 'role' as const, ...role } };
  if (trust.state === 'insecureTrust') {
    await keep(context, { ...way, name, payerAccountId: accountId, trust });
    throw new AdvisorError('CREDENTIALS_REJECTED', holesFound(holes), missingLine(holes, externalId));
  }
  context.progress?.({ what: 'asking AWS who we are there', done: 1, of: 2 });
  const caller = await audited(context, role.roleArn, () =>
    ports.costSource.identify({ ...way, credentials: { ...way.credentials, externalId } }),
  );
  const connection = await keep(context, { ...way, name, payerAccountId: accountId, trust });
  return { connection, callerArn: oneLine(caller.arn, 200) };
}

/** A refusal is written down too: who tries the roles of others leaves a trace in their own tenant. */
async function audited<T>({ scope, ports }: Context, roleArn: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { code } = describeFailure(error);
    await ports.audit.record(scope, { action: 'roleRefused', subject: oneLine(roleArn, 200), detail: { code } });
    throw error;
  }
}

/** The same role and view by the same way once more is the same connection, with what was found now. */
async function keep({ scope, ports }: Context, wanted: NewConnection & { readonly trust: RoleTrust }): Promise<Connection> {
  const known = (await ports.connections.list(scope)).find((connection) => isSame(connection, wanted));
  if (known) await ports.connections.setTrust(scope, known.id, wanted.trust);
  const connection = known ? { ...known, trust: wanted.trust } : await ports.connections.create(scope, wanted);
  await ports.audit.record(scope, {
    action: wanted.trust.state === 'proven' ? 'connected' : 'connectionInsecureTrust',
    subject: connection.id,
    detail: { name: connection.name, accountId: connection.payerAccountId, priceView: connection.priceView },
  });
  return connection;
}

/** What was found by another profile's chain or at another endpoint says nothing of this one. */
function isSame({ credentials, billingViewArn, priceView, endpointUrl }: Connection, wanted: NewConnection): boolean {
  if (credentials.kind !== 'role' || wanted.credentials.kind !== 'role') return false;
  const isSameView = billingViewArn === (wanted.billingViewArn ?? null) && priceView === wanted.priceView;
  const isSameWay = endpointUrl === wanted.endpointUrl && credentials.profile === wanted.credentials.profile;
  return credentials.roleArn === wanted.credentials.roleArn && isSameView && isSameWay;
}
