import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { regionalQuestions } from '../shared/regional-prices.ts';
import { gigabytesOf, S3_STANDARD, s3Price, savingsPercent, storedGigabytes } from '../shared/storage-class.ts';

const STORAGE = 'TimedStorage-RRS-ByteHrs';
const PRICES = { reduced: s3Price(STORAGE), standard: s3Price(S3_STANDARD) };

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(0.5)
    .describe('Standard is cheaper by at least this share of the list price.'),
});

const evidence = z.strictObject({ storedGigabytes, savingsPercent, monthlyCost, monthlySavings });

export type S3BucketReducedRedundancyEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<S3BucketReducedRedundancyEvidence> | Priced<keyof typeof PRICES, S3BucketReducedRedundancyEvidence>;

const bucket = exampleResource({
  resourceId: 'order-thumbnails',
  resourceType: 'S3Bucket',
  // 6,000 GB for a day of November.
  lines: dailyLines({ serviceName: SERVICE.s3, meterKind: STORAGE, usageQuantity: '200', billedCost: '5.28' }),
});

/** Once the cheaper class, today the dearer one and the one that loses objects: only the price list decides. */
export const s3BucketReducedRedundancy = defineDetector({
  id: 's3-bucket-reduced-redundancy',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST01-BP07', 'COST10-BP02'],
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
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { reduced: '0.0264', standard: '0.025' }),
      }),
    ),
    evidence: { storedGigabytes: '6000', savingsPercent: '5.3', monthlyCost: '158.4', monthlySavings: '8.4' },
  },
  pricesNeeded: (bucket, context) => questionsOf(examine(bucket, context)),
  evaluate: (bucket, context) => concluded(examine(bucket, context), context.view),
});

function examine(bucket: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const costs = monthlyCosts(bucket, view, (kind) => kind === STORAGE);
  const cost = effectiveMonthly(costs);
  if (cost.lte(0)) return { kind: 'healthy' };
  const byAge = answerByAge(bucket, view, limits.lookbackDays);
  if (byAge) return byAge;
  const questions = regionalQuestions(bucket.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const share = new Exact(1).minus(price.standard.div(price.reduced));
      if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
      return {
        kind: 'finding',
        evidence: {
          storedGigabytes: gigabytesOf(costs),
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(cost.mul(share)),
        },
        savings: sameRange(cost.mul(share)),
        confidence: confidenceOf(0.97, { shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
