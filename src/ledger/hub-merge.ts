import type { AwsRecommendation, AwsRecommendationKind } from './aws-recommendation.ts';
import type { HubRecommendation } from './hub-facts.ts';

/** The Hub's word on a resource, with whose resource it is. */
export interface HubWord extends HubRecommendation {
  readonly accountId: string;
}

/**
 * Compute Optimizer and the Hub say the same of one resource, since the one feeds the other: it is one entry with both names. What only
 * the Hub says (where Compute Optimizer did not answer us) is an entry of its own. Purchases are of no resource and stay outside.
 */
export function withHub(said: readonly AwsRecommendation[], hub: readonly HubWord[]): readonly AwsRecommendation[] {
  const words = new Map<string, HubWord>();
  for (const word of hub) {
    const key = keyOf(kindOf(word), word.resourceId);
    if (key !== null) words.set(key, word);
  }
  const merged = said.map((item) => {
    const key = keyOf(item.kind, item.resourceId);
    const word = key === null ? undefined : words.get(key);
    if (word === undefined) return item;
    words.delete(key ?? '');
    return { ...item, hub: { recommendationId: word.recommendationId, monthlySavings: word.monthlySavings } };
  });
  return [...merged, ...[...words.values()].flatMap(alone)];
}

const KIND_OF_TYPE: Readonly<Record<string, AwsRecommendationKind>> = {
  Ec2Instance: 'ec2Instance',
  Ec2AutoScalingGroup: 'autoScalingGroup',
  EbsVolume: 'ebsVolume',
  RdsDbInstance: 'rdsInstance',
  RdsDbInstanceStorage: 'rdsStorage',
  AuroraDbClusterStorage: 'rdsStorage',
  EcsService: 'ecsService',
  LambdaFunction: 'lambdaFunction',
};

/** Which of Compute Optimizer's lists says the same. Null: a purchase, or a type that it does not judge. */
function kindOf({ actionType, resourceType }: HubRecommendation): AwsRecommendationKind | null {
  if (actionType === 'Stop' || actionType === 'Delete' || actionType === 'ScaleIn') return 'idle';
  if (actionType === 'PurchaseSavingsPlans' || actionType === 'PurchaseReservedInstances') return null;
  return KIND_OF_TYPE[resourceType] ?? null;
}

function keyOf(kind: AwsRecommendationKind | null, resourceId: string | null): string | null {
  return kind === null || resourceId === null ? null : `${kind}\n${resourceId}`;
}

const DEFAULT_LOOKBACK_DAYS = 14;

function alone(word: HubWord): AwsRecommendation[] {
  const kind = kindOf(word);
  if (kind === null || word.resourceId === null || word.regionId === null) return [];
  const { recommendationId, monthlySavings, currency, accountId, regionId, resourceId, resourceType } = word;
  const option = {
    rank: 1,
    target: kind === 'idle' ? 'none' : (word.recommended ?? ''),
    performanceRisk: null,
    migrationEffort: null,
    platformDifferences: [],
    projectedCpuMaximumPercent: null,
    estimatedMonthlySavings: monthlySavings,
    currency,
  };
  return [
    {
      source: 'CostOptimizationHub',
      kind,
      arn: word.arn ?? resourceId,
      accountId,
      regionId,
      resourceId,
      resourceType,
      finding: kind === 'idle' ? 'Idle' : word.actionType === 'Rightsize' ? 'Overprovisioned' : 'NotOptimized',
      findingReasonCodes: [],
      current: word.current,
      lookbackDays: word.lookbackDays ?? DEFAULT_LOOKBACK_DAYS,
      refreshedOn: word.refreshedOn,
      options: [option],
      hub: { recommendationId, monthlySavings },
    },
  ];
}
