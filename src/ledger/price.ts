import { fingerprint } from '../kernel/fingerprint.ts';
import type { DecimalString } from '../kernel/money.ts';

/** What to ask the price list: attributes are Pricing TERM_MATCH filters, enough to name one product. */
export interface PriceQuestion {
  readonly serviceCode: string;
  readonly regionId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly term: PriceTerm;
}

type ReservedYears = '1y' | '3y';
type ReservedPayment = 'NoUpfront' | 'PartialUpfront' | 'AllUpfront';
type ReservedClass = 'Standard' | 'Convertible';

/** `onDemand`, or a Reserved offer: its effective hourly price, the fee spread over the hours of the term. */
export type PriceTerm = 'onDemand' | `reserved${ReservedYears}${ReservedPayment}${ReservedClass}`;

/** One list price. `notFound` and `ambiguous` are answers too: the advice that needs it says unknown. */
export type PriceAnswer =
  | {
      readonly kind: 'price';
      readonly amountPerUnit: DecimalString;
      readonly unit: string;
      readonly currency: string;
      readonly sku: string;
      /** Since when the price list has it (day); left out where it gives no date. */
      readonly effectiveFrom?: string;
      /** Reserved offers with a fee: what is paid at once, and what is left for each hour. */
      readonly upfront?: DecimalString;
      readonly recurringPerUnit?: DecimalString;
    }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'ambiguous'; readonly products: number };

export interface Price {
  readonly question: PriceQuestion;
  readonly answer: PriceAnswer;
  /** When we read it (ISO instant). */
  readonly readAt: string;
}

/** How a figure was priced: at the rate on the bill, at list x the discount seen for that service, or at list. */
export type PriceBasis = 'observed' | 'derived' | 'list';

export function priceKey(question: PriceQuestion): string {
  const attributes = Object.entries(question.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return fingerprint('price', question.serviceCode, question.regionId, question.term, ...attributes.flat());
}
