import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instanceTypesOf } from '../shared/ec2.ts';
import { instanceType, monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, answerByHistory, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { isReplicationServer } from '../shared/migration-tags.ts';
import { offHoursOf } from '../shared/off-hours.ts';
import { isCritical, isDisasterRecoveryStandby, isInAutoScalingGroup, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumIdlePercent: z
    .number()
    .min(10)
    .max(95)
    .default(40)
    .describe('At least this share of the hours that it runs lies outside the hours that people need it.'),
  marginHours: z
    .number()
    .min(0)
    .max(12)
    .default(2)
    .describe('Hours around each working day in which it may run too: who comes early, who stays late.'),
});

const evidence = z.strictObject({
  instanceType,
  runningHoursPerWeek: z.string().describe('Hours that it runs a week, at the pace of the last one.'),
  workingHoursPerWeek: z.string().describe('Hours that people work a week by the calendar, with the margin around each day.'),
  monthlyCost,
  monthlySavings,
});

export type Ec2InstanceOffHoursEvidence = z.infer<typeof evidence>;

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef5',
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

/** The environment is what people said (hearing, policy, tag); where nobody did, a machine that never sleeps may be production. */
export const ec2InstanceOffHours = defineDetector({
  id: 'ec2-instance-off-hours',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST09-BP03', 'COST04-BP03'],
  resourceType: 'Ec2Instance',
  actionType: 'Stop',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: machine,
    view: viewOf(exampleSnapshot({ resources: [machine] })),
    evidence: {
      instanceType: 'm5.large',
      runningHoursPerWeek: '168',
      workingHoursPerWeek: '55',
      monthlyCost: '90.52',
      monthlySavings: '62.899',
    },
  },
  evaluate,
});

function evaluate(
  machine: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<Ec2InstanceOffHoursEvidence> {
  const costs = monthlyCosts(machine, view, (kind) => kind.startsWith('BoxUsage:'));
  if (costs.length === 0) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(machine, view)) return notApplicable('disasterRecoveryStandby');
  if (isInAutoScalingGroup(machine)) return notApplicable('autoScalingGroup');
  if (isReplicationServer(machine)) return notApplicable('migrationServer');
  const early = answerByAge(machine, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const off = offHoursOf(costs, view.policy.workingHours(machine), limits.marginHours, view);
  if (off === null || off.idleShare.mul(100).lt(limits.minimumIdlePercent)) return { kind: 'healthy' };
  const environment = view.policy.environmentOf(machine);
  if (environment === null) {
    // Without a tag or a word of anybody the purpose is as unknown as the environment.
    return { kind: 'unknown', missing: ['environmentUnknown'] };
  }
  if (environment === 'production') return notApplicable('production');
  return {
    kind: 'finding',
    evidence: {
      instanceType: instanceTypesOf(machine, judgedPeriod(view, limits.lookbackDays).start).at(-1) ?? 'unknown',
      runningHoursPerWeek: off.runningPerWeek.toDecimalPlaces(1).toFixed(),
      workingHoursPerWeek: off.neededPerWeek.toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: off.savings.expected,
    },
    savings: off.savings,
    confidence: confidenceOf(0.95, {
      purposeUnknown: !isPurposeKnown(machine, view),
      criticalWorkload: isCritical(machine, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('hours', costs, { share: off.share }),
  };
}
