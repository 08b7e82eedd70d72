import { type Check, fine } from '../check.ts';
import { readOneDay } from '../read-one-day.ts';

/** Cost Explorer is on and answers by day. */
export const costExplorer: Check = {
  id: 'costExplorer',
  what: 'Cost Explorer',
  phase: 'service',
  answersForView: true,
  facts: ['usageByAccount', 'usageByResource'],
  see: async (look) => [fine(`Cost Explorer answers (${await readOneDay(look, 'account-service')} lines for one day)`)],
};
