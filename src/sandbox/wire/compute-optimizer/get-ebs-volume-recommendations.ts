import { type Exact, exact } from '../../../kernel/money.ts';
import type { SandboxPrice } from '../../estate/types.ts';
import type { Operation, World } from '../world.ts';
import { LOOKBACK_DAYS, type Measured, notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { monthlyCostOf, type RecentCosts, recentCosts, savingsOf } from './savings.ts';

const FILTERS: FilterReaders<Item> = { Finding: ({ finding }) => [finding] };

/** The types that attached volumes should have. Unattached ones are an idle finding. */
export const getEbsVolumeRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetEBSVolumeRecommendations', given, caller, world);
  const resources = resourcesFor(question, ['ebs'], world);
  const { enough, errors } = splitByHours(resources.filter(({ attachedTo }) => attachedTo !== null));
  const costs = await recentCosts(world);
  const items = enough.map((volume) => itemOf(volume, costs, world));
  const { page, rest } = pageOf(
    question,
    filtered(items, question, FILTERS),
    [...errors, ...notFound(question, resources)],
    world,
  );
  return { volumeRecommendations: page, ...rest };
};

type Item = ReturnType<typeof itemOf>;

function itemOf(volume: Measured, costs: RecentCosts, world: World) {
  const options = gp3Option(volume, costs, world);
  const metric = (name: string, value: number) => ({ name, statistic: 'Maximum', value });
  return {
    volumeArn: volume.arn,
    accountId: volume.accountId,
    currentConfiguration: configurationOf(volume.volumeType ?? '', volume.sizeGib ?? 0, volume.provisionedIops),
    finding: options.length > 0 ? 'NotOptimized' : 'Optimized',
    utilizationMetrics: [
      metric('VolumeReadOpsPerSecond', volume.utilization.ebsReadOpsPerSecondMaximum),
      metric('VolumeWriteOpsPerSecond', volume.utilization.ebsWriteOpsPerSecondMaximum),
    ],
    lookBackPeriodInDays: LOOKBACK_DAYS,
    volumeRecommendationOptions: options,
    lastRefreshTimestamp: refreshedAt(world),
    currentPerformanceRisk: 'VeryLow',
    effectiveRecommendationPreferences: { savingsEstimationMode: { source: 'CostOptimizationHub' }, lookBackPeriod: 'DAYS_14' },
    tags: tagsOf(volume),
  };
}

/** gp3 of the same size with the operations that were seen and a quarter more, where that costs less. */
function gp3Option(volume: Measured, costs: RecentCosts, world: World) {
  const prices = world.estate.prices().filter(({ regionId }) => regionId === volume.regionId);
  const { ebsReadOpsPerSecondMaximum: reads, ebsWriteOpsPerSecondMaximum: writes } = volume.utilization;
  const iops = Math.max(GP3_IOPS, Math.ceil((reads + writes) * 1.25));
  const size = volume.sizeGib ?? 0;
  const now = monthlyPrice(prices, volume.volumeType ?? '', size, volume.provisionedIops ?? 0);
  const then = monthlyPrice(prices, 'gp3', size, iops - GP3_IOPS);
  if (volume.volumeType === 'gp3' || !now || !then || !then.lt(now)) return [];
  const share = now.minus(then).div(now);
  const billed = monthlyCostOf(volume, costs, prices);
  const { list, paid } = billed.list.isZero() ? { list: now, paid: now } : billed;
  return [{ configuration: configurationOf('gp3', size, iops), performanceRisk: 1, rank: 1, ...savingsOf(list, paid, share) }];
}

/** null: the price list does not know the type. */
function monthlyPrice(prices: readonly SandboxPrice[], volumeType: string, sizeGib: number, paidIops: number): Exact | null {
  const priceOf = (unit: string) =>
    prices.find((one) => one.attributes.volumeApiName === volumeType && one.unit === unit)?.onDemand;
  const [storage, operations] = [priceOf('GB-Mo'), priceOf('IOPS-Mo')];
  if (storage === undefined || (paidIops > 0 && operations === undefined)) return null;
  return exact(storage)
    .mul(sizeGib)
    .plus(exact(operations ?? 0).mul(Math.max(0, paidIops)));
}

/** Baselines and bursts: Amazon EBS guide, volume types, read 2026-11. MiB a second. */
const GP3_IOPS = 3000;
const GP3_THROUGHPUT = 125;
const GP2_IOPS_PER_GIB = 3;
const GP2_IOPS_MAXIMUM = 16_000;
const GP2_SMALL_GIB = 170;

function configurationOf(volumeType: string, volumeSize: number, provisionedIops: number | null) {
  const baseline = volumeType === 'gp2' ? Math.min(GP2_IOPS_MAXIMUM, Math.max(100, volumeSize * GP2_IOPS_PER_GIB)) : GP3_IOPS;
  const throughput = volumeType === 'gp2' ? (volumeSize <= GP2_SMALL_GIB ? 128 : 250) : GP3_THROUGHPUT;
  const iops = volumeType === 'gp2' ? baseline : (provisionedIops ?? baseline);
  return {
    volumeType,
    volumeSize,
    volumeBaselineIOPS: iops,
    volumeBurstIOPS: volumeType === 'gp2' ? Math.max(GP3_IOPS, iops) : iops,
    volumeBaselineThroughput: throughput,
    volumeBurstThroughput: throughput,
    rootVolume: false,
  };
}
