import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { type CheaperHoursEvidence, cheaperHours, cheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { answerByAge, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { isDisasterRecoveryStandby, notApplicable } from '../shared/purpose.ts';
import { databaseHoursOf, databasePrice, engineOf } from '../shared/rds.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(90)
    .default(1)
    .describe('Without the standby the instance is cheaper an hour by at least this share of the list price.'),
});

type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence>;

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:order-dev',
  resourceType: 'RdsDbInstance',
  operation: 'CreateDBInstance:0014',
  tags: [{ key: 'Environment', value: 'development' }],
  lines: dailyLines({
    serviceName: SERVICE.rds,
    meterKind: 'Multi-AZUsage:db.m5.large',
    usageQuantity: '24',
    billedCost: '11.856',
  }),
});
const priceOf = (deploymentOption: 'Multi-AZ' | 'Single-AZ', amountPerUnit: string) => ({
  question: databasePrice('ap-northeast-1', 'PostgreSQL', { instanceClass: 'db.m5.large', deploymentOption }),
  answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const,
  readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
});

/**
 * The standby is a second instance with a second copy of the storage. Only the instance's hours are counted here; storage, provisioned operations and
 * extended support halve as well and are left to the rules that act on them.
 */
export const rdsMultiAzNonproduction = defineDetector({
  id: 'rds-multi-az-nonproduction',
  revision: 1,
  category: 'database',
  bestPractices: ['COST05-BP01', 'COST06-BP01'],
  resourceType: 'RdsDbInstance',
  actionType: 'ScaleIn',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
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
      exampleSnapshot({ resources: [database], prices: [priceOf('Multi-AZ', '0.494'), priceOf('Single-AZ', '0.247')] }),
    ),
    evidence: {
      instanceType: 'db.m5.large (Multi-AZ)',
      targetType: 'db.m5.large (Single-AZ)',
      savingsPercent: '50',
      monthlyCost: '360.62',
      monthlySavings: '180.31',
    },
  },
  pricesNeeded: (database, context) => questionsOf(examine(database, context)),
  evaluate: (database, context) => concluded(examine(database, context), context.view),
});

function examine(database: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  if (isDisasterRecoveryStandby(database, view)) return notApplicable('disasterRecoveryStandby');
  const hours = databaseHoursOf(database, judgedPeriod(view, limits.lookbackDays).start).at(-1);
  if (!hours) return notApplicable('noInstanceHours');
  const byAge = answerByAge(database, view, limits.lookbackDays);
  if (byAge) return byAge;
  if (hours.deploymentOption !== 'Multi-AZ') return { kind: 'healthy' };
  const environment = view.policy.environmentOf(database);
  if (environment === null) return { kind: 'unknown', missing: ['environmentUnknown'] };
  if (environment === 'production') return notApplicable('production');
  const engine = engineOf(database, view.awsRecommendation(database.resourceId, 'rdsInstance'));
  if (engine === undefined) return { kind: 'unknown', missing: ['databaseEngine'] };
  const { instanceClass } = hours;
  const side = (deploymentOption: 'Multi-AZ' | 'Single-AZ') => ({
    name: `${instanceClass} (${deploymentOption})`,
    price: databasePrice(database.regionId, engine, { instanceClass, deploymentOption }),
  });
  const move = {
    meterKind: hours.meterKind,
    current: side('Multi-AZ'),
    target: { ...side('Single-AZ'), meterKind: hours.meterKind.replace('Multi-AZUsage', 'InstanceUsage') },
  };
  return cheaperHours(database, [move], {
    view,
    thresholds: limits,
    otherProduct: 'databaseEngine',
    doubts: { billOnly: true },
  });
}
