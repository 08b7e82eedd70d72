import type { TenBillionths } from '../types.ts';

export const PAYMENT_OPTIONS = ['No Upfront', 'Partial Upfront', 'All Upfront'] as const;
export type PaymentOption = (typeof PAYMENT_OPTIONS)[number];
export const TERM_YEARS = [1, 3] as const;
export type TermYears = (typeof TERM_YEARS)[number];

/** A commitment on sale: for how long, and how it is paid. */
export interface Offer {
  readonly termYears: TermYears;
  readonly paymentOption: PaymentOption;
}

export const OFFERS: readonly Offer[] = TERM_YEARS.flatMap((termYears) =>
  PAYMENT_OPTIONS.map((paymentOption) => ({ termYears, paymentOption })),
);

/** Thousandths of the price for one year, no upfront. Invented near what public price lists show of general-purpose instances. */
const PER_MILLE: Readonly<Record<TermYears, Readonly<Record<PaymentOption, bigint>>>> = {
  1: { 'No Upfront': 1000n, 'Partial Upfront': 953n, 'All Upfront': 934n },
  3: { 'No Upfront': 690n, 'Partial Upfront': 644n, 'All Upfront': 628n },
};

const HOURS_PER_YEAR = 8760n;
const DOLLAR: TenBillionths = 10_000_000_000n;

export function termHours({ termYears }: Pick<Offer, 'termYears'>): bigint {
  return BigInt(termYears) * HOURS_PER_YEAR;
}

/** The hourly price under an offer, given that for one year and no upfront; rounded down to a whole 1e-10. */
export function offerRate(oneYearNoUpfront: TenBillionths, { termYears, paymentOption }: Offer): TenBillionths {
  return (oneYearNoUpfront * PER_MILLE[termYears][paymentOption]) / 1000n;
}

/** A price list's way of saying it: a fee in whole dollars (half of the term, or all of it) and what is left by the hour. */
export function feesOf(hourlyRate: TenBillionths, offer: Offer): { upfront: TenBillionths; recurring: TenBillionths } {
  if (offer.paymentOption === 'No Upfront') return { upfront: 0n, recurring: hourlyRate };
  const whole = hourlyRate * termHours(offer);
  if (offer.paymentOption === 'All Upfront') return { upfront: inDollars(whole), recurring: 0n };
  const upfront = inDollars(whole / 2n);
  return { upfront, recurring: (whole - upfront) / termHours(offer) };
}

function inDollars(amount: TenBillionths): TenBillionths {
  return ((amount + DOLLAR / 2n) / DOLLAR) * DOLLAR;
}
