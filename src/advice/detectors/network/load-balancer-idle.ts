import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import {
  answerByAge,
  answerByHistory,
  dailyUsage,
  isHistoryShort,
  judgedPeriod,
  lookbackDays,
  total,
} from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const MEGABYTES_PER_GB = 1_000;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumAverageLcu: z
    .number()
    .min(0)
    .max(10)
    .default(0.02)
    .describe(
      'Capacity units used an hour, on average, stay below this; scanners alone reach every public one, so it is not zero.',
    ),
  maximumClassicMegabytesPerDay: z
    .number()
    .min(0)
    .max(1_000)
    .default(10)
    .describe('A Classic Load Balancer has no capacity units: its processed data stays below this volume a day.'),
});

const evidence = z.strictObject({
  averageLcu: z.string().describe('Capacity units used an hour, on average over the look-back.'),
  maximumAverageLcu: z.number().describe('The limit for it.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type LoadBalancerIdleEvidence = z.infer<typeof evidence>;

const balancer = exampleResource({
  resourceId: 'arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/order-old/0123456789abcdef',
  resourceType: 'LoadBalancer',
  operation: 'LoadBalancing:Application',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...dailyLines({ serviceName: SERVICE.elb, meterKind: 'LoadBalancerUsage', usageQuantity: '24', billedCost: '0.5832' }),
    ...dailyLines({ serviceName: SERVICE.elb, meterKind: 'LCUUsage', usageQuantity: '0.012', billedCost: '0.000096' }),
  ],
});

/** From the bill alone, by resource: paid for every hour, and its capacity units show no users. */
export const loadBalancerIdle = defineDetector({
  id: 'load-balancer-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'LoadBalancer',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: balancer,
    view: viewOf(exampleSnapshot({ resources: [balancer] })),
    evidence: {
      averageLcu: '0.0005',
      maximumAverageLcu: 0.02,
      settledDays: 11,
      monthlyCost: '17.74192',
      monthlySavings: '17.74192',
    },
  },
  evaluate,
});

function evaluate(
  balancer: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<LoadBalancerIdleEvidence> {
  if (isDisasterRecoveryStandby(balancer, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(balancer, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const period = judgedPeriod(view, limits.lookbackDays);
  const hours = dailyUsage(balancer, period, (kind) => kind === 'LoadBalancerUsage');
  if (hours.values().some((quantity) => quantity.lte(0))) return { kind: 'healthy' };
  const averageLcu = total(dailyUsage(balancer, period, (kind) => kind === 'LCUUsage')).div(total(hours));
  const classicGb = total(dailyUsage(balancer, period, (kind) => kind === 'DataProcessing-Bytes'));
  const classicMegabytesPerDay = classicGb.mul(MEGABYTES_PER_GB).div(hours.size);
  const measured = { averageLcu: amountOf(averageLcu), maximumAverageLcu: limits.maximumAverageLcu };
  if (averageLcu.gte(limits.maximumAverageLcu)) return { kind: 'healthy', measured };
  if (classicGb.gt(0) && classicMegabytesPerDay.gte(limits.maximumClassicMegabytesPerDay)) return { kind: 'healthy' };

  const costs = monthlyCosts(balancer, view);
  return {
    kind: 'finding',
    evidence: {
      ...measured,
      settledDays: hours.size,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: amountOf(effectiveMonthly(costs)),
    },
    savings: sameRange(effectiveMonthly(costs)),
    confidence: confidenceOf(0.97, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(balancer, view),
      criticalWorkload: isCritical(balancer, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
