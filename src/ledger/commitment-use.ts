import { z } from 'zod';
import { decimalText } from './commitment.ts';
import { defineFact } from './fact.ts';

/** The days behind a figure: `until` is the first that is not in it. For one day it is the next, for an open month as far as AWS knew. */
const until = z.iso.date();

/** Utilization of Savings Plans: how much of what was promised was used. US dollars, since Cost Explorer speaks no other currency. */
export const PlanUtilization = z.strictObject({
  /** Null: all plans together. */
  commitmentId: z.string().nullable(),
  until,
  commitment: decimalText,
  used: decimalText,
  unused: decimalText,
  utilizationPercent: decimalText,
  /** What the covered usage would have cost on demand. */
  onDemandEquivalent: decimalText.nullable(),
  /** AWS's figure: onDemandEquivalent less everything paid for the plans, used or not. */
  netSavings: decimalText.nullable(),
});
export type PlanUtilization = z.infer<typeof PlanUtilization>;

/** Coverage by Savings Plans: how much of what plans could cover they did cover, at on-demand prices. US dollars. */
export const PlanCoverage = z.strictObject({
  /** Null: all. */
  serviceName: z.string().nullable(),
  regionId: z.string().nullable(),
  instanceFamily: z.string().nullable(),
  until,
  covered: decimalText,
  onDemand: decimalText,
  coveragePercent: decimalText,
});
export type PlanCoverage = z.infer<typeof PlanCoverage>;

/** Utilization of Reserved Instances, in instance hours and normalized units; fees in US dollars. */
export const ReservationUtilization = z.strictObject({
  serviceName: z.string(),
  /** Null: all of the service. */
  commitmentId: z.string().nullable(),
  until,
  purchasedHours: decimalText,
  usedHours: decimalText,
  unusedHours: decimalText,
  purchasedUnits: decimalText.nullable(),
  usedUnits: decimalText.nullable(),
  utilizationPercent: decimalText,
  amortizedFee: decimalText.nullable(),
  unusedFee: decimalText.nullable(),
  onDemandEquivalent: decimalText.nullable(),
  netSavings: decimalText.nullable(),
});
export type ReservationUtilization = z.infer<typeof ReservationUtilization>;

/** Coverage by Reserved Instances, in instance hours. */
export const ReservationCoverage = z.strictObject({
  serviceName: z.string(),
  /** Null: all. */
  regionId: z.string().nullable(),
  instanceType: z.string().nullable(),
  until,
  reservedHours: decimalText,
  onDemandHours: decimalText,
  totalHours: decimalText,
  coveragePercent: decimalText,
  onDemandCost: decimalText.nullable(),
});
export type ReservationCoverage = z.infer<typeof ReservationCoverage>;

// Grains are kinds of their own: replacing the days of one must not take those of another.
export const planUtilizationByDay = defineFact('savingsPlanUtilizationByDay', PlanUtilization);
export const planUtilizationByMonth = defineFact('savingsPlanUtilizationByMonth', PlanUtilization);
export const planCoverageByDay = defineFact('savingsPlanCoverageByDay', PlanCoverage);
export const planCoverageByMonth = defineFact('savingsPlanCoverageByMonth', PlanCoverage);
export const reservationUtilizationByDay = defineFact('reservationUtilizationByDay', ReservationUtilization);
export const reservationUtilizationByMonth = defineFact('reservationUtilizationByMonth', ReservationUtilization);
export const reservationCoverageByMonth = defineFact('reservationCoverageByMonth', ReservationCoverage);
