import { z } from 'zod';
import { Exact, exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { GP3_IOPS, GP3_THROUGHPUT_MIBPS, gp3Monthly } from '../shared/ebs.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { ebsPrice, regionalQuestions } from '../shared/regional-prices.ts';

/**
 * gp3 includes 3,000 IOPS and 125 MiB/s at any size. gp2 gives 3 IOPS a GiB, at most 16,000; up to 128 MiB/s until 170 GiB, up to 250 MiB/s
 * above, steadily from 334 GiB and between the two only in bursts (EBS user guide, "General Purpose SSD volumes", read 2026-11).
 *
 * Our rule: what gp2 gives steadily is bought again on gp3 and paid for in `expected`; what it gives only in bursts is paid for in `low`;
 * `high` is gp3 with what it includes. The 3 MiB/s between 128 and 125 are not worth a provisioned setting and are left out.
 */
const IOPS_PER_GIB = 3;
const MOST_IOPS = 16_000;
const GP2_THROUGHPUT = 250;
const BURST_FROM_GIB = 170;
const STEADY_FROM_GIB = 334;
const METER = 'EBS:VolumeUsage.gp2';
const PRICES = {
  gp2: ebsPrice(METER, 'gp2'),
  gp3: ebsPrice('EBS:VolumeUsage.gp3', 'gp3'),
  iops: ebsPrice('EBS:VolumeP-IOPS.gp3', 'gp3'),
  throughput: ebsPrice('EBS:VolumeP-Throughput.gp3', 'gp3'),
};

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('gp3 with the same performance is cheaper by at least this share of the list price.'),
});

const evidence = z.strictObject({
  sizeGib: z.string().describe('Provisioned size in GiB.'),
  gp2Iops: z.int().describe('I/O operations a second that gp2 gives at this size.'),
  targetIops: z.int().describe('I/O operations a second to set on gp3 (3,000 are included).'),
  targetThroughputMibps: z.int().describe('Throughput to set on gp3, in MiB/s (125 are included).'),
  savingsPercent: z.string().describe('How much less gp3 costs with the same performance, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type EbsVolumeGp2Evidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Meter = keyof typeof PRICES;
type Examined = Outcome<EbsVolumeGp2Evidence> | Priced<Meter, EbsVolumeGp2Evidence>;

const volume = exampleResource({
  resourceId: 'vol-0123456789abcdef1',
  resourceType: 'EbsVolume',
  // 100 GiB for a day of November.
  lines: dailyLines({ serviceName: SERVICE.ec2Other, meterKind: METER, usageQuantity: '3.3333333333', billedCost: '0.4' }),
});

export const ebsVolumeGp2 = defineDetector({
  id: 'ebs-volume-gp2',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'EbsVolume',
  actionType: 'Upgrade',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: volume,
    view: viewOf(
      exampleSnapshot({
        resources: [volume],
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), {
          gp2: '0.12',
          gp3: '0.096',
          iops: '0.006',
          throughput: '49.152',
        }),
      }),
    ),
    evidence: {
      sizeGib: '100',
      gp2Iops: 300,
      targetIops: 3000,
      targetThroughputMibps: 125,
      savingsPercent: '20',
      monthlyCost: '12',
      monthlySavings: '2.4',
    },
  },
  pricesNeeded: (volume, context) => questionsOf(examine(volume, context)),
  evaluate: (volume, context) => concluded(examine(volume, context), context.view),
});

function examine(volume: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const costs = monthlyCosts(volume, view, (kind) => kind === METER);
  const sizeGib = Math.round(unitsMonthly(costs).toNumber());
  if (sizeGib === 0) return { kind: 'healthy' };
  const byAge = answerByAge(volume, view, limits.lookbackDays);
  if (byAge) return byAge;
  const questions = regionalQuestions(volume.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };
  return { kind: 'priced', questions, conclude: (price) => conclude(volume, sizeGib, price, { thresholds: limits, view }) };
}

function conclude(
  volume: ResourceSubject,
  sizeGib: number,
  price: Readonly<Record<Meter, Exact>>,
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<EbsVolumeGp2Evidence> {
  const gp2Iops = Math.min(MOST_IOPS, Math.max(100, sizeGib * IOPS_PER_GIB));
  const iops = Math.max(GP3_IOPS, gp2Iops);
  const gp3At = (throughputMibps: number): Exact => gp3Monthly(price, { sizeGib, iops, throughputMibps });
  const steadyMibps = sizeGib >= STEADY_FROM_GIB ? GP2_THROUGHPUT : GP3_THROUGHPUT_MIBPS;
  const steady = gp3At(steadyMibps);
  const burst = gp3At(sizeGib > BURST_FROM_GIB ? GP2_THROUGHPUT : GP3_THROUGHPUT_MIBPS);
  const bare = price.gp3.mul(sizeGib);
  const shareAt = (gp3Cost: Exact): Exact => new Exact(1).minus(gp3Cost.div(price.gp2.mul(sizeGib)));
  const share = shareAt(steady);
  if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };

  const costs = monthlyCosts(volume, view, (kind) => kind === METER);
  const cost = effectiveMonthly(costs);
  const savings = rangeOf(cost.mul(shareAt(burst)), cost.mul(share), cost.mul(shareAt(bare)));
  return {
    kind: 'finding',
    evidence: {
      sizeGib: String(sizeGib),
      gp2Iops,
      targetIops: iops,
      targetThroughputMibps: steadyMibps,
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(cost),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      burstThroughput: exact(savings.low).lt(savings.expected),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('storage', costs),
  };
}
