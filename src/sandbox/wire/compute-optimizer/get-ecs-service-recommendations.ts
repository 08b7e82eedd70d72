import { exact } from '../../../kernel/money.ts';
import type { Operation, World } from '../world.ts';
import { LOOKBACK_DAYS, type Measured, notFound, splitByHours } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';
import { monthlyCostOf, type RecentCosts, recentCosts, savingsOf } from './savings.ts';

const FILTERS: FilterReaders<Item> = {
  Finding: ({ finding }) => [finding],
  FindingReasonCode: ({ findingReasonCodes }) => findingReasonCodes,
};

/** The task sizes that services on Fargate should have. Tasks that belong to no service are not judged. */
export const getEcsServiceRecommendations: Operation = async (given, caller, world) => {
  const question = readQuestion('GetECSServiceRecommendations', given, caller, world);
  const resources = resourcesFor(question, ['ecsService'], world);
  const { enough, errors } = splitByHours(resources);
  const costs = await recentCosts(world);
  const items = enough.map((resource) => itemOf(resource, costs, world));
  const all = [...errors, ...notFound(question, resources)];
  const { page, rest } = pageOf(question, filtered(items, question, FILTERS), all, world);
  return { ecsServiceRecommendations: page, ...rest };
};

type Item = ReturnType<typeof itemOf>;

/** Default preference: maxima stay under 80 %. Half the size fits up to 40 %. */
const CEILING_PERCENT = 80;

function itemOf(resource: Measured, costs: RecentCosts, world: World) {
  const [cpu = 0, memory = 0] = (resource.instanceType ?? '').split('/').map(Number);
  const { cpuMaximumPercent, memoryMaximumPercent } = resource.utilization;
  const fitsHalf = (percent: number | null): boolean => percent !== null && percent * 2 <= CEILING_PERCENT;
  const [isCpuOver, isMemoryOver] = [fitsHalf(cpuMaximumPercent), fitsHalf(memoryMaximumPercent)];
  const isUnder = Math.max(cpuMaximumPercent, memoryMaximumPercent ?? 0) > CEILING_PERCENT;
  const isOver = !isUnder && isCpuOver && isMemoryOver;
  const { list, paid } = monthlyCostOf(resource, costs, world.estate.prices());
  const half = { cpu: cpu / 2, memory: memory / 2, ...savingsOf(list, paid, exact('0.5')), projectedUtilizationMetrics: [] };
  return {
    serviceArn: resource.arn,
    accountId: resource.accountId,
    currentServiceConfiguration: { cpu, memory },
    utilizationMetrics: metricsOf(resource),
    lookbackPeriodInDays: LOOKBACK_DAYS,
    launchType: 'Fargate',
    lastRefreshTimestamp: refreshedAt(world),
    finding: isUnder ? 'Underprovisioned' : isOver ? 'Overprovisioned' : 'Optimized',
    findingReasonCodes: isOver ? ['CPUOverprovisioned', 'MemoryOverprovisioned'] : ([] as string[]),
    serviceRecommendationOptions: isOver ? [half] : [],
    currentPerformanceRisk: isUnder ? 'High' : 'VeryLow',
    tags: tagsOf(resource),
  };
}

function metricsOf({ utilization }: Measured) {
  const { cpuMaximumPercent, memoryMaximumPercent } = utilization;
  const metric = (name: string, value: number) => ({ name, statistic: 'Maximum', value });
  return [metric('Cpu', cpuMaximumPercent), ...(memoryMaximumPercent === null ? [] : [metric('Memory', memoryMaximumPercent)])];
}
