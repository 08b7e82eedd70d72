import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { type CheaperHoursEvidence, cheaperHours, cheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { answerByAge, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { isLicenceBound, notApplicable } from '../shared/purpose.ts';
import { billedAs, databaseHoursOf, databasePrice, engineOf } from '../shared/rds.ts';
import { chooseSmaller } from '../shared/smaller-option.ts';

/**
 * Classes that RDS has announced the end of ("DB instance class types", RDS user guide, read 2026-11) and the x86 class in which the same size has the
 * same vCPUs and memory. Not Graviton: engines and extensions have to be looked at for that, which is another decision.
 */
const CURRENT_FAMILY: ReadonlyMap<string, string> = new Map([
  ['db.t2', 'db.t3'],
  ['db.m3', 'db.m5'],
  ['db.m4', 'db.m5'],
  ['db.r3', 'db.r5'],
  ['db.r4', 'db.r5'],
]);
const SAME_SIZES = /^(micro|small|medium|large|xlarge|[248]xlarge|16xlarge)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The current class is cheaper an hour by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:stock',
  resourceType: 'RdsDbInstance',
  operation: 'CreateDBInstance:0014',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.rds,
    meterKind: 'InstanceUsage:db.m4.xlarge',
    usageQuantity: '24',
    billedCost: '12.48',
  }),
});
const priceOf = (instanceClass: string, amountPerUnit: string) => ({
  question: databasePrice('ap-northeast-1', 'PostgreSQL', { instanceClass, deploymentOption: 'Single-AZ' }),
  answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const,
  readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
});

export const rdsInstancePreviousGeneration = defineDetector({
  id: 'rds-instance-previous-generation',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'RdsDbInstance',
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
    subject: database,
    view: viewOf(
      exampleSnapshot({ resources: [database], prices: [priceOf('db.m4.xlarge', '0.52'), priceOf('db.m5.xlarge', '0.494')] }),
    ),
    evidence: {
      instanceType: 'db.m4.xlarge',
      targetType: 'db.m5.xlarge',
      savingsPercent: '5',
      monthlyCost: '379.6',
      monthlySavings: '18.98',
    },
  },
  pricesNeeded: (database, context) => questionsOf(examine(database, context)),
  evaluate: (database, context) => concluded(examine(database, context), context.view),
});

function examine(database: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const hours = databaseHoursOf(database, judgedPeriod(view, limits.lookbackDays).start);
  const current = hours.at(-1);
  if (!current) return notApplicable('noInstanceHours');
  const byAge = answerByAge(database, view, limits.lookbackDays);
  if (byAge) return byAge;
  const target = currentEquivalent(current.instanceClass);
  if (target === undefined) return { kind: 'healthy' };
  if (hours.length > 1) return notApplicable('typeChangedRecently');
  if (target === null) return notApplicable('noSameSize');
  if (isLicenceBound(database, view)) return notApplicable('licenceBound');
  if (rightsizingMovesIt(database, current.instanceClass, view)) return notApplicable('rightsizingChangesGeneration');
  const engine = engineOf(database, view.awsRecommendation(database.resourceId, 'rdsInstance'));
  if (engine === undefined) return { kind: 'unknown', missing: ['databaseEngine'] };
  const priceFor = (instanceClass: string) =>
    databasePrice(database.regionId, engine, { instanceClass, deploymentOption: current.deploymentOption });
  const move = {
    meterKind: current.meterKind,
    current: { name: current.instanceClass, price: priceFor(current.instanceClass) },
    target: { name: target, price: priceFor(target), meterKind: billedAs(current, target) },
  };
  return cheaperHours(database, [move], { view, thresholds: limits, otherProduct: 'databaseEngine' });
}

/** undefined: of a current generation. null: one whose size the current family does not have. */
function currentEquivalent(instanceClass: string): string | null | undefined {
  const dot = instanceClass.lastIndexOf('.');
  const [family, size] = [instanceClass.slice(0, dot), instanceClass.slice(dot + 1)];
  const current = CURRENT_FAMILY.get(family);
  if (current === undefined) return undefined;
  return SAME_SIZES.test(size) && instanceClass !== 'db.m3.medium' ? `${current}.${size}` : null;
}

/** A smaller class that AWS proposes in a newer family brings the new generation with it: the same step is not counted twice. */
function rightsizingMovesIt(database: ResourceSubject, current: string, view: SnapshotView): boolean {
  const said = view.awsRecommendation(database.resourceId, 'rdsInstance');
  if (said?.finding !== 'Overprovisioned') return false;
  const limits = { projectedCpuMaximumPercent: 80, projectedMemoryMaximumPercent: 80 };
  const choice = chooseSmaller(current, said, database.utilization, limits, (type) => view.policy.mayUseType(database, type));
  return choice.kind === 'option' && currentEquivalent(choice.option.target) === undefined;
}
