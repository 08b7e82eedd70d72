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
 * x86 families and the Graviton family with the same vCPUs and memory at the same size (ElastiCache guide, "Supported node types", and the attribute
 * `memory` of the price list, read 2026-11: cache.m5.large and m6g 6.38 GiB, r5 and r6g 13.07, t3.small and t4g 1.37). AWS runs the engine, so the
 * processor is no question for the application.
 */
const GRAVITON_FAMILY: ReadonlyMap<string, string> = new Map([
  ['t3', 't4g'],
  ['m5', 'm6g'],
  ['r5', 'r6g'],
]);
const SAME_SIZES = /^(micro|small|medium|large|xlarge|[24]xlarge|12xlarge)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The Graviton node is cheaper an hour by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const node = exampleResource({
  resourceId: 'arn:aws:elasticache:ap-northeast-1:111122223333:cluster:ranking-001',
  resourceType: 'ElastiCacheCluster',
  operation: 'CreateCacheCluster:Valkey',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.elastiCache,
    meterKind: 'NodeUsage:cache.m5.large',
    usageQuantity: '24',
    billedCost: '3.8208',
  }),
});
const priceOf = (nodeType: string, amountPerUnit: string) => {
  const question = cachePrice('ap-northeast-1', nodeType, 'Valkey');
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

export const elasticacheNodeGraviton = defineDetector({
  id: 'elasticache-node-graviton',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'ElastiCacheCluster',
  actionType: 'MigrateToGraviton',
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
    view: viewOf(
      exampleSnapshot({
        resources: [node],
        prices: [priceOf('cache.m5.large', '0.1592'), priceOf('cache.m6g.large', '0.1496')],
      }),
    ),
    evidence: {
      instanceType: 'cache.m5.large',
      targetType: 'cache.m6g.large',
      savingsPercent: '6',
      monthlyCost: '116.216',
      monthlySavings: '7.008',
    },
  },
  pricesNeeded: (node, context) => questionsOf(examine(node, context)),
  evaluate: (node, context) => concluded(examine(node, context), context.view),
});

function examine(node: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  return cheaperCacheNode(node, { view, thresholds: limits, targetOf: gravitonOf });
}

/** undefined: no x86 family that has a twin. null: one whose size the twin does not have. */
function gravitonOf(nodeType: string): string | null | undefined {
  const [, family = '', size = ''] = nodeType.split('.');
  const twin = GRAVITON_FAMILY.get(family);
  if (twin === undefined) return undefined;
  return SAME_SIZES.test(size) ? `cache.${twin}.${size}` : null;
}
