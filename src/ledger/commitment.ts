import { z } from 'zod';
import { isPlainDecimal } from '../kernel/money.ts';
import { defineFact } from './fact.ts';

export const decimalText = z.string().refine(isPlainDecimal, 'must be a plain decimal');
const maybeAmount = decimalText.nullable();

export const PAYMENT_OPTIONS = ['NoUpfront', 'PartialUpfront', 'AllUpfront'] as const;
export type PaymentOption = (typeof PAYMENT_OPTIONS)[number];

export const PLAN_TYPES = ['Compute', 'EC2Instance', 'SageMaker', 'Database'] as const;
export type PlanType = (typeof PLAN_TYPES)[number];

/** Active is what covers today; queued will; retired, returned and failed ones are history. */
export const COMMITMENT_STATES = ['active', 'queued', 'retired', 'returned', 'failed'] as const;

/**
 * A commitment that is owned, in FOCUS words: `Spend` is a Savings Plan (dollars an hour), `Usage` a Reserved Instance (instances). Null is
 * "does not apply" or "AWS did not say".
 */
export const Commitment = z.strictObject({
  /** ARN; for a reservation without one, AWS's subscription id. */
  commitmentId: z.string().min(1),
  category: z.enum(['Spend', 'Usage']),
  /** Only of Savings Plans. */
  planType: z.enum(PLAN_TYPES).nullable(),
  ownerAccountId: z.string().nullable(),
  /** Cost Explorer's name; only of reservations. */
  serviceName: z.string().nullable(),
  /** Null: any region. */
  regionId: z.string().nullable(),
  /** "m5": only where the commitment is bound to one. */
  instanceFamily: z.string().nullable(),
  instanceType: z.string().nullable(),
  /** "Linux/UNIX", "PostgreSQL". */
  platform: z.string().nullable(),
  /** "Region", or the one availability zone. */
  scope: z.string().nullable(),
  offeringClass: z.enum(['standard', 'convertible']).nullable(),
  termYears: z.union([z.literal(1), z.literal(3)]).nullable(),
  paymentOption: z.enum(PAYMENT_OPTIONS).nullable(),
  /** Dollars an hour; of Savings Plans. */
  hourlyCommitment: maybeAmount,
  /** Instances; of reservations. */
  quantity: z.number().int().nonnegative().nullable(),
  upfrontPayment: maybeAmount,
  /** What is still paid for each hour of the term, all instances together. */
  recurringHourlyPayment: maybeAmount,
  currency: z.string(),
  /** Instants (ISO). `end` is the last moment that is covered. */
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  state: z.enum(COMMITMENT_STATES),
});
export type Commitment = z.infer<typeof Commitment>;

/** The inventory of Savings Plans, as DescribeSavingsPlans and Cost Explorer tell it. */
export const savingsPlanFact = defineFact('savingsPlan', Commitment);
/** The inventory of reservations, as Cost Explorer tells it of each that was on the books in the last month. */
export const reservationFact = defineFact('reservation', Commitment);

/** Covers on `asOf` or will: what has ended, was returned or failed pays for nothing. Two that say one commitment are one. */
export function ownedOn(asOf: string, commitments: Iterable<Commitment>): Commitment[] {
  const owned = new Map<string, Commitment>();
  for (const item of commitments) {
    const isOwned = (item.state === 'active' || item.state === 'queued') && item.end.slice(0, 10) >= asOf;
    if (isOwned) owned.set(item.commitmentId, item);
  }
  return [...owned].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
