import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { regionalQuestions } from '../shared/regional-prices.ts';
import { gigabytesOf, movedCost, S3_STANDARD, s3Price, storedGigabytes } from '../shared/storage-class.ts';

/** Intelligent-Tiering: bytes by tier, and a fee for each object that it watches (S3 billing codes, read 2026-11). */
const BYTES = /^TimedStorage-INT-[A-Z]+-ByteHrs$/;
const FREQUENT = 'TimedStorage-INT-FA-ByteHrs';
const MONITORING = 'Monitoring-Automation-INT';
const PRICES = { frequent: s3Price(FREQUENT), standard: s3Price(S3_STANDARD) };

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('Tiering costs at least this much a month more than Standard would, in the currency of the bill.'),
});

const evidence = z.strictObject({
  storedGigabytes,
  monitoringCost: z.string().describe('What watching the objects costs a month.'),
  targetMonthlyCost: z.string().describe('What the same bytes would cost in Standard.'),
  monthlyCost,
  monthlySavings,
});

export type S3BucketTieringUnprofitableEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<S3BucketTieringUnprofitableEvidence> | Priced<keyof typeof PRICES, S3BucketTieringUnprofitableEvidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.s3, meterKind, usageQuantity, billedCost });
const bucket = exampleResource({
  resourceId: 'order-events',
  resourceType: 'S3Bucket',
  // 900 GB for a day of November, and 60 million small objects.
  lines: [
    ...line(FREQUENT, '27', '0.675'),
    ...line('TimedStorage-INT-IA-ByteHrs', '3', '0.0414'),
    ...line(MONITORING, '2000000', '5'),
  ],
});

/** Objects that are small, or gone before 30 days, are watched for nothing. They may still age into a cheaper tier: `low` is nothing. */
export const s3BucketTieringUnprofitable = defineDetector({
  id: 's3-bucket-tiering-unprofitable',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST06-BP01', 'COST10-BP02'],
  resourceType: 'S3Bucket',
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
    subject: bucket,
    view: viewOf(
      exampleSnapshot({
        resources: [bucket],
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { frequent: '0.025', standard: '0.025' }),
      }),
    ),
    evidence: {
      storedGigabytes: '900',
      monitoringCost: '152.083333',
      targetMonthlyCost: '22.5',
      monthlyCost: '173.575333',
      monthlySavings: '151.075333',
    },
  },
  pricesNeeded: (bucket, context) => questionsOf(examine(bucket, context)),
  evaluate: (bucket, context) => concluded(examine(bucket, context), context.view),
});

function examine(bucket: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const costs = monthlyCosts(bucket, view, (kind) => BYTES.test(kind) || kind === MONITORING);
  const monitoring = effectiveMonthly(costs.filter(({ meterKind }) => meterKind === MONITORING));
  if (monitoring.lte(0)) return { kind: 'healthy' };
  const byAge = answerByAge(bucket, view, limits.lookbackDays);
  if (byAge) return byAge;
  const questions = regionalQuestions(bucket.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const bytes = costs.filter(({ meterKind }) => meterKind !== MONITORING);
      const frequent = costs.filter(({ meterKind }) => meterKind === FREQUENT);
      const seen = { cost: effectiveMonthly(frequent), bytes: unitsMonthly(frequent), list: price.frequent };
      const cost = effectiveMonthly(costs);
      const target = movedCost(unitsMonthly(bytes), price.standard, seen);
      const savings = cost.minus(target);
      if (savings.lte(0) || savings.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
      return {
        kind: 'finding',
        evidence: {
          storedGigabytes: gigabytesOf(bytes),
          monitoringCost: amountOf(monitoring),
          targetMonthlyCost: amountOf(target),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(savings),
        },
        savings: rangeOf(cost.mul(0), savings, savings),
        confidence: confidenceOf(0.9, { billOnly: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
