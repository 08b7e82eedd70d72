import { holesFound, missingLine, proveTrust } from '../../connect/prove-trust.ts';
import { trustOf } from '../../connect-role.ts';
import type { Context } from '../../context.ts';
import type { Connection } from '../../ports/connections.ts';
import { type Check, fine } from '../check.ts';

/**
 * A role's trust policy, tried again: the connection is enabled or stopped by what is found. Nothing to see where no role is assumed; when
 * AWS cannot be asked, the connection stays as it was.
 */
export const trustPolicy: Check = {
  id: 'trustPolicy',
  what: 'trust policy',
  phase: 'trust',
  facts: ['usageByAccount', 'usageByResource', 'computeOptimizer', 'prices'],
  see: async ({ context, connection }) => {
    const { credentials, regionId, endpointUrl } = connection;
    if (credentials.kind !== 'role') return [];
    const { roleArn, profile, externalId } = credentials;
    const holes = await proveTrust(context, { roleArn, profile, regionId, endpointUrl }, externalId);
    const trust = trustOf(holes, context.now());
    await context.ports.connections.setTrust(context.scope, connection.id, trust);
    if (trust.state !== connection.trust?.state) await noteChange(context, connection, trust.state);
    if (holes.length > 0) return [{ state: 'broken', finding: holesFound(holes), nextStep: missingLine(holes, externalId) }];
    return [fine('Tried again just now: the role opens with our external id, and stays shut without one and with another')];
  },
};

async function noteChange({ scope, ports }: Context, { id, name }: Connection, state: string): Promise<void> {
  const action = state === 'proven' ? 'connectionEnabled' : 'connectionInsecureTrust';
  await ports.audit.record(scope, { action, subject: id, detail: { name } });
}
