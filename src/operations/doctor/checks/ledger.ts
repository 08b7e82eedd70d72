import { daysIn } from '../../../kernel/calendar.ts';
import { type Check, fine } from '../check.ts';

/** AWS brings a day within 24 hours, often 48; a pull a day late is no reason to worry (Cost Explorer guide, read 2026-11). */
const FRESH_DAYS = 3;

/** Some cost is known, and how fresh it is. */
export const ledger: Check = {
  id: 'ledger',
  what: 'ledger',
  phase: 'ledger',
  facts: ['usageByAccount'],
  see: async ({ scope, ports }, asOf) => {
    const { dataAsOf, closedMonths, currencies } = await ports.ledgerReader.freshness(scope);
    if (dataAsOf === null)
      return [{ state: 'broken', finding: 'No cost is known yet', nextStep: 'Run "sync", or "import" a bill file.' }];
    const finding = `Cost is known up to ${dataAsOf} in ${currencies.join(', ')}; ${closedMonths.length} closed months`;
    const age = dataAsOf < asOf ? daysIn({ start: dataAsOf, end: asOf }) : 0;
    if (age <= FRESH_DAYS) return [fine(finding)];
    return [
      { state: 'partial', finding: `${finding}: ${age} days old`, nextStep: 'Run "sync", or "import" the newest bill file.' },
    ];
  },
};
