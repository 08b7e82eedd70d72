import type { BillRules } from '../cost-explorer/bill.ts';
import { MATCH_OPTIONS } from '../cost-explorer/expression.ts';

/** How the bill is read for questions about commitments. */
export const PLAIN_RULES: BillRules = { allowsResourceId: true, matchOptions: new Set(MATCH_OPTIONS) };
