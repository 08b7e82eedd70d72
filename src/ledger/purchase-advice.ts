import { z } from 'zod';
import { decimalText, PAYMENT_OPTIONS, PLAN_TYPES } from './commitment.ts';
import { defineFact } from './fact.ts';

const maybe = decimalText.nullable();

/** How AWS was asked: its answers differ by each of these and are alternatives, never to be added up. */
const asked = {
  termYears: z.union([z.literal(1), z.literal(3)]),
  paymentOption: z.enum(PAYMENT_OPTIONS),
  lookbackDays: z.union([z.literal(7), z.literal(30), z.literal(60)]),
  accountScope: z.enum(['payer', 'linked']),
  /** When AWS worked it out (ISO); null when it says nothing. */
  generatedAt: z.string().nullable(),
  currency: z.string(),
};

/** One plan that AWS would have bought. Costs are over the look-back, monthly figures over 730 hours. */
const PlanProposal = z.strictObject({
  accountId: z.string().nullable(),
  regionId: z.string().nullable(),
  instanceFamily: z.string().nullable(),
  offeringId: z.string().nullable(),
  detailId: z.string().nullable(),
  hourlyCommitment: decimalText,
  upfrontCost: maybe,
  estimatedMonthlySavings: maybe,
  estimatedSavings: maybe,
  estimatedSavingsPercent: maybe,
  estimatedPlanCost: maybe,
  /** What stays on demand beside the new plan, and what was on demand without it. */
  estimatedOnDemandCost: maybe,
  onDemandCostWithoutIt: maybe,
  estimatedReturnPercent: maybe,
  estimatedUtilizationPercent: maybe,
  hourlyOnDemandSpend: z.strictObject({ minimum: maybe, average: maybe, maximum: maybe }),
});

/** What AWS itself says to buy: a second opinion. No proposals is an answer too: AWS would buy nothing. */
export const PlanPurchaseAdvice = z.strictObject({
  planType: z.enum(PLAN_TYPES),
  ...asked,
  estimatedMonthlySavings: maybe,
  proposals: z.array(PlanProposal),
});
export type PlanPurchaseAdvice = z.infer<typeof PlanPurchaseAdvice>;

const ReservationProposal = z.strictObject({
  accountId: z.string().nullable(),
  regionId: z.string().nullable(),
  instanceFamily: z.string().nullable(),
  instanceType: z.string().nullable(),
  /** Operating system or engine. */
  platform: z.string().nullable(),
  deploymentOption: z.string().nullable(),
  sizeFlexible: z.boolean().nullable(),
  instances: decimalText,
  normalizedUnits: maybe,
  instancesUsed: z.strictObject({ minimum: maybe, average: maybe, maximum: maybe }),
  averageUtilizationPercent: maybe,
  breakEvenMonths: maybe,
  estimatedMonthlySavings: maybe,
  estimatedMonthlySavingsPercent: maybe,
  estimatedMonthlyOnDemandCost: maybe,
  costOverLookback: maybe,
  upfrontCost: maybe,
  recurringMonthlyCost: maybe,
});

export const ReservationPurchaseAdvice = z.strictObject({
  serviceName: z.string(),
  offeringClass: z.enum(['standard', 'convertible']).nullable(),
  ...asked,
  estimatedMonthlySavings: maybe,
  proposals: z.array(ReservationProposal),
});
export type ReservationPurchaseAdvice = z.infer<typeof ReservationPurchaseAdvice>;

export const planPurchaseAdviceFact = defineFact('savingsPlanPurchaseAdvice', PlanPurchaseAdvice);
export const reservationPurchaseAdviceFact = defineFact('reservationPurchaseAdvice', ReservationPurchaseAdvice);
