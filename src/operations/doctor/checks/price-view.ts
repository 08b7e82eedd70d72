import { type Check, fine } from '../check.ts';

const WORDS = {
  awsBilled: 'what AWS bills (awsBilled)',
  customerBilled: 'what the customer is billed (customerBilled)',
} as const;

/** Which view of the bill a connection reads, and whose prices those are. */
export const priceView: Check = {
  id: 'priceView',
  what: 'price view',
  phase: 'identity',
  facts: [],
  see: async ({ connection }) => {
    const view = connection.billingViewArn === null ? "the account's own view" : `the billing view ${connection.billingViewArn}`;
    return [fine(`Reads ${view}: ${WORDS[connection.priceView]}`)];
  },
};
