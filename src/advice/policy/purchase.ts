import { DEFAULT_PURCHASE_POLICY, type PurchasePolicy } from '../sizing/size.ts';
import type { PolicyDocument } from './document.ts';

/** What somebody asks for in one question; what is left out, the policy decides. */
export type PurchaseWish = Partial<PurchasePolicy>;

/** How commitments are bought: the question before the policy, the narrower policy before the wider one, and these before the defaults. */
export function purchasePolicyOf(documents: readonly PolicyDocument[], wish: PurchaseWish = {}): PurchasePolicy {
  return Object.assign({}, DEFAULT_PURCHASE_POLICY, ...documents.map(({ commitments }) => said(commitments)), said(wish));
}

/** Without words that are there and say nothing. */
function said(given: object = {}): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
