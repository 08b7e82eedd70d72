import type { PlanPurchaseAdvice, ReservationPurchaseAdvice } from '../../src/ledger/purchase-advice.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import { EXAMPLE_ACCOUNT_ID } from './builders.ts';

/** What AWS would buy: one Compute plan of a year, nothing upfront. */
export function anAwsPlanAdvice(given: Partial<PlanPurchaseAdvice['proposals'][number]> = {}): PlanPurchaseAdvice {
  return {
    planType: 'Compute',
    termYears: 1,
    paymentOption: 'NoUpfront',
    lookbackDays: 30,
    accountScope: 'payer',
    generatedAt: null,
    currency: 'USD',
    estimatedMonthlySavings: '1700',
    proposals: [
      {
        accountId: null,
        regionId: null,
        instanceFamily: null,
        offeringId: null,
        detailId: null,
        hourlyCommitment: '8.5',
        upfrontCost: null,
        estimatedMonthlySavings: '1700',
        estimatedSavings: null,
        estimatedSavingsPercent: null,
        estimatedPlanCost: null,
        estimatedOnDemandCost: null,
        onDemandCostWithoutIt: null,
        estimatedReturnPercent: null,
        estimatedUtilizationPercent: null,
        hourlyOnDemandSpend: { minimum: null, average: null, maximum: null },
        ...given,
      },
    ],
  };
}

/** Ten reserved db.r5.large for a year, nothing upfront, at 0.68 of what they cost on demand. */
export function aReservationAdvice(
  given: Partial<ReservationPurchaseAdvice['proposals'][number]> = {},
): ReservationPurchaseAdvice {
  return {
    serviceName: SERVICE.rds,
    offeringClass: null,
    termYears: 1,
    paymentOption: 'NoUpfront',
    lookbackDays: 30,
    accountScope: 'payer',
    generatedAt: null,
    currency: 'USD',
    estimatedMonthlySavings: '320',
    proposals: [
      {
        accountId: EXAMPLE_ACCOUNT_ID,
        regionId: 'ap-northeast-1',
        instanceFamily: 'r5',
        instanceType: 'db.r5.large',
        platform: 'PostgreSQL',
        deploymentOption: 'Single-AZ',
        sizeFlexible: true,
        instances: '10',
        normalizedUnits: null,
        instancesUsed: { average: '10', minimum: null, maximum: null },
        averageUtilizationPercent: null,
        breakEvenMonths: null,
        estimatedMonthlySavings: '320',
        estimatedMonthlySavingsPercent: '32',
        estimatedMonthlyOnDemandCost: '1000',
        costOverLookback: null,
        upfrontCost: '0',
        recurringMonthlyCost: '680',
        ...given,
      },
    ],
  };
}
