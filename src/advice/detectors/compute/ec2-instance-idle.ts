import { z } from 'zod';
import { exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { Utilization } from '../../../ledger/utilization.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { ALL_OF_IT, savingsOf } from '../../savings.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByCoverage, isAnalysed } from '../shared/compute-optimizer.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instanceTypesOf, isInstanceHours } from '../shared/ec2.ts';
import { instanceType, monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays, settledDays as settledDaysOf } from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isInAutoScalingGroup, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const SECONDS_PER_DAY = 86_400;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumCpuPercent: z.number().min(0.1).max(50).default(5).describe('The highest CPU of the look-back stays below this share.'),
  maximumNetworkMegabytesPerDay: z
    .number()
    .min(0)
    .max(10_000)
    .default(5)
    .describe('Network traffic, in and out together, stays below this volume a day.'),
});

const evidence = z.strictObject({
  instanceType,
  cpuMaximumPercent: z.number().nullable().describe('Highest CPU over the look-back; null where only AWS measured it.'),
  maximumCpuPercent: z.number().describe('The limit for it.'),
  lookbackDays: z.int().describe('Days that were looked at.'),
  settledDays,
  hoursMonthly: z.string().describe('Hours a month that it runs, at the pace of the last week.'),
  monthlyCost,
  monthlySavings,
});

export type Ec2InstanceIdleEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef0',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [{ key: 'Environment', value: 'development' }],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:m5.large',
    usageQuantity: '24',
    billedCost: '2.976',
  }),
});
const view = viewOf(
  exampleSnapshot({
    resources: [machine],
    awsRecommendations: [
      {
        source: 'ComputeOptimizer',
        kind: 'idle',
        arn: `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:instance/${machine.resourceId}`,
        accountId: EXAMPLE_ACCOUNT_ID,
        regionId: 'ap-northeast-1',
        resourceId: machine.resourceId,
        resourceType: 'Ec2Instance',
        finding: 'Idle',
        findingReasonCodes: [],
        current: null,
        lookbackDays: 14,
        refreshedOn: EXAMPLE_AS_OF,
        options: [],
      },
    ],
  }),
);

/** Criteria of Compute Optimizer for idle instances (guide, "Viewing idle resource recommendations", read 2026-11). */
export const ec2InstanceIdle = defineDetector({
  id: 'ec2-instance-idle',
  revision: 2,
  category: 'compute',
  bestPractices: ['COST04-BP02', 'COST04-BP03', 'COST09-BP03'],
  resourceType: 'Ec2Instance',
  actionType: 'Stop',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'computeOptimizer', lookbackDays: 14 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS', 'ComputeOptimizer'],
  thresholds,
  evidence,
  example: {
    subject: machine,
    view,
    evidence: {
      instanceType: 'm5.large',
      cpuMaximumPercent: null,
      maximumCpuPercent: 5,
      lookbackDays: 14,
      settledDays: 11,
      hoursMonthly: '730',
      monthlyCost: '90.52',
      monthlySavings: '90.52',
    },
  },
  evaluate,
});

function evaluate(machine: ResourceSubject, context: Context): Outcome<Ec2InstanceIdleEvidence> {
  const { thresholds: limits, view } = context;
  const costs = monthlyCosts(machine, view, isInstanceHours);
  if (!costs.some((cost) => cost.unitsMonthly.gt(0))) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(machine, view)) return notApplicable('disasterRecoveryStandby');
  if (isInAutoScalingGroup(machine)) return notApplicable('autoScalingGroup');
  const byAge = answerByAge(machine, view, limits.lookbackDays);
  if (byAge) return byAge;
  const idle = isIdle(machine, context);
  if (idle !== true) return idle;

  const hours = costs.filter((cost) => cost.meterKind.startsWith('BoxUsage'));
  const savings = savingsOf(costs, view);
  return {
    kind: 'finding',
    evidence: {
      instanceType: instanceTypesOf(machine, judgedPeriod(view, limits.lookbackDays).start).at(-1) ?? 'unknown',
      cpuMaximumPercent: machine.utilization?.cpuMaximumPercent ?? null,
      maximumCpuPercent: limits.maximumCpuPercent,
      lookbackDays: limits.lookbackDays,
      settledDays: settledDaysOf(view, limits.lookbackDays),
      hoursMonthly: amountOf(hours.reduce((sum, cost) => sum.plus(cost.unitsMonthly), exact(0))),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      purposeUnknown: !isPurposeKnown(machine, view),
      criticalWorkload: isCritical(machine, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
      commitmentFloats: isCovered(costs),
    }),
    priceBasis: 'observed',
    effect: effectOn('compute', costs, ALL_OF_IT),
  };
}

/**
 * What was measured decides where it can: one busy hour is enough to be needed. AWS's word covers its own limits (5 %, 5 MB a day) and
 * nothing stricter. Traffic is measured as a highest rate; below the limit at that rate all day long is below it for sure.
 */
function isIdle(machine: ResourceFacts, { thresholds: limits, view }: Context): true | Outcome<Ec2InstanceIdleEvidence> {
  const measured = machine.utilization;
  const cpu = measured?.cpuMaximumPercent;
  if (cpu !== undefined && cpu >= limits.maximumCpuPercent) {
    return { kind: 'healthy', measured: { cpuMaximumPercent: cpu, maximumCpuPercent: limits.maximumCpuPercent } };
  }
  const traffic = mostMegabytesPerDay(measured);
  if (cpu !== undefined && traffic !== null && traffic < limits.maximumNetworkMegabytesPerDay) return true;

  const uncovered = answerByCoverage(machine, view);
  if (uncovered) return uncovered;
  const saysIdle = view.awsRecommendation(machine.resourceId, 'idle')?.finding === 'Idle';
  if (saysIdle) {
    const isAwsStrictEnough = limits.maximumCpuPercent >= 5 && limits.maximumNetworkMegabytesPerDay >= 5;
    return isAwsStrictEnough ? true : { kind: 'unknown', missing: [cpu === undefined ? 'cpuNotMeasured' : 'networkNotMeasured'] };
  }
  if (cpu !== undefined || isAnalysed(machine, 'ec2Instance', view)) return { kind: 'healthy' };
  return { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
}

function mostMegabytesPerDay(measured: Utilization | null): number | null {
  const { networkInMaximumBytesPerSecond: incoming, networkOutMaximumBytesPerSecond: outgoing } = measured ?? {};
  if (incoming === undefined || outgoing === undefined) return null;
  return ((incoming + outgoing) * SECONDS_PER_DAY) / 1_000_000;
}
