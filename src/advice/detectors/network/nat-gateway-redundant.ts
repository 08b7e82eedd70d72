import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { MEGABYTES_PER_GB, natCosts, natTraffic } from '../shared/nat-gateway.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/** Less is no use: such a gateway neither needs another one nor can stand in for it. */
const USED_MEGABYTES_PER_DAY = 1;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumTrafficCostPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('What its traffic costs reaches this share of what its hours cost; below it the rule for little traffic speaks.'),
  maximumTrafficCostPercent: z
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe(
      'What its traffic costs stays below this share of what its hours cost: moved to another zone, it would cost less than that again.',
    ),
});

const evidence = z.strictObject({
  gatewayCount: z.int().describe('NAT gateways in use in the same account and region, this one among them.'),
  megabytesPerDay: z.string().describe('Data processed a day on average, in MB.'),
  trafficCostPercent: z.string().describe('What the traffic costs, as a share of what the hours cost.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type NatGatewayRedundantEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const gatewayOf = (id: string, gigabytes: string, billedCost: string) =>
  exampleResource({
    resourceId: `arn:aws:ec2:ap-northeast-1:111122223333:natgateway/nat-${id}`,
    resourceType: 'NatGateway',
    tags: [
      { key: 'System', value: 'order' },
      { key: 'Environment', value: 'dev' },
    ],
    lines: [
      ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'NatGateway-Hours', usageQuantity: '24', billedCost: '1.488' }),
      ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'NatGateway-Bytes', usageQuantity: gigabytes, billedCost }),
    ],
  });
const busier = gatewayOf('0123456789abcdef2', '12', '0.744');
const quieter = gatewayOf('0123456789abcdef3', '1.2', '0.0744');

/**
 * Outside production one gateway can serve all zones: if its zone fails, tests wait. Which network a gateway stands in is not on the bill, so
 * that only people can tell whether two of them can be one. The busiest stays. Data from another zone is charged on both sides (EC2
 * on-demand pricing page, "Data Transfer within the same AWS Region"), together less than what a gateway charges to process it: so much is
 * taken off.
 */
export const natGatewayRedundant = defineDetector({
  id: 'nat-gateway-redundant',
  revision: 1,
  category: 'network',
  bestPractices: ['COST06-BP01', 'COST08-BP02', 'COST09-BP03'],
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
    subject: quieter,
    view: viewOf(exampleSnapshot({ resources: [busier, quieter] })),
    evidence: {
      gatewayCount: 2,
      megabytesPerDay: '1200',
      trafficCostPercent: '5',
      settledDays: 11,
      monthlyCost: '47.523',
      monthlySavings: '42.997',
    },
  },
  evaluate,
});

function evaluate(gateway: ResourceSubject, { thresholds: limits, view }: Context): Outcome<NatGatewayRedundantEvidence> {
  if (isDisasterRecoveryStandby(gateway, view)) return notApplicable('disasterRecoveryStandby');
  const traffic = natTraffic(gateway, view, limits.lookbackDays);
  if (traffic.kind !== 'traffic') return traffic;
  const beside = gatewaysBeside(gateway, view, limits.lookbackDays);
  if (beside.length < 2 || beside[0]?.resourceId === gateway.resourceId) return { kind: 'healthy' };
  const { hours, bytes } = natCosts(gateway, view);
  const [hoursCost, bytesCost] = [effectiveMonthly(hours), effectiveMonthly(bytes)];
  const trafficCostPercent = bytesCost.mul(100).div(hoursCost);
  if (trafficCostPercent.lt(limits.minimumTrafficCostPercent)) return notApplicable('littleTraffic');
  if (!trafficCostPercent.lt(limits.maximumTrafficCostPercent)) return { kind: 'healthy' };
  const environment = view.policy.environmentOf(gateway);
  if (environment === null) return { kind: 'unknown', missing: ['environmentUnknown'] };
  if (environment === 'production') return notApplicable('production');

  const expected = hoursCost.minus(bytesCost);
  return {
    kind: 'finding',
    evidence: {
      gatewayCount: beside.length,
      megabytesPerDay: amountOf(traffic.gigabytesPerDay.mul(MEGABYTES_PER_GB)),
      trafficCostPercent: amountOf(trafficCostPercent),
      settledDays: traffic.settledDays,
      monthlyCost: amountOf(hoursCost.plus(bytesCost)),
      monthlySavings: amountOf(expected),
    },
    savings: rangeOf(new Exact(0), expected, hoursCost),
    confidence: confidenceOf(0.9, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(gateway, view),
      criticalWorkload: isCritical(gateway, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', hours),
  };
}

const known = new WeakMap<SnapshotView, Map<string, readonly ResourceFacts[]>>();

/** The gateways in use of one account and region, the busiest first; worked out once a run. */
function gatewaysBeside(gateway: ResourceSubject, view: SnapshotView, days: number): readonly ResourceFacts[] {
  const places = known.get(view) ?? new Map<string, readonly ResourceFacts[]>();
  known.set(view, places);
  const key = `${gateway.accountId}\n${gateway.regionId}\n${days}`;
  const found = places.get(key) ?? rankedIn(gateway, view, days);
  places.set(key, found);
  return found;
}

function rankedIn({ accountId, regionId }: ResourceSubject, view: SnapshotView, days: number): readonly ResourceFacts[] {
  return view.snapshot.resources
    .filter((item) => item.resourceType === 'NatGateway' && item.accountId === accountId && item.regionId === regionId)
    .flatMap((item) => {
      const traffic = natTraffic(item, view, days);
      return traffic.kind === 'traffic' ? [{ item, gigabytesPerDay: traffic.gigabytesPerDay }] : [];
    })
    .filter(({ gigabytesPerDay }) => gigabytesPerDay.mul(MEGABYTES_PER_GB).gte(USED_MEGABYTES_PER_DAY))
    .sort((a, b) => b.gigabytesPerDay.cmp(a.gigabytesPerDay) || (a.item.resourceId < b.item.resourceId ? -1 : 1))
    .map(({ item }) => item);
}
