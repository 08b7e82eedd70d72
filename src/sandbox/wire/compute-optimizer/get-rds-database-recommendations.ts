import type { Operation, World } from '../world.ts';
import { isIdleDatabase } from './idle-rules.ts';
import { type Machine, sizesFor } from './machine.ts';
import { LOOKBACK_DAYS, type Measured, notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { judgeSize, type ResizeOption, type Verdict } from './resize.ts';
import { type RecentCosts, recentCosts } from './savings.ts';
import { resizeSavings } from './sized-savings.ts';

const FILTERS: FilterReaders<Item> = {
  InstanceFinding: ({ instanceFinding }) => [instanceFinding],
  InstanceFindingReasonCode: ({ instanceFindingReasonCodes }) => instanceFindingReasonCodes,
  StorageFinding: ({ storageFinding }) => [storageFinding],
  StorageFindingReasonCode: ({ storageFindingReasonCodes }) => storageFindingReasonCodes,
  Idle: ({ idle }) => [idle],
};

/** The classes that databases should have. */
export const getRdsDatabaseRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetRDSDatabaseRecommendations', given, caller, world);
  const resources = resourcesFor(question, ['rds'], world);
  const { enough, errors } = splitByHours(resources);
  const costs = await recentCosts(world);
  const items = enough.flatMap((resource) => itemOf(resource, costs, world) ?? []);
  const { page, rest } = pageOf(
    question,
    filtered(items, question, FILTERS),
    [...errors, ...notFound(question, resources)],
    world,
  );
  return { rdsDBRecommendations: page, ...rest };
};

type Item = NonNullable<ReturnType<typeof itemOf>>;

function itemOf(resource: Measured, costs: RecentCosts, world: World) {
  const sizes = sizesFor(resource, world.estate.prices());
  const current = sizes.find(({ instanceType }) => instanceType === resource.instanceType);
  if (!current || !resource.engine) return undefined;
  const verdict = judgeSize(resource, current, sizes);
  return {
    resourceArn: resource.arn,
    accountId: resource.accountId,
    engine: resource.engine.name,
    engineVersion: resource.engine.version,
    currentDBInstanceClass: current.instanceType,
    currentStorageConfiguration: { storageType: resource.volumeType ?? 'gp3', allocatedStorage: resource.sizeGib ?? 20 },
    idle: isIdleDatabase(resource) ? 'True' : 'False',
    instanceFinding: verdict.finding,
    storageFinding: 'Optimized',
    instanceFindingReasonCodes: reasonsOf(verdict),
    storageFindingReasonCodes: [] as readonly string[],
    currentInstancePerformanceRisk: verdict.finding === 'Underprovisioned' ? 'High' : 'VeryLow',
    instanceRecommendationOptions: verdict.options.map((option, index) =>
      optionOf(resource, current, option, index + 1, costs, world),
    ),
    storageRecommendationOptions: [],
    utilizationMetrics: metricsOf(resource),
    lookbackPeriodInDays: LOOKBACK_DAYS,
    lastRefreshTimestamp: refreshedAt(world),
    tags: tagsOf(resource),
  };
}

function reasonsOf(verdict: Verdict): string[] {
  return [
    ...(verdict.isCpuOver ? ['CPUOverprovisioned'] : []),
    ...(verdict.isCpuUnder ? ['CPUUnderprovisioned'] : []),
    ...(verdict.isMemoryUnder ? ['MemoryUnderprovisioned'] : []),
  ];
}

const metric = (name: string, value: number) => ({ name, statistic: 'Maximum', value });

function metricsOf({ utilization }: Measured) {
  const { connectionsMaximum: connections } = utilization;
  return [
    metric('CPU', utilization.cpuMaximumPercent),
    ...(connections === null ? [] : [metric('DatabaseConnections', connections)]),
    metric('EBSVolumeReadIOPS', utilization.ebsReadOpsPerSecondMaximum),
    metric('EBSVolumeWriteIOPS', utilization.ebsWriteOpsPerSecondMaximum),
    metric('NetworkReceiveThroughput', utilization.networkInMaximumBytesPerSecond),
    metric('NetworkTransmitThroughput', utilization.networkOutMaximumBytesPerSecond),
  ];
}

function optionOf(resource: Measured, current: Machine, option: ResizeOption, rank: number, costs: RecentCosts, world: World) {
  return {
    dbInstanceClass: option.machine.instanceType,
    projectedUtilizationMetrics: [metric('CPU', option.cpuPercent)],
    performanceRisk: option.performanceRisk,
    rank,
    ...resizeSavings(resource, current, option.machine, costs, world),
  };
}
