import { exact } from '../../../kernel/money.ts';
import type { Operation, World } from '../world.ts';
import { isIdleDatabase } from './idle-rules.ts';
import { type Machine, sizesFor } from './machine.ts';
import { LOOKBACK_DAYS, type Measured, notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { judgeSize, type ResizeOption, type Verdict } from './resize.ts';
import { monthlyCostOf, type RecentCosts, recentCosts, savingsOf } from './savings.ts';
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
  const isOldStorage = resource.volumeType === 'gp2';
  return {
    resourceArn: resource.arn,
    accountId: resource.accountId,
    engine: resource.engine.name,
    engineVersion: resource.engine.version,
    currentDBInstanceClass: current.instanceType,
    currentStorageConfiguration: { storageType: resource.volumeType ?? 'gp3', allocatedStorage: resource.sizeGib ?? 20 },
    idle: isIdleDatabase(resource) ? 'True' : 'False',
    instanceFinding: verdict.finding,
    storageFinding: isOldStorage ? 'NotOptimized' : 'Optimized',
    instanceFindingReasonCodes: reasonsOf(verdict),
    storageFindingReasonCodes: (isOldStorage ? ['NewGenerationStorageTypeAvailable'] : []) as readonly string[],
    currentInstancePerformanceRisk: verdict.finding === 'Underprovisioned' ? 'High' : 'VeryLow',
    instanceRecommendationOptions: verdict.options.map((option, index) =>
      optionOf(resource, current, option, index + 1, costs, world),
    ),
    storageRecommendationOptions: isOldStorage ? [gp3Option(resource, costs, world)] : [],
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

/** gp3 costs a database no more than gp2 and often less: where the price list has neither, as much. */
function gp3Option(resource: Measured, costs: RecentCosts, { estate }: World) {
  const isStorage = (usageType: string): boolean => usageType.includes('GP2-Storage');
  const { list, paid } = monthlyCostOf(resource, costs, estate.prices(), isStorage);
  const priceOf = (name: string) =>
    estate.prices().find(({ regionId, attributes }) => regionId === resource.regionId && attributes.usagetype?.endsWith(name));
  const [now, then] = [priceOf('RDS:GP2-Storage')?.onDemand, priceOf('RDS:GP3-Storage')?.onDemand];
  const share = now === undefined || then === undefined ? exact(0) : exact(now).minus(then).div(now);
  const storageConfiguration = {
    storageType: 'gp3',
    allocatedStorage: resource.sizeGib ?? 20,
    iops: 3000,
    storageThroughput: 125,
  };
  return { storageConfiguration, rank: 1, ...savingsOf(list, paid, share) };
}
