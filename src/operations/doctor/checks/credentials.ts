import { type Check, fine } from '../check.ts';

/** The credentials are taken, and are of the account that was connected. */
export const credentials: Check = {
  id: 'credentials',
  what: 'credentials',
  phase: 'identity',
  facts: ['usageByAccount', 'usageByResource', 'computeOptimizer', 'prices'],
  see: async ({ context, connection }) => {
    const { accountId } = await context.ports.costSource.identify(connection);
    if (accountId === connection.payerAccountId) return [fine(`AWS knows us as account ${accountId}`)];
    return [
      {
        state: 'broken',
        finding: `The credentials are of account ${accountId}, the connection is of ${connection.payerAccountId}`,
        nextStep: 'Use the credentials of that account, or connect the other account under a name of its own.',
      },
    ];
  },
};
