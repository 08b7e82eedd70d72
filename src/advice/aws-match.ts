import type { ActionType, AwsRecommendation } from '../ledger/aws-recommendation.ts';

/** Ways to act that speak of one decision: doing without it, another size or generation of it, or a commitment. */
export type ActionClass = 'remove' | 'size' | 'commit';

export function actionClassOf(actionType: ActionType): ActionClass {
  switch (actionType) {
    case 'Delete':
    case 'Stop':
    case 'ScaleIn':
      return 'remove';
    case 'Rightsize':
    case 'Upgrade':
    case 'MigrateToGraviton':
      return 'size';
    default:
      return 'commit';
  }
}

const SIZING_KINDS = ['ec2Instance', 'autoScalingGroup', 'ebsVolume', 'rdsInstance', 'ecsService', 'lambdaFunction'] as const;
const KINDS: Readonly<Record<ActionClass, readonly AwsRecommendation['kind'][]>> = {
  remove: ['idle'],
  size: SIZING_KINDS,
  commit: [],
};

/** The lists of Compute Optimizer that speak of such an action. */
export function kindsFor(actionType: ActionType): readonly AwsRecommendation['kind'][] {
  return KINDS[actionClassOf(actionType)];
}
