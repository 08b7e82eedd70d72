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
 * Instance families that OpenSearch Service keeps for old domains only, and the x86 family of today with the same vCPUs and memory at the same size.
 * Not those with local disks (i2, i3, m3, r3, c3), whose place is another kind of storage. The usage type on the bill is "ESInstance:m4.large", without ".search"
 * (rates of Database Savings Plans of 2026-04 and price list of AmazonES, read 2026-11).
 */
const CURRENT_FAMILY: ReadonlyMap<string, string> = new Map([
  ['t2', 't3'],
  ['m4', 'm5'],
  ['c4', 'c5'],
  ['r4', 'r5'],
]);
const SAME_SIZES = /^(small|medium|large|xlarge|[24]xlarge)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The current instance type is cheaper an hour by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const domain = exampleResource({
  resourceId: 'arn:aws:es:ap-northeast-1:111122223333:domain/search',
  resourceType: 'OpenSearchDomain',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.openSearch,
    meterKind: 'ESInstance:m4.large',
    usageQuantity: '72',
    billedCost: '14.4',
  }),
});
const priceOf = (instanceType: string, amountPerUnit: string) => {
  const question = searchInstancePrice('ap-northeast-1', instanceType);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

export const opensearchInstancePreviousGeneration = defineDetector({
  id: 'opensearch-instance-previous-generation',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'OpenSearchDomain',
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
    subject: domain,
    view: viewOf(exampleSnapshot({ resources: [domain], prices: [priceOf('m4.large', '0.2'), priceOf('m5.large', '0.184')] })),
    evidence: {
      instanceType: 'm4.large.search',
      targetType: 'm5.large.search',
      savingsPercent: '8',
      monthlyCost: '438',
      monthlySavings: '35.04',
    },
  },
  pricesNeeded: (domain, context) => questionsOf(examine(domain, context)),
  evaluate: (domain, context) => concluded(examine(domain, context), context.view),
});

function examine(domain: ResourceSubject, context: Context): Examined {
  return cheaperSearchNodes(domain, context, (family, size) => {
    const target = CURRENT_FAMILY.get(family);
    return target !== undefined && SAME_SIZES.test(size) ? `${target}.${size}` : null;
  });
}
