import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { type CheaperHoursEvidence, cheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { cheaperSearchNodes, searchInstancePrice } from '../shared/search-nodes.ts';

/**
 * x86 families of OpenSearch Service and the Graviton family with the same vCPUs and memory at the same size ("Supported instance types", developer
 * guide, read 2026-11). AWS runs the engine, so the processor is no question for the application; the version is: Elasticsearch 7.9 or OpenSearch.
 */
const GRAVITON_FAMILY: ReadonlyMap<string, string> = new Map([
  ['m5', 'm6g'],
  ['c5', 'c6g'],
  ['r5', 'r6g'],
]);
const SAME_SIZES = /^(large|xlarge|[24]xlarge|12xlarge)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The Graviton instance is cheaper an hour by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const domain = exampleResource({
  resourceId: 'arn:aws:es:ap-northeast-1:111122223333:domain/search',
  resourceType: 'OpenSearchDomain',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.openSearch,
    meterKind: 'ESInstance:m5.large',
    usageQuantity: '72',
    billedCost: '13.248',
  }),
});
const priceOf = (instanceType: string, amountPerUnit: string) => {
  const question = searchInstancePrice('ap-northeast-1', instanceType);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

export const opensearchInstanceGraviton = defineDetector({
  id: 'opensearch-instance-graviton',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'OpenSearchDomain',
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
    subject: domain,
    view: viewOf(exampleSnapshot({ resources: [domain], prices: [priceOf('m5.large', '0.184'), priceOf('m6g.large', '0.166')] })),
    evidence: {
      instanceType: 'm5.large.search',
      targetType: 'm6g.large.search',
      savingsPercent: '9.8',
      monthlyCost: '402.96',
      monthlySavings: '39.42',
    },
  },
  pricesNeeded: (domain, context) => questionsOf(examine(domain, context)),
  evaluate: (domain, context) => concluded(examine(domain, context), context.view),
});

function examine(domain: ResourceSubject, context: Context): Examined {
  return cheaperSearchNodes(domain, context, (family, size) => {
    const target = GRAVITON_FAMILY.get(family);
    return target !== undefined && SAME_SIZES.test(size) ? `${target}.${size}` : null;
  });
}
