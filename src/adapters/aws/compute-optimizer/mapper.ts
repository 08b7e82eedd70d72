import { oneLine } from '../../../kernel/text.ts';
import { type ItemMapper, observation, optionOf } from './observation.ts';
import type { VolumeConfiguration } from './schema.ts';
import { EbsItem, Ec2Item, IdleItem, LambdaItem, RdsItem } from './schema.ts';
import { normalised } from './words.ts';

export const mapEc2: ItemMapper = (raw, asOf) => {
  const item = Ec2Item.parse(raw);
  return observation(asOf, {
    kind: 'ec2Instance',
    arn: item.instanceArn,
    resourceType: 'Ec2Instance',
    item,
    lookbackDays: item.lookBackPeriodInDays,
    current: item.currentInstanceType,
    options: (item.recommendationOptions ?? []).map((option) => optionOf(option, option.instanceType)),
  });
};

export const mapEbs: ItemMapper = (raw, asOf) => {
  const item = EbsItem.parse(raw);
  return observation(asOf, {
    kind: 'ebsVolume',
    arn: item.volumeArn,
    resourceType: 'EbsVolume',
    item,
    lookbackDays: item.lookBackPeriodInDays,
    current: volumeText(item.currentConfiguration),
    options: (item.volumeRecommendationOptions ?? []).map((option) => optionOf(option, volumeText(option.configuration))),
  });
};

/** A database whose storage alone was judged has no instance finding: AWS did not judge the instance, so it is `Unavailable`. */
export const mapRds: ItemMapper = (raw, asOf) => {
  const item = RdsItem.parse(raw);
  return observation(asOf, {
    kind: 'rdsInstance',
    arn: item.resourceArn,
    resourceType: 'RdsDbInstance',
    item: {
      ...item,
      finding: item.instanceFinding ?? 'Unavailable',
      findingReasonCodes: item.instanceFindingReasonCodes,
    },
    lookbackDays: item.lookbackPeriodInDays,
    current: item.currentDBInstanceClass,
    engine: item.engine,
    options: (item.instanceRecommendationOptions ?? []).map((option) => optionOf(option, option.dbInstanceClass)),
  });
};

export const mapLambda: ItemMapper = (raw, asOf) => {
  const item = LambdaItem.parse(raw);
  return observation(asOf, {
    kind: 'lambdaFunction',
    arn: item.functionArn,
    resourceType: 'LambdaFunction',
    item,
    lookbackDays: item.lookbackPeriodInDays,
    current: memoryText(item.currentMemorySize),
    options: (item.memorySizeRecommendationOptions ?? []).map((option) => optionOf(option, memoryText(option.memorySize))),
  });
};

/** Idle advice proposes no other size. Its saving is kept as one option whose target is 'none': nothing is left. */
export const mapIdle: ItemMapper = (raw, asOf) => {
  const item = IdleItem.parse(raw);
  const option = optionOf({ ...item, rank: 1 }, 'none');
  return observation(asOf, {
    kind: 'idle',
    arn: item.resourceArn,
    resourceType: idleResourceType(item.resourceType),
    item,
    lookbackDays: item.lookBackPeriodInDays,
    current: null,
    options: option.estimatedMonthlySavings === null ? [] : [option],
  });
};

function volumeText(volume: VolumeConfiguration): string | null {
  if (!volume?.volumeType) return null;
  const parts = [volume.volumeType];
  if (volume.volumeSize) parts.push(`${volume.volumeSize} GiB`);
  if (volume.volumeBaselineIOPS) parts.push(`${volume.volumeBaselineIOPS} IOPS`);
  if (volume.volumeBaselineThroughput) parts.push(`${volume.volumeBaselineThroughput} MiB/s`);
  return parts.join(' ');
}

function memoryText(megabytes: number | null | undefined): string | null {
  return megabytes ? `${megabytes} MB` : null;
}

/** Cost Optimization Hub's spelling, which the rest of the product uses. */
function idleResourceType(type: string | null | undefined): string {
  const known: Readonly<Record<string, string>> = {
    EC2INSTANCE: 'Ec2Instance',
    AUTOSCALINGGROUP: 'Ec2AutoScalingGroup',
    EBSVOLUME: 'EbsVolume',
    ECSSERVICE: 'EcsService',
    RDSDBINSTANCE: 'RdsDbInstance',
    NATGATEWAY: 'NatGateway',
    DYNAMODBTABLE: 'DynamoDBTable',
    ELASTICACHECLUSTER: 'ElastiCacheCluster',
    MEMORYDBCLUSTER: 'MemoryDBCluster',
    DOCUMENTDBCLUSTER: 'DocumentDBCluster',
    WORKSPACES: 'WorkSpaces',
    SAGEMAKERENDPOINT: 'SageMakerEndpoint',
  };
  return known[normalised(type)] ?? oneLine(type ?? 'Other', 100);
}
