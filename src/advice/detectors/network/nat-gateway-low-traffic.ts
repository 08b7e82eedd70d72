import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { MEGABYTES_PER_GB, natCosts, natTraffic } from '../shared/nat-gateway.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumMegabytesPerDay: z
    .number()
    .min(0)
    .max(1_000)
    .default(1)
    .describe('Data processed a day, on average over the look-back, reaches this; below it the gateway counts as unused.'),
  maximumTrafficCostPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe(
      'What its traffic costs stays below this share of what its hours cost; carrying so little does not need a gateway of its own.',
    ),
});

const evidence = z.strictObject({
  megabytesPerDay: z.string().describe('Data processed a day on average, in MB.'),
  trafficCostPercent: z.string().describe('What the traffic costs, as a share of what the hours cost.'),
  maximumTrafficCostPercent: z.number().describe('The limit for it.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type NatGatewayLowTrafficEvidence = z.infer<typeof evidence>;

const gateway = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:natgateway/nat-0123456789abcdef1',
  resourceType: 'NatGateway',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'NatGateway-Hours', usageQuantity: '24', billedCost: '1.488' }),
    ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'NatGateway-Bytes', usageQuantity: '0.12', billedCost: '0.00744' }),
  ],
});

/**
 * Used, but next to nothing goes through: another gateway of the same or of a central network can carry it. Its hours are saved; the traffic
 * goes on being paid there, and what it may cost to get to another zone is a small part of that.
 */
export const natGatewayLowTraffic = defineDetector({
  id: 'nat-gateway-low-traffic',
  revision: 1,
  category: 'network',
  bestPractices: ['COST06-BP02', 'COST08-BP02', 'COST08-BP03'],
  resourceType: 'NatGateway',
  actionType: 'Delete',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: gateway,
    view: viewOf(exampleSnapshot({ resources: [gateway] })),
    evidence: {
      megabytesPerDay: '120',
      trafficCostPercent: '0.5',
      maximumTrafficCostPercent: 1,
      settledDays: 11,
      monthlyCost: '45.4863',
      monthlySavings: '45.26',
    },
  },
  evaluate,
});

function evaluate(
  gateway: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<NatGatewayLowTrafficEvidence> {
  if (isDisasterRecoveryStandby(gateway, view)) return notApplicable('disasterRecoveryStandby');
  const traffic = natTraffic(gateway, view, limits.lookbackDays);
  if (traffic.kind !== 'traffic') return traffic;
  const megabytesPerDay = traffic.gigabytesPerDay.mul(MEGABYTES_PER_GB);
  if (megabytesPerDay.lt(limits.minimumMegabytesPerDay)) return notApplicable('unusedGateway');
  const { hours, bytes } = natCosts(gateway, view);
  const cost = effectiveMonthly(hours);
  const trafficCostPercent = effectiveMonthly(bytes).mul(100).div(cost);
  if (!trafficCostPercent.lt(limits.maximumTrafficCostPercent)) return { kind: 'healthy' };

  return {
    kind: 'finding',
    evidence: {
      megabytesPerDay: amountOf(megabytesPerDay),
      trafficCostPercent: amountOf(trafficCostPercent),
      maximumTrafficCostPercent: limits.maximumTrafficCostPercent,
      settledDays: traffic.settledDays,
      monthlyCost: amountOf(cost.plus(effectiveMonthly(bytes))),
      monthlySavings: amountOf(cost),
    },
    savings: rangeOf(new Exact(0), cost, cost),
    confidence: confidenceOf(0.95, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(gateway, view),
      criticalWorkload: isCritical(gateway, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', hours),
  };
}
