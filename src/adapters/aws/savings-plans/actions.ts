import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'SavingsPlans',
    because: 'Which Savings Plans are owned, until when, and what such plans charge.',
    commands: {
      DescribeSavingsPlans: ['savingsplans:DescribeSavingsPlans'],
      DescribeSavingsPlansOfferingRates: ['savingsplans:DescribeSavingsPlansOfferingRates'],
    },
  },
];
