import { exact } from '../../../kernel/money.ts';
import type { EstateResource } from '../../estate/types.ts';
import type { Operation, World } from '../world.ts';
import { type IdleVerdict, idleVerdict } from './idle-rules.ts';
import { notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { monthlyCostOf, type RecentCosts, recentCosts, savingsOf } from './savings.ts';

const MAXIMUM_RESULTS = 100;

const FILTERS: FilterReaders<Item> = {
  Finding: ({ finding }) => [finding],
  ResourceType: ({ resourceType }) => [resourceType],
};

/** Resources that do nothing, by the published criteria. */
export const getIdleRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetIdleRecommendations', given, caller, world);
  const resources = resourcesFor(
    question,
    ['ec2', 'autoScalingGroup', 'ebs', 'ecsService', 'rds', 'nat', 'sageMakerEndpoint', 'elastiCache', 'memoryDb', 'dynamoDb'],
    world,
  );
  const { errors } = splitByHours(resources.filter(({ kind }) => kind === 'ec2' || kind === 'rds'));
  const costs = await recentCosts(world);
  const items = resources.flatMap((resource) => {
    const verdict = idleVerdict(resource, world);
    return verdict ? [itemOf(resource, verdict, costs, world)] : [];
  });
  const missing = notFound(question, resources);
  const { dimension, order } = question.input.orderBy ?? {};
  const sign = order === 'Asc' ? 1 : -1;
  const key = dimension === 'SavingsValueAfterDiscount' ? 'savingsOpportunityAfterDiscounts' : 'savingsOpportunity';
  const savedBy = (item: Item): number => item[key].estimatedMonthlySavings.value;
  if (question.input.orderBy) items.sort((a, b) => sign * (savedBy(a) - savedBy(b)));
  const { page, rest } = pageOf(question, filtered(items, question, FILTERS), [...errors, ...missing], world, MAXIMUM_RESULTS);
  return { idleRecommendations: page, ...rest };
};

type Item = ReturnType<typeof itemOf>;

function itemOf(resource: EstateResource, verdict: IdleVerdict, costs: RecentCosts, world: World) {
  const { list, paid } = monthlyCostOf(resource, costs, world.estate.prices());
  return {
    resourceArn: resource.arn,
    resourceId: resource.arn.split(/[:/]/).at(-1) ?? '',
    resourceType: verdict.resourceType,
    accountId: resource.accountId,
    finding: verdict.finding,
    findingDescription: verdict.description,
    ...savingsOf(list, paid, exact(1)),
    utilizationMetrics: metricsOf(resource),
    lookBackPeriodInDays: verdict.lookBackDays,
    lastRefreshTimestamp: refreshedAt(world),
    tags: tagsOf(resource),
  };
}

function metricsOf({ kind, utilization }: EstateResource) {
  if (!utilization) return [];
  const metric = (name: string, value: number) => ({ name, statistic: 'Maximum', value });
  const { ebsReadOpsPerSecondMaximum: reads, ebsWriteOpsPerSecondMaximum: writes } = utilization;
  if (kind === 'ebs') return [metric('VolumeReadOpsPerSecond', reads), metric('VolumeWriteOpsPerSecond', writes)];
  if (kind === 'nat') {
    return [
      metric('ActiveConnectionCount', utilization.connectionsMaximum ?? 0),
      metric('PacketsInFromSource', utilization.networkInMaximumBytesPerSecond),
      metric('PacketsInFromDestination', utilization.networkOutMaximumBytesPerSecond),
    ];
  }
  if (kind === 'sageMakerEndpoint') return [metric('Invocations', utilization.connectionsMaximum ?? 0)];
  if (kind === 'dynamoDb') return [metric('ConsumedReadCapacityUnits', utilization.connectionsMaximum ?? 0)];
  if (kind === 'rds') {
    return [
      metric('CPU', utilization.cpuMaximumPercent),
      metric('DatabaseConnections', utilization.connectionsMaximum ?? 0),
      metric('EBSVolumeReadIOPS', reads),
      metric('EBSVolumeWriteIOPS', writes),
    ];
  }
  return [
    metric('CPU', utilization.cpuMaximumPercent),
    metric('NetworkInBytesPerSecond', utilization.networkInMaximumBytesPerSecond),
    metric('NetworkOutBytesPerSecond', utilization.networkOutMaximumBytesPerSecond),
  ];
}
