import { holesFound, missingLine } from '../../connect/prove-trust.ts';
import { reproveTrust } from '../../connect/reprove-trust.ts';
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
    const { credentials } = connection;
    if (credentials.kind !== 'role') return [];
    const { holes } = await reproveTrust(context, credentials, connection);
    if (holes.length > 0)
      return [{ state: 'broken', finding: holesFound(holes), nextStep: missingLine(holes, credentials.externalId) }];
    return [fine('Tried again just now: the role opens with our external id, and stays shut without one and with another')];
  },
};
