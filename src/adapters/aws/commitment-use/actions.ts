import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'CommitmentUse',
    because: 'How far Savings Plans and Reserved Instances are used, what they cover and when they end.',
    commands: {
      GetSavingsPlansUtilization: ['ce:GetSavingsPlansUtilization'],
      GetSavingsPlansUtilizationDetails: ['ce:GetSavingsPlansUtilizationDetails'],
      GetSavingsPlansCoverage: ['ce:GetSavingsPlansCoverage'],
      GetReservationUtilization: ['ce:GetReservationUtilization'],
      GetReservationCoverage: ['ce:GetReservationCoverage'],
    },
  },
];
