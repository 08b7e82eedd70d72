import type { Context } from '../context.ts';
import type { Connection, CredentialReference, RoleTrust } from '../ports/connections.ts';
import { proveTrust, type TrustHole } from './prove-trust.ts';

type Role = Extract<CredentialReference, { readonly kind: 'role' }>;

export function trustOf(holes: readonly TrustHole[], now: Date): RoleTrust {
  return { state: holes.length === 0 ? 'proven' : 'insecureTrust', checkedAt: now.toISOString() };
}

/**
 * Tries the trust policy of a connection's role again: the connection is enabled or stopped by what is found. When AWS cannot be asked, or
 * the role does not open at all, that is thrown and the connection stays as it was.
 */
export async function reproveTrust(
  context: Context,
  { roleArn, profile, externalId }: Role,
  connection: Connection,
): Promise<{ readonly holes: readonly TrustHole[]; readonly trust: RoleTrust }> {
  const { scope, ports } = context;
  const { id, name, regionId, endpointUrl } = connection;
  const holes = await proveTrust(context, { roleArn, profile, regionId, endpointUrl }, externalId);
  const trust = trustOf(holes, context.now());
  await ports.connections.setTrust(scope, id, trust);
  if (trust.state !== connection.trust?.state) {
    const action = trust.state === 'proven' ? 'connectionEnabled' : 'connectionInsecureTrust';
    await ports.audit.record(scope, { action, subject: id, detail: { name } });
  }
  return { holes, trust };
}
