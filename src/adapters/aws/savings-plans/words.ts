import { type Commitment, type PaymentOption, PLAN_TYPES, type PlanType } from '../../../ledger/commitment.ts';
import { UnreadableFact } from '../decimals.ts';

const bare = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** "No Upfront", "NO_UPFRONT", "NoUpfront" are one word: the services spell it each in its own way. */
export function paymentOptionOf(word: string | null | undefined): PaymentOption | null {
  const known: Readonly<Record<string, PaymentOption>> = {
    noupfront: 'NoUpfront',
    partialupfront: 'PartialUpfront',
    allupfront: 'AllUpfront',
  };
  return known[bare(word ?? '')] ?? null;
}

/** "Compute" and Cost Explorer's "ComputeSavingsPlans", "COMPUTE_SP". */
export function planTypeOf(word: string): PlanType {
  const found = PLAN_TYPES.find((type) => bare(word).replace(/(savingsplans?|sp)$/, '') === bare(type));
  if (!found) throw new UnreadableFact('a type of Savings Plan that we know');
  return found;
}

/** The states of the service model of 2026-08. A plan that waits for its payment is not covering anything yet. */
const STATES: Readonly<Record<string, Commitment['state']>> = {
  active: 'active',
  queued: 'queued',
  paymentpending: 'queued',
  pendingreturn: 'active',
  retired: 'retired',
  expired: 'retired',
  returned: 'returned',
  queueddeleted: 'returned',
  paymentfailed: 'failed',
};

export function stateOf(word: string | null | undefined): Commitment['state'] {
  const state = STATES[bare(word ?? '')];
  if (!state) throw new UnreadableFact('a state that we know');
  return state;
}

/** "2027-03-31T23:59:59.000Z" in AWS's spellings, as ISO. */
export function instantOf(text: string | null | undefined, what: string): string {
  const time = Date.parse(text ?? '');
  if (Number.isNaN(time)) throw new UnreadableFact(what);
  return new Date(time).toISOString();
}

/** Years of 365 days, give or take a leap day. */
export function termYearsOf(seconds: number): 1 | 3 | null {
  const days = seconds / 86_400;
  if (Math.abs(days - 365) <= 2) return 1;
  return Math.abs(days - 1095) <= 3 ? 3 : null;
}
