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
import { isCritical } from '../shared/purpose.ts';
import { engineOf } from '../shared/rds.ts';

/**
 * gp3 on RDS for MySQL, MariaDB and PostgreSQL: below 400 GiB 3,000 operations a second and no more to buy; from there on four volumes, 12,000 included
 * and up to 64,000 for money ("Amazon RDS DB instance storage", user guide, read 2026-11). Usage types: price list of AmazonRDS, read 2026-11; a
 * second copy (Multi-AZ) has its own, at twice the price. io2 is bought for its latency and left alone.
 */
const STRIPED_FROM_GIB = 400;
const INCLUDED_IOPS = { small: 3_000, striped: 12_000 };
const MOST_IOPS = { small: 3_000, striped: 64_000 };
const IO1 = /^RDS:(Multi-AZ-)?PIOPS(-Storage)?$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(90)
    .default(5)
    .describe('gp3 with the same operations a second is cheaper by at least this share of the list price.'),
});

const evidence = z.strictObject({
  sizeGib: z.string().describe('Allocated storage in GiB.'),
  provisionedIops: z.int().describe('I/O operations a second that are provisioned and paid.'),
  targetIops: z.int().describe('I/O operations a second of gp3: what is included, or what has to be set.'),
  deploymentOption: z.string().describe('Single-AZ or Multi-AZ; it stays as it is.'),
  savingsPercent: z.string().describe('How much less gp3 costs with the same operations, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type RdsStorageIo1Evidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Meter = 'io1' | 'io1Iops' | 'gp3' | 'gp3Iops';
type Examined = Outcome<RdsStorageIo1Evidence> | Priced<Meter, RdsStorageIo1Evidence>;

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:stock',
  resourceType: 'RdsDbInstance',
  operation: 'CreateDBInstance:0014',
  tags: [{ key: 'System', value: 'order' }],
  // 600 GiB and 6,000 operations for a day of November.
  lines: [
    ...dailyLines({ serviceName: SERVICE.rds, meterKind: 'RDS:PIOPS-Storage', usageQuantity: '20', billedCost: '3' }),
    ...dailyLines({ serviceName: SERVICE.rds, meterKind: 'RDS:PIOPS', usageQuantity: '200', billedCost: '24' }),
  ],
});
const examplePrice = (kind: string, amountPerUnit: string) => {
  const question = storagePrice('ap-northeast-1', kind, 'Single-AZ');
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = { kind: 'price', amountPerUnit, unit: 'GB-Mo', currency: 'USD', sku: 'EXAMPLE' } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

export const rdsStorageIo1 = defineDetector({
  id: 'rds-storage-io1',
  revision: 1,
  category: 'database',
  bestPractices: ['COST05-BP05', 'COST06-BP02'],
  resourceType: 'RdsDbInstance',
  actionType: 'Upgrade',
  effort: 'Medium',
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
    subject: database,
    view: viewOf(
      exampleSnapshot({
        resources: [database],
        prices: [
          examplePrice('RDS:PIOPS-Storage', '0.15'),
          examplePrice('RDS:PIOPS', '0.12'),
          examplePrice('RDS:GP3-Storage', '0.138'),
          examplePrice('RDS:GP3-PIOPS', '0.024'),
        ],
      }),
    ),
    evidence: {
      sizeGib: '600',
      provisionedIops: 6000,
      targetIops: 12000,
      deploymentOption: 'Single-AZ',
      savingsPercent: '89.8',
      monthlyCost: '810',
      monthlySavings: '727.2',
    },
  },
  pricesNeeded: (database, context) => questionsOf(examine(database, context)),
  evaluate: (database, context) => concluded(examine(database, context), context.view),
});

function examine(database: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const costs = monthlyCosts(database, view, (kind) => IO1.test(kind));
  const storage = costs.filter(({ meterKind }) => meterKind.endsWith('-Storage'));
  const sizeGib = Math.round(unitsMonthly(storage).toNumber());
  const iops = Math.round(unitsMonthly(costs.filter((cost) => !storage.includes(cost))).toNumber());
  if (sizeGib === 0) return { kind: 'healthy' };
  const byAge = answerByAge(database, view, limits.lookbackDays);
  if (byAge) return byAge;
  if (engineOf(database, view.awsRecommendation(database.resourceId, 'rdsInstance')) === undefined) {
    return { kind: 'unknown', missing: ['databaseEngine'] };
  }
  const layout = sizeGib >= STRIPED_FROM_GIB ? 'striped' : 'small';
  if (iops > MOST_IOPS[layout]) return { kind: 'healthy' };

  const deploymentOption = storage.some(({ meterKind }) => meterKind.includes('Multi-AZ')) ? 'Multi-AZ' : 'Single-AZ';
  const ask = (kind: string) => storagePrice(database.regionId, kind, deploymentOption);
  const [io1, io1Iops, gp3, gp3Iops] = [ask('RDS:PIOPS-Storage'), ask('RDS:PIOPS'), ask('RDS:GP3-Storage'), ask('RDS:GP3-PIOPS')];
  if (!io1 || !io1Iops || !gp3 || !gp3Iops) return { kind: 'unknown', missing: ['regionPrefix'] };
  return {
    kind: 'priced',
    questions: { io1, io1Iops, gp3, gp3Iops },
    conclude: (price) => {
      const more = Math.max(0, iops - INCLUDED_IOPS[layout]);
      const now = price.io1.mul(sizeGib).plus(price.io1Iops.mul(iops));
      const share = new Exact(1).minus(price.gp3.mul(sizeGib).plus(price.gp3Iops.mul(more)).div(now));
      if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
      const cost = effectiveMonthly(costs);
      const savings = rangeOf(new Exact(0), cost.mul(share), cost.mul(share));
      return {
        kind: 'finding',
        evidence: {
          sizeGib: String(sizeGib),
          provisionedIops: iops,
          targetIops: Math.max(INCLUDED_IOPS[layout], iops),
          deploymentOption,
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: savings.expected,
        },
        savings,
        confidence: confidenceOf(0.95, {
          billOnly: true,
          criticalWorkload: isCritical(database, view),
          shortHistory: isHistoryShort(view, limits.lookbackDays),
        }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}

/** A Multi-AZ copy has a usage type of its own: "RDS:Multi-AZ-GP3-Storage". */
function storagePrice(regionId: string, kind: string, deploymentOption: 'Single-AZ' | 'Multi-AZ'): PriceQuestion | undefined {
  const named = deploymentOption === 'Multi-AZ' ? kind.replace('RDS:', 'RDS:Multi-AZ-') : kind;
  const usagetype = usageTypeOf({ kind: named, regionId });
  return usagetype === undefined
    ? undefined
    : { serviceCode: 'AmazonRDS', regionId, attributes: { usagetype, deploymentOption }, term: 'onDemand' };
}
