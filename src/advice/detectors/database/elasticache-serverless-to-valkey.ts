import { z } from 'zod';
import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { type CheaperHoursEvidence, cheaperHours, cheaperHoursEvidence, type HoursMove } from '../shared/cheaper-hours.ts';
import { answerByAge, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { notApplicable } from '../shared/purpose.ts';

/**
 * A serverless cache is billed by what it stores and what it is asked, each with its engine in the usage type: price list of AmazonElastiCache and bill
 * lines ("USE1-CachedData:Redis", "ElastiCacheProcessingUnits:Valkey"), read 2026-11. In us-east-1 they have a prefix too.
 */
const METERS = ['CachedData', 'ElastiCacheProcessingUnits'] as const;
const WORDS = { CachedData: 'data', ElastiCacheProcessingUnits: 'requests' } as const;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(60)
    .default(1)
    .describe('The same data and requests cost less with Valkey by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const cache = exampleResource({
  resourceId: 'arn:aws:elasticache:ap-northeast-1:111122223333:serverlesscache:basket',
  resourceType: 'ElastiCacheCluster',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...dailyLines({
      serviceName: SERVICE.elastiCache,
      meterKind: 'CachedData:Redis',
      usageQuantity: '120',
      billedCost: '18',
    }),
    ...dailyLines({
      serviceName: SERVICE.elastiCache,
      meterKind: 'ElastiCacheProcessingUnits:Redis',
      usageQuantity: '500000000',
      billedCost: '2.05',
    }),
  ],
});
const examplePrice = (kind: string, amountPerUnit: string) => {
  const question = priceIn('ap-northeast-1', kind);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'GB-Hours', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

/** By list price; the smallest amount that is billed is lower with Valkey too, which is left out: a small cache saves more. */
export const elasticacheServerlessToValkey = defineDetector({
  id: 'elasticache-serverless-to-valkey',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST05-BP04', 'COST10-BP02'],
  resourceType: 'ElastiCacheCluster',
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
  evidence: cheaperHoursEvidence,
  example: {
    subject: cache,
    view: viewOf(
      exampleSnapshot({
        resources: [cache],
        prices: [
          examplePrice('CachedData:Redis', '0.15'),
          examplePrice('CachedData:Valkey', '0.1'),
          examplePrice('ElastiCacheProcessingUnits:Redis', '0.0000000041'),
          examplePrice('ElastiCacheProcessingUnits:Valkey', '0.0000000028'),
        ],
      }),
    ),
    evidence: {
      instanceType: 'Redis OSS Serverless (data), Redis OSS Serverless (requests)',
      targetType: 'Valkey Serverless (data), Valkey Serverless (requests)',
      savingsPercent: '33.2',
      monthlyCost: '609.854167',
      monthlySavings: '202.270833',
    },
  },
  pricesNeeded: (cache, context) => questionsOf(examine(cache, context)),
  evaluate: (cache, context) => concluded(examine(cache, context), context.view),
});

function examine(cache: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const { start } = judgedPeriod(view, limits.lookbackDays);
  const kinds = new Set(cache.lines.filter(({ day }) => day >= start).map(({ meterKind }) => meterKind));
  if (!kinds.values().some((kind) => METERS.some((meter) => kind.startsWith(`${meter}:`)))) return notApplicable('notServerless');
  const byAge = answerByAge(cache, view, limits.lookbackDays);
  if (byAge) return byAge;
  const moves: HoursMove[] = [];
  for (const meter of METERS.filter((name) => kinds.has(`${name}:Redis`))) {
    const [now, then] = [priceIn(cache.regionId, `${meter}:Redis`), priceIn(cache.regionId, `${meter}:Valkey`)];
    if (!now || !then) return { kind: 'unknown', missing: ['regionPrefix'] };
    moves.push({
      meterKind: `${meter}:Redis`,
      current: { name: `Redis OSS Serverless (${WORDS[meter]})`, price: now },
      target: { name: `Valkey Serverless (${WORDS[meter]})`, price: then, meterKind: `${meter}:Valkey` },
    });
  }
  if (moves.length === 0) return { kind: 'healthy' };
  return cheaperHours(cache, moves, { view, thresholds: limits, otherProduct: 'cacheEngine' });
}

function priceIn(regionId: string, kind: string): PriceQuestion | undefined {
  const usagetype = regionId === 'us-east-1' ? `USE1-${kind}` : usageTypeOf({ kind, regionId });
  if (usagetype === undefined) return undefined;
  return { serviceCode: 'AmazonElastiCache', regionId, attributes: { usagetype }, term: 'onDemand' };
}
