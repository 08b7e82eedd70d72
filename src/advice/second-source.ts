import type { ActionType, AwsRecommendation } from '../ledger/aws-recommendation.ts';
import type { SecondSource, Subject } from './detector.ts';
import type { SnapshotView } from './snapshot-view.ts';

const SIZING_KINDS = ['ec2Instance', 'autoScalingGroup', 'ebsVolume', 'rdsInstance', 'ecsService', 'lambdaFunction'] as const;

/** What AWS itself says of the same resource and the same kind of action: kept beside our figure, never added to it. */
export function secondSourceOf(subject: Subject, actionType: ActionType, view: SnapshotView): SecondSource | null {
  if (subject.resourceId === null) return null;
  for (const kind of kindsFor(actionType)) {
    const said = view.awsRecommendation(subject.resourceId, kind);
    if (said && said.finding !== 'Optimized' && said.finding !== 'Unavailable' && said.finding !== 'Underprovisioned') {
      return wordOf(said);
    }
  }
  return null;
}

function kindsFor(actionType: ActionType): readonly AwsRecommendation['kind'][] {
  switch (actionType) {
    case 'Delete':
    case 'Stop':
    case 'ScaleIn':
      return ['idle'];
    case 'Rightsize':
    case 'Upgrade':
    case 'MigrateToGraviton':
      return SIZING_KINDS;
    default:
      return [];
  }
}

/** One figure for the two: the resource's own, or the Hub's where that one has none. */
function wordOf(said: AwsRecommendation): SecondSource {
  const { source, arn, hub } = said;
  return {
    source,
    estimatedMonthlySavings: firstOption(said)?.estimatedMonthlySavings ?? hub?.monthlySavings ?? null,
    ...(source === 'ComputeOptimizer' && { arn }),
    ...(hub && { hubRecommendationId: hub.recommendationId }),
  };
}

function firstOption({ options }: AwsRecommendation): AwsRecommendation['options'][number] | undefined {
  return options.toSorted((a, b) => a.rank - b.rank)[0];
}
