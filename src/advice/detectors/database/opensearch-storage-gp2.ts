import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';

/** "ES:GP2-Storage", "ES:GP3-Storage": price list of AmazonES (0.135 and 0.122 dollars a GB in us-east-1), read 2026-11. */
const METER = 'ES:GP2-Storage';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('gp3 is cheaper a GB by at least this share of the list price.'),
});

const evidence = z.strictObject({
  sizeGib: z.string().describe('Storage of all data nodes together, in GiB.'),
  savingsPercent: z.string().describe('How much less gp3 costs, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type OpensearchStorageGp2Evidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<OpensearchStorageGp2Evidence> | Priced<'gp2' | 'gp3', OpensearchStorageGp2Evidence>;

const domain = exampleResource({
  resourceId: 'arn:aws:es:ap-northeast-1:111122223333:domain/search',
  resourceType: 'OpenSearchDomain',
  tags: [{ key: 'System', value: 'order' }],
  // 600 GiB for a day of November.
  lines: dailyLines({ serviceName: SERVICE.openSearch, meterKind: METER, usageQuantity: '20', billedCost: '3.24' }),
});
const priceOf = (kind: string, amountPerUnit: string) => {
  const question = storagePrice('ap-northeast-1', kind);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'GB-Mo', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

/** gp3 includes at least what gp2 gave at the sizes that a data node has, so nothing is bought beside the GB; a larger node that bursts is the doubt. */
export const opensearchStorageGp2 = defineDetector({
  id: 'opensearch-storage-gp2',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'OpenSearchDomain',
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
    subject: domain,
    view: viewOf(
      exampleSnapshot({
        resources: [domain],
        prices: [priceOf('ES:GP2-Storage', '0.162'), priceOf('ES:GP3-Storage', '0.1464')],
      }),
    ),
    evidence: { sizeGib: '600', savingsPercent: '9.6', monthlyCost: '97.2', monthlySavings: '9.36' },
  },
  pricesNeeded: (domain, context) => questionsOf(examine(domain, context)),
  evaluate: (domain, context) => concluded(examine(domain, context), context.view),
});

function examine(domain: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const costs = monthlyCosts(domain, view, (kind) => kind === METER);
  const cost = effectiveMonthly(costs);
  if (cost.lte(0)) return { kind: 'healthy' };
  const byAge = answerByAge(domain, view, limits.lookbackDays);
  if (byAge) return byAge;
  const [gp2, gp3] = [storagePrice(domain.regionId, METER), storagePrice(domain.regionId, 'ES:GP3-Storage')];
  if (!gp2 || !gp3) return { kind: 'unknown', missing: ['regionPrefix'] };
  return {
    kind: 'priced',
    questions: { gp2, gp3 },
    conclude: (price) => {
      const share = new Exact(1).minus(price.gp3.div(price.gp2));
      if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
      const saved = cost.mul(share);
      const savings = rangeOf(new Exact(0), saved, saved);
      return {
        kind: 'finding',
        evidence: {
          sizeGib: unitsMonthly(costs).toFixed(0),
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: savings.expected,
        },
        savings,
        confidence: confidenceOf(0.97, { burstThroughput: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}

function storagePrice(regionId: string, kind: string): PriceQuestion | undefined {
  const usagetype = usageTypeOf({ kind, regionId });
  return usagetype === undefined ? undefined : { serviceCode: 'AmazonES', regionId, attributes: { usagetype }, term: 'onDemand' };
}
