import { z } from 'zod';
import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { type CheaperHoursEvidence, cheaperHours, cheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { answerByAge, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { notApplicable } from '../shared/purpose.ts';

/**
 * x86 families of DocumentDB and the Graviton family with the same vCPUs and memory at the same size (price list of AmazonDocDB, read 2026-11). AWS runs
 * the engine, so the processor is no question for the application; the engine version, which the bill does not tell, may be, and the prose says so.
 */
const GRAVITON_FAMILY: ReadonlyMap<string, string> = new Map([
  ['db.t3', 'db.t4g'],
  ['db.r5', 'db.r6g'],
]);
/** Sizes are spelt out or shortened ("2xl"), and stay as the bill spells them. */
const HOURS = /^InstanceUsage:((db\.[a-z0-9]+)\.(medium|large|(?:[248]|12|16)?xl(?:arge)?))$/;

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

const instance = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:catalog-1',
  resourceType: 'DocumentDBCluster',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.documentDb,
    meterKind: 'InstanceUsage:db.r5.large',
    usageQuantity: '24',
    billedCost: '7.968',
  }),
});
const priceOf = (instanceClass: string, amountPerUnit: string) => {
  const question = priceIn('ap-northeast-1', instanceClass);
  if (!question) throw new Error('Tokyo has a prefix');
  const answer = {
    kind: 'price',
    amountPerUnit,
    unit: 'Hrs',
    currency: 'USD',
    sku: 'EXAMPLE',
  } as const;
  return { question, answer, readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z` };
};

export const documentdbInstanceGraviton = defineDetector({
  id: 'documentdb-instance-graviton',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'DocumentDBCluster',
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
    subject: instance,
    view: viewOf(
      exampleSnapshot({
        resources: [instance],
        prices: [priceOf('db.r5.large', '0.332'), priceOf('db.r6g.large', '0.315')],
      }),
    ),
    evidence: {
      instanceType: 'db.r5.large',
      targetType: 'db.r6g.large',
      savingsPercent: '5.1',
      monthlyCost: '242.36',
      monthlySavings: '12.41',
    },
  },
  pricesNeeded: (instance, context) => questionsOf(examine(instance, context)),
  evaluate: (instance, context) => concluded(examine(instance, context), context.view),
});

function examine(instance: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const { start } = judgedPeriod(view, limits.lookbackDays);
  const kinds = [...new Set(instance.lines.filter(({ day }) => day >= start).map(({ meterKind }) => meterKind))];
  const hours = kinds.filter((kind) => kind.startsWith('InstanceUsage:db.'));
  const current = hours.at(-1);
  if (current === undefined) return notApplicable('noInstanceHours');
  const byAge = answerByAge(instance, view, limits.lookbackDays);
  if (byAge) return byAge;
  const [, name = '', family = '', size = ''] = HOURS.exec(current) ?? [];
  const twin = GRAVITON_FAMILY.get(family);
  if (twin === undefined) return { kind: 'healthy' };
  if (hours.length > 1) return notApplicable('typeChangedRecently');
  const target = `${twin}.${size}`;
  const [now, then] = [priceIn(instance.regionId, name), priceIn(instance.regionId, target)];
  if (!now || !then) return { kind: 'unknown', missing: ['regionPrefix'] };
  const move = {
    meterKind: current,
    current: { name, price: now },
    target: { name: target, price: then, meterKind: `InstanceUsage:${target}` },
  };
  return cheaperHours(instance, [move], {
    view,
    thresholds: limits,
    otherProduct: 'databaseEngine',
  });
}

function priceIn(regionId: string, instanceClass: string): PriceQuestion | undefined {
  const usagetype = usageTypeOf({
    kind: `InstanceUsage:${instanceClass}`,
    regionId,
  });
  if (usagetype === undefined) return undefined;
  return {
    serviceCode: 'AmazonDocDB',
    regionId,
    attributes: { usagetype },
    term: 'onDemand',
  };
}
