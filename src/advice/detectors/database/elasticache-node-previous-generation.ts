import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { cachePrice } from '../shared/cache-nodes.ts';
import { cheaperCacheNode } from '../shared/cheaper-cache-node.ts';
import { type CheaperHoursEvidence, cheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';

/**
 * Families of earlier generations and the family of today in which the same size has nearly the same memory (ElastiCache guide, "Supported node types",
 * and the attribute `memory` of the price list, read 2026-11: cache.m4.large 6.42 GiB, m6g 6.38; r4.large 12.3, r6g 13.07; r3.large 13.5, r6g 13.07;
 * t2.micro 0.555, t4g 0.5). The engine is AWS's to run, so the processor (Graviton) is no question for the application.
 */
const CURRENT_FAMILY: ReadonlyMap<string, string> = new Map([
  ['t2', 't4g'],
  ['m3', 'm6g'],
  ['m4', 'm6g'],
  ['r3', 'r6g'],
  ['r4', 'r6g'],
]);
const SAME_SIZES = /^(micro|small|medium|large|xlarge|[248]xlarge|16xlarge)$/;
/** m3.medium has no size of its own in m6g; only the burstable families have a medium. */
const WITHOUT_TWIN = /^cache\.m3\.medium$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The current node type is cheaper an hour by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const node = exampleResource({
  resourceId: 'arn:aws:elasticache:ap-northeast-1:111122223333:cluster:page-cache',
  resourceType: 'ElastiCacheCluster',
  operation: 'CreateCacheCluster:0001',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.elastiCache,
    meterKind: 'NodeUsage:cache.m4.large',
    usageQuantity: '48',
    billedCost: '9.696',
  }),
});
const priceOf = (nodeType: string, amountPerUnit: string) => {
  const question = cachePrice('ap-northeast-1', nodeType, 'Memcached');
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

export const elasticacheNodePreviousGeneration = defineDetector({
  id: 'elasticache-node-previous-generation',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'ElastiCacheCluster',
  actionType: 'Upgrade',
  effort: 'Medium',
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
    view: viewOf(
      exampleSnapshot({
        resources: [node],
        prices: [priceOf('cache.m4.large', '0.202'), priceOf('cache.m6g.large', '0.187')],
      }),
    ),
    evidence: {
      instanceType: 'cache.m4.large',
      targetType: 'cache.m6g.large',
      savingsPercent: '7.4',
      monthlyCost: '294.92',
      monthlySavings: '21.9',
    },
  },
  pricesNeeded: (node, context) => questionsOf(examine(node, context)),
  evaluate: (node, context) => concluded(examine(node, context), context.view),
});

function examine(node: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  return cheaperCacheNode(node, { view, thresholds: limits, targetOf: currentEquivalent, doubts: { memoryNotMeasured: true } });
}

/** undefined: of a current generation. null: one whose size the current family does not have. */
function currentEquivalent(nodeType: string): string | null | undefined {
  const [, family = '', size = ''] = nodeType.split('.');
  const current = CURRENT_FAMILY.get(family);
  if (current === undefined) return undefined;
  return SAME_SIZES.test(size) && !WITHOUT_TWIN.test(nodeType) ? `cache.${current}.${size}` : null;
}
