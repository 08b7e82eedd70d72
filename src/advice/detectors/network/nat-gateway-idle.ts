import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { MEGABYTES_PER_GB, natTraffic } from '../shared/nat-gateway.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumMegabytesPerDay: z
    .number()
    .min(0)
    .max(1_000)
    .default(1)
    .describe('Data processed a day, on average over the look-back, stays below this; health checks alone leave less than 1 MB.'),
});

const evidence = z.strictObject({
  megabytesPerDay: z.string().describe('Data processed a day on average, in MB.'),
  maximumMegabytesPerDay: z.number().describe('The limit for it.'),
  settledDays,
  awsSaysUnused: z.boolean().describe('Whether Compute Optimizer says the same (32 days without a connection or a packet).'),
  monthlyCost,
  monthlySavings,
});

export type NatGatewayIdleEvidence = z.infer<typeof evidence>;

const gateway = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:natgateway/nat-0123456789abcdef0',
  resourceType: 'NatGateway',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...dailyLines({
      serviceName: SERVICE.ec2Other,
      meterKind: 'NatGateway-Hours',
      usageQuantity: '24',
      billedCost: '1.488',
    }),
    ...dailyLines({
      serviceName: SERVICE.ec2Other,
      meterKind: 'NatGateway-Bytes',
      usageQuantity: '0.0001',
      billedCost: '0.0000062',
    }),
  ],
});

/** From the bill alone: paid for every day, and next to nothing goes through. */
export const natGatewayIdle = defineDetector({
  id: 'nat-gateway-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP03', 'COST08-BP02'],
  resourceType: 'NatGateway',
  actionType: 'Delete',
  effort: 'Low',
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
      megabytesPerDay: '0.1',
      maximumMegabytesPerDay: 1,
      settledDays: 11,
      awsSaysUnused: false,
      monthlyCost: '45.260189',
      monthlySavings: '45.260189',
    },
  },
  evaluate,
});

function evaluate(
  gateway: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<NatGatewayIdleEvidence> {
  if (isDisasterRecoveryStandby(gateway, view)) return notApplicable('disasterRecoveryStandby');
  const traffic = natTraffic(gateway, view, limits.lookbackDays);
  if (traffic.kind !== 'traffic') return traffic;
  const megabytesPerDay = traffic.gigabytesPerDay.mul(MEGABYTES_PER_GB);
  const measured = { megabytesPerDay: amountOf(megabytesPerDay), maximumMegabytesPerDay: limits.maximumMegabytesPerDay };
  if (megabytesPerDay.gte(limits.maximumMegabytesPerDay)) return { kind: 'healthy', measured };

  const costs = monthlyCosts(gateway, view);
  const awsSaysUnused = ['Unused', 'Idle'].includes(view.awsRecommendation(gateway.resourceId, 'idle')?.finding ?? '');
  return {
    kind: 'finding',
    evidence: {
      ...measured,
      settledDays: traffic.settledDays,
      awsSaysUnused,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: amountOf(effectiveMonthly(costs)),
    },
    savings: sameRange(effectiveMonthly(costs)),
    confidence: confidenceOf(0.97, {
      billOnly: !awsSaysUnused,
      purposeUnknown: !isPurposeKnown(gateway, view),
      criticalWorkload: isCritical(gateway, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
