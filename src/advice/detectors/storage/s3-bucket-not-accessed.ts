import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
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
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { regionalQuestions } from '../shared/regional-prices.ts';
import { gigabytesOf, S3_STANDARD, s3Price, savingsPercent, storedGigabytes } from '../shared/storage-class.ts';

const STORAGE = /^(TimedStorage-|EarlyDelete-)/;
/** Reads, writes and lists of any class; looking at a bucket's settings counts too, which tools do every day. */
const REQUESTS = /^Requests-/;
const PRICES = { standard: s3Price(S3_STANDARD), infrequent: s3Price('TimedStorage-SIA-ByteHrs') };

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumRequestsPerDay: z
    .number()
    .min(0)
    .max(10_000)
    .default(100)
    .describe(
      'Requests a day of any kind, on average over the look-back, stay below this: tools that look at settings make some.',
    ),
  minimumGigabytes: z.number().min(1).max(1_000_000).default(50).describe('The bucket holds at least this many GB.'),
});

const evidence = z.strictObject({
  storedGigabytes,
  requestsPerDay: z.string().describe('Requests a day of any kind, on average over the look-back.'),
  maximumRequestsPerDay: z.string().describe('The limit for them.'),
  settledDays,
  savingsPercent,
  monthlyCost,
  monthlySavings,
});

export type S3BucketNotAccessedEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<S3BucketNotAccessedEvidence> | Priced<keyof typeof PRICES, S3BucketNotAccessedEvidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.s3, meterKind, usageQuantity, billedCost });
const bucket = exampleResource({
  resourceId: 'order-archive',
  resourceType: 'S3Bucket',
  // 3,000 GB for a day of November.
  lines: [...line(S3_STANDARD, '100', '2.5'), ...line('Requests-Tier2', '24', '0')],
});

/**
 * Everything in Standard, and nobody asks for it. Standard-IA answers as fast and charges for what is read, for 30 days and 128 KiB at least;
 * object sizes are not on the bill, so `low` is nothing. Colder classes save more, but only people know how fast the data must be back.
 */
export const s3BucketNotAccessed = defineDetector({
  id: 's3-bucket-not-accessed',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST06-BP02', 'COST04-BP05', 'COST10-BP02'],
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
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { standard: '0.025', infrequent: '0.0138' }),
      }),
    ),
    evidence: {
      storedGigabytes: '3000',
      requestsPerDay: '24',
      maximumRequestsPerDay: '100',
      settledDays: 11,
      savingsPercent: '44.8',
      monthlyCost: '75',
      monthlySavings: '33.6',
    },
  },
  pricesNeeded: (bucket, context) => questionsOf(examine(bucket, context)),
  evaluate: (bucket, context) => concluded(examine(bucket, context), context.view),
});

function examine(bucket: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const early = answerByAge(bucket, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const costs = monthlyCosts(bucket, view, (kind) => STORAGE.test(kind));
  const isAllStandard = costs.length === 1 && costs[0]?.meterKind === S3_STANDARD;
  if (!isAllStandard || unitsMonthly(costs).lt(limits.minimumGigabytes)) return { kind: 'healthy' };
  const requests = dailyUsage(bucket, judgedPeriod(view, limits.lookbackDays), (kind) => REQUESTS.test(kind));
  const requestsPerDay = total(requests).div(requests.size);
  if (requestsPerDay.gte(limits.maximumRequestsPerDay)) return { kind: 'healthy' };
  const questions = regionalQuestions(bucket.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const share = new Exact(1).minus(price.infrequent.div(price.standard));
      if (share.lte(0)) return { kind: 'healthy' };
      const cost = effectiveMonthly(costs);
      return {
        kind: 'finding',
        evidence: {
          storedGigabytes: gigabytesOf(costs),
          requestsPerDay: requestsPerDay.toDecimalPlaces(1).toFixed(),
          maximumRequestsPerDay: String(limits.maximumRequestsPerDay),
          settledDays: requests.size,
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(cost.mul(share)),
        },
        savings: rangeOf(cost.mul(0), cost.mul(share), cost.mul(share)),
        confidence: confidenceOf(0.93, {
          billOnly: true,
          objectSizes: true,
          shortHistory: isHistoryShort(view, limits.lookbackDays),
        }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
