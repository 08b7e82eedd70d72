import { z } from 'zod';
import type { Day } from '../kernel/calendar.ts';
import { decimalText, PAYMENT_OPTIONS, PLAN_TYPES } from './commitment.ts';
import { defineFact, type KnownFact } from './fact.ts';

/**
 * What a Savings Plan charges for one kind of usage, for every term and payment on sale. AWS gives no date with it: the fact's day is the
 * first on which we read it so, and a change is a new fact beside the old one.
 */
export const SavingsPlanRate = z.strictObject({
  planType: z.enum(PLAN_TYPES),
  /** As the price list says it: "AmazonEC2". */
  serviceCode: z.string(),
  regionId: z.string().nullable(),
  /** "m5": of plans that are bound to a family. */
  instanceFamily: z.string().nullable(),
  usageType: z.string(),
  operation: z.string(),
  /** "Linux/UNIX". */
  productDescription: z.string().nullable(),
  tenancy: z.string().nullable(),
  unit: z.string(),
  currency: z.string(),
  /** Per unit of usage, in order of term and payment. */
  rates: z.array(
    z.strictObject({
      termYears: z.union([z.literal(1), z.literal(3)]),
      paymentOption: z.enum(PAYMENT_OPTIONS),
      rate: decimalText,
    }),
  ),
});
export type SavingsPlanRate = z.infer<typeof SavingsPlanRate>;

export const savingsPlanRateFact = defineFact('savingsPlanRate', SavingsPlanRate);

/** For which usage the rates were asked, and when all of them last were. Usage that no plan covers has no rate, and is not asked daily. */
export const savingsPlanRatesAsked = defineFact(
  'savingsPlanRatesAsked',
  z.strictObject({ since: z.iso.date(), usageTypes: z.array(z.string()), regionIds: z.array(z.string()) }),
);

export type DatedRate = SavingsPlanRate & { readonly effectiveFrom: Day };

/** The rates that hold on a day: of each kind of usage the newest that was known by then. */
export function ratesOn(day: Day, facts: readonly KnownFact<SavingsPlanRate>[]): DatedRate[] {
  const newest = new Map<string, DatedRate>();
  for (const { key, day: effectiveFrom, body } of facts) {
    if (effectiveFrom === null || effectiveFrom > day) continue;
    if ((newest.get(key)?.effectiveFrom ?? '') <= effectiveFrom) newest.set(key, { ...body, effectiveFrom });
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rate]) => rate);
}
