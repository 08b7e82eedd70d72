import { organizationAccount } from '../../../ledger/organization.ts';
import { type Check, fine } from '../check.ts';

/** What the connection's account may tell of its organisation. Being in none is no lack. */
export const organizations: Check = {
  id: 'organizations',
  what: 'AWS Organizations',
  phase: 'service',
  facts: [],
  see: async ({ context, connection, options }) => {
    const { standing, organizationId } = await context.ports.awsAdvice.organizationStanding(connection, options);
    if (standing === 'alone') return [fine('The account is in no organisation')];
    const accounts = await context.ports.facts.read(context.scope, organizationAccount);
    const own = accounts.filter(({ connectionId }) => connectionId === connection.id);
    if (standing === 'management')
      return [fine(`The account manages ${organizationId}; ${own.length} accounts are known by name and unit`)];
    if (own.length > 0)
      return [fine(`A delegated member of ${organizationId}; ${own.length} accounts are known by name and unit`)];
    return [
      {
        state: 'partial',
        finding: `The account is a member of ${organizationId} and may not list the others`,
        nextStep: 'Connect the management account too, or delegate AWS Organizations to this one.',
        consequence: 'accounts are called what the bill calls them, and their organisational units are not known',
      },
    ];
  },
};
