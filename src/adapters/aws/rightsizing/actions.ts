import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'RightsizingAdvice',
    because: "Cost Explorer's own advice on the sizes of EC2 machines.",
    commands: {
      GetRightsizingRecommendation: ['ce:GetRightsizingRecommendation'],
    },
  },
];
