import { INVOICE_SLICE_ID } from '../../../ledger/slice.ts';
import { type Check, fine } from '../check.ts';
import { readOneDay } from '../read-one-day.ts';

/** Cost Explorer is on and answers by day. */
export const costExplorer: Check = {
  id: 'costExplorer',
  what: 'Cost Explorer',
  phase: 'service',
  answersForView: true,
  facts: ['usageByAccount', 'usageByResource'],
  see: async (look) => [fine(`Cost Explorer answers (${await readOneDay(look, INVOICE_SLICE_ID)} lines for one day)`)],
};
