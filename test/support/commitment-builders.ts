import type { PlanPurchaseAdvice } from '../../src/ledger/purchase-advice.ts';

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
