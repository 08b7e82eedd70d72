import type { Operation, World } from '../world.ts';
import { isIdleInstance } from './idle-rules.ts';
import { type Machine, sizesFor } from './machine.ts';
import { LOOKBACK_DAYS, type Measured, notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { judgeSize, platformDifferences, type ResizeOption, type Verdict } from './resize.ts';
import { type RecentCosts, recentCosts } from './savings.ts';
import { resizeSavings } from './sized-savings.ts';

/** Real answers spell EC2's findings, metrics and statistics in capitals, whatever the service model says. */
const FINDING_WORDS = {
  Overprovisioned: 'OVER_PROVISIONED',
  Underprovisioned: 'UNDER_PROVISIONED',
  Optimized: 'OPTIMIZED',
} as const;

const FILTERS: FilterReaders<Item> = {
  Finding: ({ finding }) => [finding],
  FindingReasonCodes: ({ findingReasonCodes }) => findingReasonCodes,
  RecommendationSourceType: ({ recommendationSources }) => recommendationSources.map((source) => source.recommendationSourceType),
  InferredWorkloadTypes: ({ inferredWorkloadTypes }) => inferredWorkloadTypes,
};

/** The sizes that instances should have. */
export const getEc2InstanceRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetEC2InstanceRecommendations', given, caller, world);
  const resources = resourcesFor(question, ['ec2'], world);
  const { enough, errors } = splitByHours(resources);
  const costs = await recentCosts(world);
  const items = enough.flatMap((resource) => itemOf(resource, costs, world) ?? []);
  const { page, rest } = pageOf(
    question,
    filtered(items, question, FILTERS),
    [...errors, ...notFound(question, resources)],
    world,
  );
  return { instanceRecommendations: page, ...rest };
};

type Item = NonNullable<ReturnType<typeof itemOf>>;

function itemOf(resource: Measured, costs: RecentCosts, world: World) {
  const sizes = sizesFor(resource, world.estate.prices());
  const current = sizes.find(({ instanceType }) => instanceType === resource.instanceType);
  if (!current) return undefined;
  const verdict = judgeSize(resource, current, sizes);
  return {
    instanceArn: resource.arn,
    accountId: resource.accountId,
    instanceName: resource.tags.Name ?? '',
    currentInstanceType: current.instanceType,
    finding: FINDING_WORDS[verdict.finding],
    findingReasonCodes: reasonsOf(verdict),
    utilizationMetrics: metricsOf(resource),
    lookBackPeriodInDays: LOOKBACK_DAYS,
    recommendationOptions: verdict.options.map((option, index) => optionOf(resource, current, option, index + 1, costs, world)),
    recommendationSources: [{ recommendationSourceArn: resource.arn, recommendationSourceType: 'Ec2Instance' }],
    lastRefreshTimestamp: refreshedAt(world),
    currentPerformanceRisk: verdict.finding === 'Underprovisioned' ? 'High' : 'VeryLow',
    effectiveRecommendationPreferences: PREFERENCES,
    inferredWorkloadTypes: [] as readonly string[],
    instanceState: 'running',
    tags: tagsOf(resource),
    externalMetricStatus: { statusCode: 'NO_EXTERNAL_METRIC_SET', statusReason: 'You have not specified an external metric.' },
    idle: isIdleInstance(resource) ? 'True' : 'False',
  };
}

const PREFERENCES = {
  enhancedInfrastructureMetrics: 'Inactive',
  inferredWorkloadTypes: 'Active',
  lookBackPeriod: 'DAYS_14',
  savingsEstimationMode: { source: 'CostOptimizationHub' },
};

function reasonsOf(verdict: Verdict): string[] {
  return [
    ...(verdict.isCpuOver ? ['CPUOverprovisioned'] : []),
    ...(verdict.isMemoryOver ? ['MemoryOverprovisioned'] : []),
    ...(verdict.isCpuUnder ? ['CPUUnderprovisioned'] : []),
    ...(verdict.isMemoryUnder ? ['MemoryUnderprovisioned'] : []),
  ];
}

const metric = (name: string, value: number) => ({ name, statistic: 'MAXIMUM', value });

function metricsOf({ utilization }: Measured) {
  const { memoryMaximumPercent: memory } = utilization;
  return [
    metric('CPU', utilization.cpuMaximumPercent),
    ...(memory === null ? [] : [metric('MEMORY', memory)]),
    metric('EBS_READ_OPS_PER_SECOND', utilization.ebsReadOpsPerSecondMaximum),
    metric('EBS_WRITE_OPS_PER_SECOND', utilization.ebsWriteOpsPerSecondMaximum),
    metric('NETWORK_IN_BYTES_PER_SECOND', utilization.networkInMaximumBytesPerSecond),
    metric('NETWORK_OUT_BYTES_PER_SECOND', utilization.networkOutMaximumBytesPerSecond),
  ];
}

function optionOf(resource: Measured, current: Machine, option: ResizeOption, rank: number, costs: RecentCosts, world: World) {
  const { instanceType } = option.machine;
  return {
    instanceType,
    projectedUtilizationMetrics: [
      metric('CPU', option.cpuPercent),
      ...(option.memoryPercent === null ? [] : [metric('MEMORY', option.memoryPercent)]),
    ],
    platformDifferences: platformDifferences(current.instanceType, instanceType),
    performanceRisk: option.performanceRisk,
    rank,
    ...resizeSavings(resource, current, option.machine, costs, world),
    migrationEffort: 'VeryLow',
  };
}
