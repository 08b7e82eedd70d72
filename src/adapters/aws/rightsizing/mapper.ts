import { oneLine } from '../../../kernel/text.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { RightsizingAdvice, RightsizingSummary } from '../../../ledger/rightsizing-advice.ts';
import type { RightsizingAnswer } from '../../../operations/ports/aws-advice.ts';
import { decimalOf, readRows, UnreadableFact } from '../decimals.ts';
import { type Resource, RightsizingItem, type RightsizingPage, type Target, type Utilization } from './schema.ts';

const ACCOUNT = /^\d{12}$/;
const word = (text: string | null | undefined): string | null => (text ? oneLine(text, 200) : null);

/** The whole answer over its pages. An item that cannot be read is counted, the rest lands. */
export function rightsizingOf(pages: readonly RightsizingPage[]): RightsizingAnswer {
  const { results, unread } = readRows(
    pages.flatMap((page) => page.RightsizingRecommendations ?? []),
    adviceOf,
  );
  return { advice: results, summary: summaryOf(pages[0]), unread };
}

function adviceOf(row: unknown): Fact<RightsizingAdvice> {
  const read = RightsizingItem.safeParse(row);
  if (!read.success || !ACCOUNT.test(read.data.AccountId))
    throw new UnreadableFact('a recommendation in the form that AWS sends');
  const { AccountId: accountId, CurrentInstance: now, ...item } = read.data;
  const actionType = actionTypeOf(item.RightsizingType);
  const targets = (item.ModifyRecommendationDetail?.TargetInstances ?? []).map(targetOf);
  const chosen = targets.find(({ isDefault }) => isDefault) ?? (targets.length === 1 ? targets[0] : undefined);
  const ended = item.TerminateRecommendationDetail;
  const resourceId = oneLine(now.ResourceId, 200);
  const body: RightsizingAdvice = {
    resourceId,
    name: word(now.InstanceName),
    actionType,
    current: machineOf(now.ResourceDetails),
    utilization: utilizationOf(now.ResourceUtilization),
    hours: {
      total: decimalOf(now.TotalRunningHoursInLookbackPeriod),
      onDemand: decimalOf(now.OnDemandHoursInLookbackPeriod),
      reserved: decimalOf(now.ReservationCoveredHoursInLookbackPeriod),
      savingsPlans: decimalOf(now.SavingsPlansCoveredHoursInLookbackPeriod),
    },
    monthlyCost: decimalOf(now.MonthlyCost),
    currency: word(now.CurrencyCode),
    monthlySavings: actionType === 'Terminate' ? decimalOf(ended?.EstimatedMonthlySavings) : (chosen?.monthlySavings ?? null),
    savingsCurrency: actionType === 'Terminate' ? word(ended?.CurrencyCode) : (chosen?.currency ?? null),
    targets,
    reasons: (item.FindingReasonCodes ?? []).map((code) => oneLine(code, 100)),
    tags: (now.Tags ?? []).map(({ Key, Values }) => ({
      key: oneLine(Key ?? '', 128),
      values: (Values ?? []).map((value) => oneLine(value, 256)),
    })),
  };
  return { accountId, day: null, key: `${accountId} ${resourceId}`, body };
}

/** The service model says TERMINATE; older answers say Terminate. */
function actionTypeOf(type: string): RightsizingAdvice['actionType'] {
  const known = (['Terminate', 'Modify'] as const).find((name) => name.toUpperCase() === type.toUpperCase());
  if (!known) throw new UnreadableFact(`a type of rightsizing that is known, not "${oneLine(type, 40)}"`);
  return known;
}

function targetOf(target: Target): RightsizingAdvice['targets'][number] {
  return {
    machine: machineOf(target.ResourceDetails),
    isDefault: target.DefaultTargetInstance ?? null,
    monthlyCost: decimalOf(target.EstimatedMonthlyCost),
    monthlySavings: decimalOf(target.EstimatedMonthlySavings),
    currency: word(target.CurrencyCode),
    expectedUtilization: utilizationOf(target.ExpectedResourceUtilization),
    platformDifferences: (target.PlatformDifferences ?? []).map((difference) => oneLine(difference, 100)),
  };
}

function machineOf(resource: Resource): RightsizingAdvice['current'] {
  const details = resource?.EC2ResourceDetails;
  return {
    instanceType: word(details?.InstanceType),
    platform: word(details?.Platform),
    regionId: word(details?.Region),
    skuId: word(details?.Sku),
    vcpu: word(details?.Vcpu),
    memory: word(details?.Memory),
    storage: word(details?.Storage),
    networkPerformance: word(details?.NetworkPerformance),
    hourlyOnDemandRate: decimalOf(details?.HourlyOnDemandRate),
  };
}

function utilizationOf(utilization: Utilization): RightsizingAdvice['utilization'] {
  const measured = utilization?.EC2ResourceUtilization;
  const ebs = measured?.EBSResourceUtilization ?? {};
  const disk = measured?.DiskResourceUtilization ?? {};
  const network = measured?.NetworkResourceUtilization ?? {};
  return {
    cpuMaximumPercent: decimalOf(measured?.MaxCpuUtilizationPercentage),
    memoryMaximumPercent: decimalOf(measured?.MaxMemoryUtilizationPercentage),
    storageMaximumPercent: decimalOf(measured?.MaxStorageUtilizationPercentage),
    ebsReadOps: decimalOf(ebs.EbsReadOpsPerSecond),
    ebsWriteOps: decimalOf(ebs.EbsWriteOpsPerSecond),
    ebsReadBytes: decimalOf(ebs.EbsReadBytesPerSecond),
    ebsWriteBytes: decimalOf(ebs.EbsWriteBytesPerSecond),
    diskReadOps: decimalOf(disk.DiskReadOpsPerSecond),
    diskWriteOps: decimalOf(disk.DiskWriteOpsPerSecond),
    diskReadBytes: decimalOf(disk.DiskReadBytesPerSecond),
    diskWriteBytes: decimalOf(disk.DiskWriteBytesPerSecond),
    networkInBytes: decimalOf(network.NetworkInBytesPerSecond),
    networkOutBytes: decimalOf(network.NetworkOutBytesPerSecond),
    networkInPackets: decimalOf(network.NetworkPacketsInPerSecond),
    networkOutPackets: decimalOf(network.NetworkPacketsOutPerSecond),
  };
}

/** Asked for the payer's accounts together: the connection's owner's alone. */
function summaryOf(first: RightsizingPage | undefined): Fact<RightsizingSummary> {
  const { Metadata: made, Summary: sums } = first ?? {};
  const body: RightsizingSummary = {
    target: 'SameInstanceFamily',
    benefitsConsidered: true,
    recommendationId: word(made?.RecommendationId),
    generatedAt: word(made?.GenerationTimestamp),
    lookback: word(made?.LookbackPeriodInDays),
    note: word(made?.AdditionalMetadata),
    recommendations: decimalOf(sums?.TotalRecommendationCount),
    monthlySavings: decimalOf(sums?.EstimatedTotalMonthlySavingsAmount),
    savingsPercent: decimalOf(sums?.SavingsPercentage),
    currency: word(sums?.SavingsCurrencyCode),
  };
  return { accountId: null, day: null, key: 'AmazonEC2', body };
}
