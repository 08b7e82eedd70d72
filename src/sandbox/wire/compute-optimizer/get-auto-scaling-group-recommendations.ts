import type { Operation, World } from '../world.ts';
import { type Machine, sizesFor } from './machine.ts';
import { LOOKBACK_DAYS, type Measured, notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor } from './question.ts';
import { judgeSize, type ResizeOption } from './resize.ts';
import { type RecentCosts, recentCosts } from './savings.ts';
import { resizeSavings } from './sized-savings.ts';

const FILTERS: FilterReaders<Item> = { Finding: ({ finding }) => [finding] };

/** The types that groups of like machines should have. */
export const getAutoScalingGroupRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetAutoScalingGroupRecommendations', given, caller, world);
  const resources = resourcesFor(question, ['autoScalingGroup'], world);
  const { enough, errors } = splitByHours(resources);
  const costs = await recentCosts(world);
  const items = enough.flatMap((resource) => itemOf(resource, costs, world) ?? []);
  const all = [...errors, ...notFound(question, resources)];
  const { page, rest } = pageOf(question, filtered(items, question, FILTERS), all, world);
  return { autoScalingGroupRecommendations: page, ...rest };
};

type Item = NonNullable<ReturnType<typeof itemOf>>;

function itemOf(resource: Measured, costs: RecentCosts, world: World) {
  const sizes = sizesFor(resource, world.estate.prices());
  const current = sizes.find(({ instanceType }) => instanceType === resource.instanceType);
  if (!current) return undefined;
  const { finding, options } = judgeSize(resource, current, sizes);
  return {
    accountId: resource.accountId,
    autoScalingGroupArn: resource.arn,
    autoScalingGroupName: resource.arn.split('/').at(-1) ?? '',
    finding: finding === 'Optimized' ? 'Optimized' : 'NotOptimized',
    utilizationMetrics: metricsOf(resource),
    lookBackPeriodInDays: LOOKBACK_DAYS,
    currentConfiguration: configurationOf(current.instanceType),
    recommendationOptions: options.map((option, index) => optionOf(resource, current, option, index + 1, costs, world)),
    lastRefreshTimestamp: refreshedAt(world),
    currentPerformanceRisk: finding === 'Underprovisioned' ? 'High' : 'VeryLow',
  };
}

const configurationOf = (instanceType: string) => ({ instanceType, type: 'SingleInstanceType', mixedInstanceTypes: [] });

const metric = (name: string, value: number) => ({ name, statistic: 'MAXIMUM', value });

function metricsOf({ utilization }: Measured) {
  return [
    metric('CPU', utilization.cpuMaximumPercent),
    metric('NETWORK_IN_BYTES_PER_SECOND', utilization.networkInMaximumBytesPerSecond),
    metric('NETWORK_OUT_BYTES_PER_SECOND', utilization.networkOutMaximumBytesPerSecond),
  ];
}

function optionOf(resource: Measured, current: Machine, option: ResizeOption, rank: number, costs: RecentCosts, world: World) {
  return {
    configuration: configurationOf(option.machine.instanceType),
    projectedUtilizationMetrics: [metric('CPU', option.cpuPercent)],
    performanceRisk: option.performanceRisk,
    rank,
    ...resizeSavings(resource, current, option.machine, costs, world),
    migrationEffort: 'VeryLow',
  };
}
