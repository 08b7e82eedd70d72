import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, type MeterCost, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { isTableStorage, isThroughput } from '../shared/dynamodb.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(60)
    .default(10)
    .describe('Storage and requests of the table cost less in the other class by at least this share.'),
});

const evidence = z.strictObject({
  storageGb: z.string().describe('Data of the table and its indexes, in GB.'),
  storageMonthlyCost: z.string().describe('What the data costs in a month of 730 hours today.'),
  throughputMonthlyCost: z.string().describe('What reads and writes cost in a month of 730 hours today.'),
  savingsPercent: z.string().describe('How much less storage and requests cost together in Standard-IA.'),
  monthlyCost,
  monthlySavings,
});

export type DynamodbStandardInfrequentAccessEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<DynamodbStandardInfrequentAccessEvidence> | Priced<string, DynamodbStandardInfrequentAccessEvidence>;

const table = exampleResource({
  resourceId: 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/order-history',
  resourceType: 'DynamoDBTable',
  tags: [{ key: 'System', value: 'order' }],
  // 1,500 GB for a day of November.
  lines: [
    ...dailyLines({
      serviceName: SERVICE.dynamoDb,
      meterKind: 'TimedStorage-ByteHrs',
      usageQuantity: '50',
      billedCost: '14.25',
    }),
    ...dailyLines({
      serviceName: SERVICE.dynamoDb,
      meterKind: 'WriteRequestUnits',
      usageQuantity: '2000000',
      billedCost: '1.43',
    }),
  ],
});
const examplePrice = (kind: string, amountPerUnit: string) => {
  const question = priceIn('ap-northeast-1', kind);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'GB-Mo', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

/**
 * Standard-IA stores for about 60 % less and takes about 25 % more for each request (developer guide, "Considerations when choosing a table class", read
 * 2026-11). What the table costs today is the bill's; its list price begins with a free tier and cannot be asked. What it would cost is the other
 * class's list price, without a tier. So the two are compared only where both are AWS's own US dollars, and a discount that the bill has makes the saving smaller.
 */
export const dynamodbStandardInfrequentAccess = defineDetector({
  id: 'dynamodb-standard-infrequent-access',
  revision: 1,
  category: 'database',
  bestPractices: ['COST05-BP05', 'COST05-BP06', 'COST07-BP01'],
  resourceType: 'DynamoDBTable',
  actionType: 'Upgrade',
  effort: 'VeryLow',
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
    subject: table,
    view: viewOf(
      exampleSnapshot({
        resources: [table],
        prices: [examplePrice('TimedStorage-ByteHrs', '0.114'), examplePrice('WriteRequestUnits', '0.00000089')],
      }),
    ),
    evidence: {
      storageGb: '1500',
      storageMonthlyCost: '427.5',
      throughputMonthlyCost: '43.495833',
      savingsPercent: '52.2',
      monthlyCost: '470.995833',
      monthlySavings: '245.854166',
    },
  },
  pricesNeeded: (table, context) => questionsOf(examine(table, context)),
  evaluate: (table, context) => concluded(examine(table, context), context.view),
});

function examine(table: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const costs = monthlyCosts(table, view, (kind) => isTableStorage(kind) || isThroughput(kind));
  const storage = costs.filter(({ meterKind }) => isTableStorage(meterKind));
  if (effectiveMonthly(storage).lte(0) || costs.some(({ meterKind }) => meterKind.startsWith('IA-'))) return { kind: 'healthy' };
  const byAge = answerByAge(table, view, limits.lookbackDays);
  if (byAge) return byAge;
  // Reserved capacity is of the class Standard alone.
  if (costs.some(({ coveredBy }) => coveredBy === 'reservation')) return notApplicable('reserved');
  if (view.snapshot.priceView !== 'awsBilled' || view.snapshot.currency !== 'USD') {
    return { kind: 'unknown', missing: ['otherCurrency'] };
  }
  const questions: Record<string, PriceQuestion> = {};
  for (const { meterKind } of costs) {
    const question = priceIn(table.regionId, meterKind);
    if (!question) return { kind: 'unknown', missing: ['regionPrefix'] };
    questions[meterKind] = question;
  }
  return { kind: 'priced', questions, conclude: (price) => conclude({ costs, storage }, price, { thresholds: limits, view }) };
}

/** The same usage in the other class. */
function priceIn(regionId: string, meterKind: string): PriceQuestion | undefined {
  const usagetype = usageTypeOf({ kind: `IA-${meterKind}`, regionId });
  return usagetype === undefined
    ? undefined
    : { serviceCode: 'AmazonDynamoDB', regionId, attributes: { usagetype }, term: 'onDemand' };
}

function conclude(
  { costs, storage }: { readonly costs: readonly MeterCost[]; readonly storage: readonly MeterCost[] },
  price: Readonly<Record<string, Exact>>,
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<DynamodbStandardInfrequentAccessEvidence> {
  const throughput = costs.filter((cost) => !storage.includes(cost));
  const saved = (items: readonly MeterCost[]): Exact =>
    items.reduce(
      (sum, item) => sum.plus(item.effectiveMonthly).minus(item.unitsMonthly.mul(price[item.meterKind] ?? 0)),
      new Exact(0),
    );
  const [onStorage, onThroughput] = [saved(storage), saved(throughput)];
  const cost = effectiveMonthly(costs);
  const total = onStorage.plus(onThroughput);
  if (total.lte(0) || total.div(cost).mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
  // With twice the requests, and with none.
  const savings = rangeOf(onStorage.plus(onThroughput.mul(2)), total, Exact.max(onStorage, total));
  return {
    kind: 'finding',
    evidence: {
      storageGb: storage.reduce((sum, item) => sum.plus(item.unitsMonthly), new Exact(0)).toFixed(0),
      storageMonthlyCost: amountOf(effectiveMonthly(storage)),
      throughputMonthlyCost: amountOf(effectiveMonthly(throughput)),
      savingsPercent: total.div(cost).mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(cost),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.95, { usageVaries: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
    priceBasis: 'list',
    effect: effectOn('storage', costs),
  };
}
