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
 * x86 families of OpenSearch Service and the Graviton family with the same vCPUs and memory at the same size ("Supported instance types", developer
 * guide, read 2026-11). AWS runs the engine, so the processor is no question for the application; the version is: Elasticsearch 7.9 or OpenSearch.
 */
const GRAVITON_FAMILY: ReadonlyMap<string, string> = new Map([
  ['m5', 'm6g'],
  ['c5', 'c6g'],
  ['r5', 'r6g'],
]);
const SAME_SIZES = /^(large|xlarge|[24]xlarge|12xlarge)$/;
const HOURS = /^ESInstance:(([a-z]+\d[a-z]*)\.(.+))$/;

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
  const question = instancePrice('ap-northeast-1', instanceType);
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

/** Data nodes and dedicated masters are billed alike, each type on its own line: every one is looked at. */
function examine(domain: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const { start } = judgedPeriod(view, limits.lookbackDays);
  const kinds = [...new Set(domain.lines.filter(({ day }) => day >= start).map(({ meterKind }) => meterKind))];
  const types = kinds.flatMap((kind) => HOURS.exec(kind)?.[1] ?? []).sort();
  if (types.length === 0) return notApplicable('noInstanceHours');
  const byAge = answerByAge(domain, view, limits.lookbackDays);
  if (byAge) return byAge;
  const moves: HoursMove[] = [];
  for (const type of types) {
    const target = gravitonOf(type);
    if (target === null) continue;
    const [now, then] = [instancePrice(domain.regionId, type), instancePrice(domain.regionId, target)];
    if (!now || !then) return { kind: 'unknown', missing: ['regionPrefix'] };
    moves.push({
      meterKind: `ESInstance:${type}`,
      current: { name: `${type}.search`, price: now },
      target: { name: `${target}.search`, price: then, meterKind: `ESInstance:${target}` },
    });
  }
  if (moves.length === 0) return { kind: 'healthy' };
  return cheaperHours(domain, moves, { view, thresholds: limits, otherProduct: 'platform' });
}

function gravitonOf(instanceType: string): string | null {
  const [, , family = '', size = ''] = HOURS.exec(`ESInstance:${instanceType}`) ?? [];
  const twin = GRAVITON_FAMILY.get(family);
  return twin !== undefined && SAME_SIZES.test(size) ? `${twin}.${size}` : null;
}

function instancePrice(regionId: string, instanceType: string): PriceQuestion | undefined {
  const usagetype = usageTypeOf({ kind: `ESInstance:${instanceType}`, regionId });
  return usagetype === undefined ? undefined : { serviceCode: 'AmazonES', regionId, attributes: { usagetype }, term: 'onDemand' };
}
