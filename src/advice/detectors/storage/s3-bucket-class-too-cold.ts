import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, type MeterCost, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { paceOf } from '../shared/pace.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { regionalQuestions } from '../shared/regional-prices.ts';
import { movedCost, S3_STANDARD, s3Price, storedGigabytes } from '../shared/storage-class.ts';

/** What is charged beside the bytes: for going early, for being small, for being read. Requests are left out: they cost something in Standard too. */
const CLASSES = [
  { name: 'Standard-IA', code: 'SIA' },
  { name: 'One Zone-IA', code: 'ZIA' },
] as const;
type ColdClass = (typeof CLASSES)[number];
const bytesOf = ({ code }: ColdClass) => `TimedStorage-${code}-ByteHrs`;
const smallOf = ({ code }: ColdClass) => `TimedStorage-${code}-SmObjects`;
const penaltiesOf = ({ code }: ColdClass): readonly string[] => [
  `EarlyDelete-${code}`,
  `EarlyDelete-${code}-SmObjects`,
  `Retrieval-${code}`,
];
const pricesOf = (own: ColdClass) => ({ cold: s3Price(bytesOf(own)), standard: s3Price(S3_STANDARD) });

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('The colder class costs at least this much a month more than Standard would, in the currency of the bill.'),
});

const evidence = z.strictObject({
  storageClass: z.string().describe('The colder class.'),
  storedGigabytes,
  penaltyCost: z.string().describe('What early deletion, retrieval and small objects cost a month.'),
  targetMonthlyCost: z.string().describe('What the same bytes would cost in Standard.'),
  monthlyCost,
  monthlySavings,
});

export type S3BucketClassTooColdEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<S3BucketClassTooColdEvidence> | Priced<'cold' | 'standard', S3BucketClassTooColdEvidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.s3, meterKind, usageQuantity, billedCost });
const bucket = exampleResource({
  resourceId: 'order-reports',
  resourceType: 'S3Bucket',
  // 1,500 GB for a day of November, of which 200 GB are read and 20 GB-months go early.
  lines: [
    ...line('TimedStorage-SIA-ByteHrs', '50', '0.69'),
    ...line('Retrieval-SIA', '200', '2'),
    ...line('EarlyDelete-SIA', '20', '0.276'),
  ],
});

/**
 * In a steady state the bill tells it exactly: what the class costs with everything that it charges beside the bytes, against the same bytes in
 * Standard. Whether small objects are billed as their own bytes or as what is missing to 128 KiB, the bill does not say: `low` and `expected` count them as bytes.
 */
export const s3BucketClassTooCold = defineDetector({
  id: 's3-bucket-class-too-cold',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST06-BP01', 'COST06-BP02', 'COST10-BP02'],
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
        prices: examplePrices(regionalQuestions('ap-northeast-1', pricesOf(CLASSES[0])), { cold: '0.0138', standard: '0.025' }),
      }),
    ),
    evidence: {
      storageClass: 'Standard-IA',
      storedGigabytes: '1500',
      penaltyCost: '69.228333',
      targetMonthlyCost: '37.5',
      monthlyCost: '89.928333',
      monthlySavings: '52.428333',
    },
  },
  pricesNeeded: (bucket, context) => questionsOf(examine(bucket, context)),
  evaluate: (bucket, context) => concluded(examine(bucket, context), context.view),
});

function examine(bucket: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const own = dearest(bucket, view);
  if (own === null) return { kind: 'healthy' };
  const byAge = answerByAge(bucket, view, limits.lookbackDays);
  if (byAge) return byAge;
  const questions = regionalQuestions(bucket.regionId, pricesOf(own));
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const costs = costsOf(bucket, own, view);
      const stored = costs.filter(({ meterKind }) => meterKind === bytesOf(own));
      const small = costs.filter(({ meterKind }) => meterKind === smallOf(own));
      const seen = { cost: effectiveMonthly(stored), bytes: unitsMonthly(stored), list: price.cold };
      const inStandard = (bytes: Exact): Exact => movedCost(bytes, price.standard, seen);
      const cost = effectiveMonthly(costs);
      const careful = cost.minus(inStandard(seen.bytes.plus(unitsMonthly(small))));
      if (careful.lte(0) || careful.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
      const isPenalty = (kind: string): boolean => penaltiesOf(own).includes(kind);
      const penalties = effectiveMonthly(costs.filter(({ meterKind }) => isPenalty(meterKind)));
      const { least, most } = paceOf(bucket, limits.lookbackDays, view, isPenalty);
      return {
        kind: 'finding',
        evidence: {
          storageClass: own.name,
          storedGigabytes: seen.bytes.toDecimalPlaces(1).toFixed(),
          penaltyCost: amountOf(cost.minus(seen.cost)),
          targetMonthlyCost: amountOf(cost.minus(careful)),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(careful),
        },
        savings: rangeOf(
          careful.minus(penalties.mul(least)),
          careful,
          Exact.min(cost, cost.minus(inStandard(seen.bytes)).plus(penalties.mul(most))),
        ),
        confidence: confidenceOf(0.9, { billOnly: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}

function costsOf(bucket: ResourceSubject, own: ColdClass, view: SnapshotView): readonly MeterCost[] {
  const kinds = new Set([bytesOf(own), smallOf(own), ...penaltiesOf(own)]);
  return monthlyCosts(bucket, view, (kind) => kinds.has(kind));
}

/** The class with the highest charges beside its bytes; null where there are none. */
function dearest(bucket: ResourceSubject, view: SnapshotView): ColdClass | null {
  const beside = (own: ColdClass): Exact =>
    effectiveMonthly(costsOf(bucket, own, view).filter(({ meterKind }) => meterKind !== bytesOf(own)));
  const [first] = CLASSES.map((own) => ({ own, cost: beside(own) })).toSorted((a, b) => b.cost.cmp(a.cost));
  return first?.cost.gt(0) ? first.own : null;
}
