import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { answerByAge, answerByHistory, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';
import { storedByDay } from '../shared/stored.ts';

/**
 * Parts of uploads to Glacier classes that nobody completed, at the price of Standard (S3 user guide, "Understanding your AWS billing and usage
 * reports", note on CreateMultipartUpload, read 2026-11). Parts of uploads to Standard look like any object there, so the bill does not tell them.
 */
const STAGING = /^TimedStorage-(GlacierStaging|GDA-Staging)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 10),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('At least this much a month goes, in the currency of the bill.'),
});

const evidence = z.strictObject({
  stagedGigabytes: z.string().describe('GB of unfinished uploads that were there on each judged day.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type S3BucketStagingLeftEvidence = z.infer<typeof evidence>;

const bucket = exampleResource({
  resourceId: 'order-backup',
  resourceType: 'S3Bucket',
  tags: [{ key: 'System', value: 'order' }],
  // 600 GB for a day of November.
  lines: dailyLines({
    serviceName: SERVICE.s3,
    meterKind: 'TimedStorage-GDA-Staging',
    usageQuantity: '20',
    billedCost: '0.5',
  }),
});

/** Uploads take hours, not weeks: what was there on every day of the look-back is left over. */
export const s3BucketStagingLeft = defineDetector({
  id: 's3-bucket-staging-left',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST04-BP05', 'COST04-BP04'],
  resourceType: 'S3Bucket',
  actionType: 'Delete',
  effort: 'VeryLow',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: bucket,
    view: viewOf(exampleSnapshot({ resources: [bucket] })),
    evidence: { stagedGigabytes: '600', settledDays: 11, monthlyCost: '15', monthlySavings: '15' },
  },
  evaluate,
});

function evaluate(
  bucket: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<S3BucketStagingLeftEvidence> {
  const costs = monthlyCosts(bucket, view, (kind) => STAGING.test(kind));
  const cost = effectiveMonthly(costs);
  if (cost.lte(0)) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(bucket, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(bucket, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const stored = storedByDay(bucket, view, limits.lookbackDays, (kind) => STAGING.test(kind));
  const least = Exact.min(...stored);
  const mean = stored.reduce((sum, gigabytes) => sum.plus(gigabytes), new Exact(0)).div(stored.length);
  const left = least.lte(0) ? least : cost.mul(least).div(mean);
  if (left.lte(0) || left.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      stagedGigabytes: least.toDecimalPlaces(1).toFixed(),
      settledDays: stored.length,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(left),
    },
    savings: rangeOf(cost.mul(0), left, cost),
    confidence: confidenceOf(0.95, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(bucket, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    // Not 'storage': what lies in the bucket for good stays.
    effect: effectOn('traffic', costs),
  };
}
