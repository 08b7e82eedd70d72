import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { cacheEngineOf, cacheNodeTypesOf, cachePrice } from '../shared/cache-nodes.ts';
import { type CheaperHoursEvidence, cheaperHours, cheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { answerByAge, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The same node costs less an hour with Valkey by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const node = exampleResource({
  resourceId: 'arn:aws:elasticache:ap-northeast-1:111122223333:cluster:session-001',
  resourceType: 'ElastiCacheCluster',
  operation: 'CreateCacheCluster:0002',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.elastiCache,
    meterKind: 'NodeUsage:cache.r6g.large',
    usageQuantity: '24',
    billedCost: '5.928',
  }),
});
const priceOf = (engine: 'Redis' | 'Valkey', amountPerUnit: string) => {
  const question = cachePrice('ap-northeast-1', 'cache.r6g.large', engine);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

/**
 * Valkey speaks the protocol of Redis OSS, takes over its data in place, and its nodes are 20 % cheaper by list price. Serverless caches are billed by
 * other units and are left out; so are reserved nodes, whose reservation covers Valkey too.
 */
export const elasticacheRedisToValkey = defineDetector({
  id: 'elasticache-redis-to-valkey',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST05-BP04', 'COST10-BP02'],
  resourceType: 'ElastiCacheCluster',
  actionType: 'Upgrade',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: cheaperHoursEvidence,
  example: {
    subject: node,
    view: viewOf(exampleSnapshot({ resources: [node], prices: [priceOf('Redis', '0.247'), priceOf('Valkey', '0.1976')] })),
    evidence: {
      instanceType: 'cache.r6g.large (Redis OSS)',
      targetType: 'cache.r6g.large (Valkey)',
      savingsPercent: '20',
      monthlyCost: '180.31',
      monthlySavings: '36.062',
    },
  },
  pricesNeeded: (node, context) => questionsOf(examine(node, context)),
  evaluate: (node, context) => concluded(examine(node, context), context.view),
});

function examine(node: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const types = cacheNodeTypesOf(node, view, limits.lookbackDays);
  const current = types.at(-1);
  if (current === undefined) return notApplicable('noInstanceHours');
  const byAge = answerByAge(node, view, limits.lookbackDays);
  if (byAge) return byAge;
  const engine = cacheEngineOf(node);
  if (engine === undefined) return { kind: 'unknown', missing: ['cacheEngine'] };
  if (engine !== 'Redis') return { kind: 'healthy' };
  const [redis, valkey] = [cachePrice(node.regionId, current, 'Redis'), cachePrice(node.regionId, current, 'Valkey')];
  if (!redis || !valkey) return { kind: 'unknown', missing: ['regionPrefix'] };
  const meterKind = `NodeUsage:${current}`;
  const move = {
    meterKind,
    current: { name: `${current} (Redis OSS)`, price: redis },
    target: { name: `${current} (Valkey)`, price: valkey, meterKind },
  };
  return cheaperHours(node, [move], { view, thresholds: limits, otherProduct: 'cacheEngine' });
}
