import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'ComputeOptimizer',
    because: "AWS's own measurements and advice. It answers only those who may also list what it speaks of.",
    // The listing permissions beside each: Compute Optimizer guide, "Controlling access with IAM", read 2026-11.
    commands: {
      GetEnrollmentStatus: ['compute-optimizer:GetEnrollmentStatus'],
      GetEC2InstanceRecommendations: ['compute-optimizer:GetEC2InstanceRecommendations', 'ec2:DescribeInstances'],
      GetAutoScalingGroupRecommendations: [
        'compute-optimizer:GetAutoScalingGroupRecommendations',
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
      ],
      GetEBSVolumeRecommendations: ['compute-optimizer:GetEBSVolumeRecommendations', 'ec2:DescribeVolumes'],
      GetRDSDatabaseRecommendations: [
        'compute-optimizer:GetRDSDatabaseRecommendations',
        'rds:DescribeDBInstances',
        'rds:DescribeDBClusters',
      ],
      GetLambdaFunctionRecommendations: [
        'compute-optimizer:GetLambdaFunctionRecommendations',
        'lambda:ListFunctions',
        'lambda:ListProvisionedConcurrencyConfigs',
      ],
      GetECSServiceRecommendations: ['compute-optimizer:GetECSServiceRecommendations', 'ecs:ListServices', 'ecs:ListClusters'],
      GetLicenseRecommendations: ['compute-optimizer:GetLicenseRecommendations', 'ec2:DescribeInstances'],
      GetIdleRecommendations: ['compute-optimizer:GetIdleRecommendations'],
      GetEnrollmentStatusesForOrganization: ['compute-optimizer:GetEnrollmentStatusesForOrganization'],
      GetEffectiveRecommendationPreferences: ['compute-optimizer:GetEffectiveRecommendationPreferences', 'ec2:DescribeInstances'],
      GetRecommendationSummaries: ['compute-optimizer:GetRecommendationSummaries'],
    },
  },
];
