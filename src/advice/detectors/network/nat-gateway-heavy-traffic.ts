import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, settledDays } from '../shared/evidence.ts';
import { isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { natCosts, natTraffic } from '../shared/nat-gateway.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumGigabytesPerDay: z
    .number()
    .min(1)
    .max(100_000)
    .default(500)
    .describe(
      'Data processed a day in GB, on average over the look-back, from which looking at where it goes is worth the work.',
    ),
});

const evidence = z.strictObject({
  gigabytesPerDay: z.string().describe('Data processed a day on average, in GB.'),
  minimumGigabytesPerDay: z.number().describe('The limit from which it is looked at.'),
  settledDays,
  trafficCost: z.string().describe('What processing this data costs in a month of 730 hours: the most that could be saved.'),
  monthlyCost,
});

export type NatGatewayHeavyTrafficEvidence = z.infer<typeof evidence>;

const gateway = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:natgateway/nat-0123456789abcdef4',
  resourceType: 'NatGateway',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'NatGateway-Hours', usageQuantity: '24', billedCost: '1.488' }),
    ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'NatGateway-Bytes', usageQuantity: '900', billedCost: '55.8' }),
  ],
});

/**
 * Only a signal: a great deal is paid for processing. What of it goes to S3 or DynamoDB, which gateway endpoints carry free of charge, only
 * flow logs tell, so that nothing is claimed before somebody looked.
 */
export const natGatewayHeavyTraffic = defineDetector({
  id: 'nat-gateway-heavy-traffic',
  revision: 1,
  category: 'network',
  bestPractices: ['COST08-BP01', 'COST08-BP02', 'COST08-BP03'],
  resourceType: 'NatGateway',
  actionType: 'Upgrade',
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
      gigabytesPerDay: '900',
      minimumGigabytesPerDay: 500,
      settledDays: 11,
      trafficCost: '1697.25',
      monthlyCost: '1742.51',
    },
  },
  evaluate,
});

function evaluate(
  gateway: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<NatGatewayHeavyTrafficEvidence> {
  const traffic = natTraffic(gateway, view, limits.lookbackDays);
  if (traffic.kind !== 'traffic') return traffic;
  if (traffic.gigabytesPerDay.lt(limits.minimumGigabytesPerDay)) return { kind: 'healthy' };
  const { hours, bytes } = natCosts(gateway, view);
  const cost = effectiveMonthly(bytes);
  return {
    kind: 'finding',
    evidence: {
      gigabytesPerDay: amountOf(traffic.gigabytesPerDay),
      minimumGigabytesPerDay: limits.minimumGigabytesPerDay,
      settledDays: traffic.settledDays,
      trafficCost: amountOf(cost),
      monthlyCost: amountOf(effectiveMonthly(hours).plus(cost)),
    },
    savings: rangeOf(new Exact(0), new Exact(0), cost),
    confidence: confidenceOf(0.95, { billOnly: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
    priceBasis: 'observed',
    effect: effectOn('traffic', bytes),
  };
}
