import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
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
import { isCritical, notApplicable } from '../shared/purpose.ts';
import { ebsPrice, regionalQuestions } from '../shared/regional-prices.ts';

/** "piops" is io1 (EBS user guide, "Understand codes for Amazon EBS in billing and usage reports", read 2026-11). */
const STORAGE = 'EBS:VolumeUsage.piops';
const OPERATIONS = 'EBS:VolumeP-IOPS.piops';
/** Up to 32,000 operations, io1 moves 256 KiB with each and at most 500 MiB/s (EBS user guide, "Provisioned IOPS SSD volumes", read 2026-11). */
const MIBPS_PER_IOPS = 0.25;
const MOST_MIBPS = 500;
const PRICES = {
  io1: ebsPrice(STORAGE, 'io1'),
  io1Iops: ebsPrice(OPERATIONS, 'io1'),
  gp3: ebsPrice('EBS:VolumeUsage.gp3', 'gp3'),
  iops: ebsPrice('EBS:VolumeP-IOPS.gp3', 'gp3'),
  throughput: ebsPrice('EBS:VolumeP-Throughput.gp3', 'gp3'),
};

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(90)
    .default(5)
    .describe('gp3 with the same operations and throughput is cheaper by at least this share of the list price.'),
  maximumIops: z
    .int()
    .min(3_000)
    .max(32_000)
    .default(16_000)
    .describe('Volumes with more provisioned operations a second are left alone: who buys that many means it.'),
});

const evidence = z.strictObject({
  sizeGib: z.string().describe('Provisioned size in GiB.'),
  provisionedIops: z.int().describe('I/O operations a second that are paid for today.'),
  targetIops: z.int().describe('I/O operations a second to set on gp3 (3,000 are included).'),
  targetThroughputMibps: z.int().describe('Throughput to set on gp3, in MiB/s (125 are included).'),
  savingsPercent: z.string().describe('How much less gp3 costs with the same performance, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type EbsVolumeIo1Evidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<EbsVolumeIo1Evidence> | Priced<keyof typeof PRICES, EbsVolumeIo1Evidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });
const volume = exampleResource({
  resourceId: 'vol-0123456789abcdef2',
  resourceType: 'EbsVolume',
  // 300 GiB and 6,000 operations a second for a day of November.
  lines: [...line(STORAGE, '10', '1.42'), ...line(OPERATIONS, '200', '14.8')],
});

/** What io1 gives is bought again on gp3 and paid for in `expected`; `high` leaves out the throughput, which few use. */
export const ebsVolumeIo1 = defineDetector({
  id: 'ebs-volume-io1',
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
          io1: '0.142',
          io1Iops: '0.074',
          gp3: '0.096',
          iops: '0.006',
          throughput: '49.152',
        }),
      }),
    ),
    evidence: {
      sizeGib: '300',
      provisionedIops: 6000,
      targetIops: 6000,
      targetThroughputMibps: 500,
      savingsPercent: '86.7',
      monthlyCost: '486.6',
      monthlySavings: '421.8',
    },
  },
  pricesNeeded: (volume, context) => questionsOf(examine(volume, context)),
  evaluate: (volume, context) => concluded(examine(volume, context), context.view),
});

function examine(volume: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const sizeGib = Math.round(unitsMonthly(monthlyCosts(volume, view, (kind) => kind === STORAGE)).toNumber());
  if (sizeGib === 0) return { kind: 'healthy' };
  const byAge = answerByAge(volume, view, limits.lookbackDays);
  if (byAge) return byAge;
  const iops = Math.round(unitsMonthly(monthlyCosts(volume, view, (kind) => kind === OPERATIONS)).toNumber());
  if (iops > limits.maximumIops) return notApplicable('moreIopsThanAllowed');
  const questions = regionalQuestions(volume.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const throughputMibps = Math.max(GP3_THROUGHPUT_MIBPS, Math.min(MOST_MIBPS, Math.floor(iops * MIBPS_PER_IOPS)));
      const today = price.io1.mul(sizeGib).plus(price.io1Iops.mul(iops));
      const shareAt = (mibps: number): Exact =>
        new Exact(1).minus(gp3Monthly(price, { sizeGib, iops, throughputMibps: mibps }).div(today));
      const share = shareAt(throughputMibps);
      if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };

      const costs = monthlyCosts(volume, view, (kind) => kind === STORAGE || kind === OPERATIONS);
      const cost = effectiveMonthly(costs);
      return {
        kind: 'finding',
        evidence: {
          sizeGib: String(sizeGib),
          provisionedIops: iops,
          targetIops: Math.max(GP3_IOPS, iops),
          targetThroughputMibps: throughputMibps,
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(cost.mul(share)),
        },
        savings: rangeOf(cost.mul(share), cost.mul(share), cost.mul(shareAt(GP3_THROUGHPUT_MIBPS))),
        confidence: confidenceOf(0.95, {
          criticalWorkload: isCritical(volume, view),
          steadyLatency: true,
          shortHistory: isHistoryShort(view, limits.lookbackDays),
        }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
