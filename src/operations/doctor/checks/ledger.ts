import { type Check, fine } from '../check.ts';

/** Some cost is known, and how fresh it is. */
export const ledger: Check = {
  id: 'ledger',
  what: 'ledger',
  phase: 'ledger',
  facts: ['usageByAccount'],
  see: async ({ scope, ports }) => {
    const { dataAsOf, closedMonths, currencies } = await ports.ledgerReader.freshness(scope);
    if (dataAsOf !== null)
      return [fine(`Cost is known up to ${dataAsOf} in ${currencies.join(', ')}; ${closedMonths.length} closed months`)];
    return [{ state: 'broken', finding: 'No cost is known yet', nextStep: 'Run "sync", or "import" a bill file.' }];
  },
};
