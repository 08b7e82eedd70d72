import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'PurchaseAdvice',
    because: "AWS's own advice on what to commit to, as a second opinion beside ours.",
    commands: {
      GetSavingsPlansPurchaseRecommendation: ['ce:GetSavingsPlansPurchaseRecommendation'],
      GetReservationPurchaseRecommendation: ['ce:GetReservationPurchaseRecommendation'],
    },
  },
];
