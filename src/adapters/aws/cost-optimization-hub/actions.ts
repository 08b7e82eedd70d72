import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'CostOptimizationHub',
    because: "AWS's own list of advice, each resource once, with its total.",
    commands: {
      ListEnrollmentStatuses: ['cost-optimization-hub:ListEnrollmentStatuses'],
      GetPreferences: ['cost-optimization-hub:GetPreferences'],
      ListRecommendations: ['cost-optimization-hub:ListRecommendations'],
      GetRecommendation: ['cost-optimization-hub:GetRecommendation'],
      ListRecommendationSummaries: ['cost-optimization-hub:ListRecommendationSummaries'],
    },
  },
];
