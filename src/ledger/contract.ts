import { z } from 'zod';
import { type Day, isDay } from '../kernel/calendar.ts';
import { exact } from '../kernel/money.ts';

const positive = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,10})?$/, 'must be a decimal written as text, for example "1200.50"')
  .refine((text) => !/^\d/.test(text) || exact(text).gt(0), 'must be more than zero');
const notNegative = z.string().regex(/^\d{1,15}(\.\d{1,10})?$/, 'must be a decimal written as text, for example "1200.50"');
const percent = positive.refine((text) => !/^\d/.test(text) || exact(text).lte(100), 'must be at most 100');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, for example USD');
const services = z.array(z.string().trim().min(1).max(200)).max(100).default([]);
const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD');

/** What an agreement with AWS says. `services` empty: all. */
export const ContractTerms = z.discriminatedUnion('kind', [
  /** Paid by AWS until it is used up, at the latest on the day before `expiresOn`. */
  z.strictObject({ kind: z.literal('credit'), amount: positive, currency, expiresOn: day, services }),
  /** Spend that was promised for each year from the start of the contract. */
  z.strictObject({ kind: z.literal('commit'), amountPerYear: positive, currency }),
  z.strictObject({ kind: z.literal('privateDiscount'), percent, services }),
  /** The larger of the minimum a month and the percentage of the month's charges. */
  z.strictObject({
    kind: z.literal('support'),
    plan: z.enum(['developer', 'business', 'enterpriseOnRamp', 'enterprise']),
    minimum: notNegative,
    percent,
    currency,
  }),
]);
export type ContractTerms = z.infer<typeof ContractTerms>;

/** One agreement as it stands after its last revision. */
export interface Contract {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly startsOn: Day;
  /** First day on which it no longer holds; null: open. */
  readonly endsOn: Day | null;
  readonly terms: ContractTerms;
  readonly recordedBy: string;
  readonly recordedAt: string;
}

type Of<Kind extends ContractTerms['kind']> = Contract & { readonly terms: Extract<ContractTerms, { readonly kind: Kind }> };
export type Credit = Of<'credit'>;
export type Commit = Of<'commit'>;

export function isCredit(contract: Contract): contract is Credit {
  return contract.terms.kind === 'credit';
}

export function isCommit(contract: Contract): contract is Commit {
  return contract.terms.kind === 'commit';
}

/** First day on which a credit pays nothing any more. */
export function creditEnd({ endsOn, terms }: Credit): Day {
  return endsOn !== null && endsOn < terms.expiresOn ? endsOn : terms.expiresOn;
}
