import { type Exact, exact } from '../../../kernel/money.ts';
import { text } from '../commitments/sums.ts';
import { familyOf, type Machine, sizesFor } from '../compute-optimizer/machine.ts';
import { isOlderThan, LOOKBACK_DAYS, type Measured } from '../compute-optimizer/measured.ts';
import { judgeSize, platformDifferences, type ResizeOption, type Verdict } from '../compute-optimizer/resize.ts';
import { perMonth } from '../compute-optimizer/savings.ts';
import type { World } from '../world.ts';
import { allOf, type RunningHours } from './running-hours.ts';

/** "Idle" of this engine: at most 1 % CPU at its highest in 14 days (Cost Management guide, rightsizing, read 2026-11). */
const IDLE_CPU_PERCENT = 1;

/** What the client chose. */
export interface Choice {
  readonly RecommendationTarget: 'SAME_INSTANCE_FAMILY' | 'CROSS_INSTANCE_FAMILY';
  /** Hours that a commitment pays save nothing; false: as if every hour were on demand. */
  readonly BenefitsConsidered: boolean;
}

export interface Advice {
  readonly resource: Measured;
  readonly current: Machine;
  readonly hours: RunningHours;
  /** The hours that a saving is worked out from. */
  readonly counted: Exact;
  readonly type: 'TERMINATE' | 'MODIFY';
  /** None of a machine to be terminated. */
  readonly verdict: Verdict | null;
}

/** Terminate what is idle; otherwise a smaller type, if that saves anything. null: nothing to say. */
export function adviceFor(resource: Measured, hours: RunningHours, choice: Choice, world: World): Advice | null {
  const sizes = sizesFor(resource, world.estate.prices());
  const current = sizes.find(({ instanceType }) => instanceType === resource.instanceType);
  if (!current) return null;
  const common = {
    resource,
    current,
    hours,
    counted: choice.BenefitsConsidered ? hours.onDemand : allOf(hours),
  };
  const isIdle = resource.utilization.cpuMaximumPercent <= IDLE_CPU_PERCENT && isOlderThan(LOOKBACK_DAYS, resource, world);
  if (isIdle) return { ...common, type: 'TERMINATE', verdict: null };
  const { family } = familyOf(current.instanceType);
  const isAllowed = (size: Machine): boolean =>
    choice.RecommendationTarget === 'CROSS_INSTANCE_FAMILY' || familyOf(size.instanceType).family === family;
  const verdict = judgeSize(resource, current, sizes.filter(isAllowed));
  if (verdict.finding !== 'Overprovisioned' || common.counted.isZero()) return null;
  return { ...common, type: 'MODIFY', verdict };
}

/** What the counted hours cost on demand at this price, for a month of 730 hours. */
export function monthlyAt(hourlyPrice: Exact, { counted }: Pick<Advice, 'counted'>): Exact {
  return perMonth(hourlyPrice.mul(counted));
}

/** What following the advice saves a month: all of it, or what the first target costs less. */
export function savedBy(advice: Advice): Exact {
  const target = advice.verdict?.options[0]?.machine;
  return monthlyAt(target ? advice.current.hourlyPrice.minus(target.hourlyPrice) : advice.current.hourlyPrice, advice);
}

export function written(advice: Advice) {
  const { resource, verdict } = advice;
  return {
    AccountId: resource.accountId,
    CurrentInstance: currentInstance(advice),
    RightsizingType: advice.type,
    ...(verdict && {
      ModifyRecommendationDetail: {
        TargetInstances: verdict.options.map((option, at) => target(advice, option, at)),
      },
    }),
    ...(!verdict && {
      TerminateRecommendationDetail: {
        EstimatedMonthlySavings: text(savedBy(advice)),
        CurrencyCode: 'USD',
      },
    }),
    FindingReasonCodes: [
      ...(verdict?.isCpuOver ? ['CPU_OVER_PROVISIONED'] : []),
      ...(verdict?.isMemoryOver ? ['MEMORY_OVER_PROVISIONED'] : []),
    ],
  };
}

function currentInstance({ resource, current, hours, ...advice }: Advice) {
  const { utilization, tags } = resource;
  return {
    ResourceId: resource.resourceId,
    InstanceName: tags.Name ?? '',
    Tags: Object.entries(tags).map(([Key, value]) => ({
      Key,
      Values: [value],
      MatchOptions: [],
    })),
    ResourceDetails: detailsOf(resource, current),
    ResourceUtilization: {
      EC2ResourceUtilization: {
        ...projected(utilization.cpuMaximumPercent, utilization.memoryMaximumPercent),
        EBSResourceUtilization: {
          EbsReadOpsPerSecond: String(utilization.ebsReadOpsPerSecondMaximum),
          EbsWriteOpsPerSecond: String(utilization.ebsWriteOpsPerSecondMaximum),
        },
        NetworkResourceUtilization: {
          NetworkInBytesPerSecond: String(utilization.networkInMaximumBytesPerSecond),
          NetworkOutBytesPerSecond: String(utilization.networkOutMaximumBytesPerSecond),
        },
      },
    },
    ReservationCoveredHoursInLookbackPeriod: text(hours.reserved),
    SavingsPlansCoveredHoursInLookbackPeriod: text(hours.savingsPlans),
    OnDemandHoursInLookbackPeriod: text(hours.onDemand),
    TotalRunningHoursInLookbackPeriod: text(allOf(hours)),
    MonthlyCost: text(monthlyAt(current.hourlyPrice, advice)),
    CurrencyCode: 'USD',
  };
}

/** Memory that no agent measures is left out, as AWS does. */
function projected(cpu: number, memory: number | null) {
  return {
    MaxCpuUtilizationPercentage: String(cpu),
    ...(memory !== null && { MaxMemoryUtilizationPercentage: String(memory) }),
  };
}

const PLATFORMS = {
  Linux: 'Linux/UNIX',
  Windows: 'Windows',
  RHEL: 'Red Hat Enterprise Linux',
} as const;

function detailsOf({ regionId, operatingSystem }: Measured, { instanceType, hourlyPrice, vcpu, memoryGib }: Machine) {
  return {
    EC2ResourceDetails: {
      HourlyOnDemandRate: text(hourlyPrice),
      InstanceType: instanceType,
      Platform: PLATFORMS[operatingSystem ?? 'Linux'],
      Region: regionId,
      Memory: `${exact(memoryGib)} GiB`,
      Vcpu: String(vcpu),
    },
  };
}

const DIFFERENCES: Readonly<Record<string, string>> = {
  Hypervisor: 'HYPERVISOR',
  NetworkInterface: 'NETWORK_INTERFACE',
  StorageInterface: 'STORAGE_INTERFACE',
};

function target(advice: Advice, { machine, cpuPercent, memoryPercent }: ResizeOption, at: number) {
  const { resource, current } = advice;
  return {
    EstimatedMonthlyCost: text(monthlyAt(machine.hourlyPrice, advice)),
    EstimatedMonthlySavings: text(monthlyAt(current.hourlyPrice.minus(machine.hourlyPrice), advice)),
    CurrencyCode: 'USD',
    DefaultTargetInstance: at === 0,
    ResourceDetails: detailsOf(resource, machine),
    ExpectedResourceUtilization: {
      EC2ResourceUtilization: projected(cpuPercent, memoryPercent),
    },
    PlatformDifferences: platformDifferences(current.instanceType, machine.instanceType).flatMap(
      (word) => DIFFERENCES[word] ?? [],
    ),
  };
}
