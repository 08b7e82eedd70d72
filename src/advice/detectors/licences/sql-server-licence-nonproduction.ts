import { z } from 'zod';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByAge, lookbackDays } from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { isInAutoScalingGroup, isLicenceBound, notApplicable } from '../shared/purpose.ts';
import {
  examineEdition,
  exampleSqlMachine,
  exampleSqlPrice,
  type SqlServerEvidence,
  sqlServerEvidence,
  sqlServerOf,
} from '../shared/sql-server.ts';

const thresholds = z.strictObject({ lookbackDays: lookbackDays(14, 7) });
type Context = EvaluateContext<z.infer<typeof thresholds>>;

/**
 * Developer Edition has all of Enterprise's features, costs nothing and may be used outside production only (guide of RDS for SQL Server,
 * "Developer Edition", which quotes Microsoft's terms; read 2026-11).
 */
export const sqlServerLicenceNonproduction = defineDetector({
  id: 'sql-server-licence-nonproduction',
  revision: 1,
  category: 'licences',
  bestPractices: ['COST05-BP04', 'COST06-BP02'],
  resourceType: 'Ec2Instance',
  actionType: 'Rightsize',
  effort: 'High',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: sqlServerEvidence,
  example: {
    subject: exampleSqlMachine,
    view: viewOf(
      exampleSnapshot({
        resources: [exampleSqlMachine],
        prices: [exampleSqlPrice('SQL Ent', '1.932'), exampleSqlPrice('NA', '0.432')],
      }),
    ),
    evidence: {
      instanceType: 'm5.xlarge',
      edition: 'Enterprise',
      targetEdition: 'Developer',
      savingsPercent: '77.6',
      monthlyCost: '1410.36',
      monthlySavings: '1095',
    },
  },
  pricesNeeded: (machine, context) => questionsOf(examine(machine, context)),
  evaluate: (machine, context) => concluded(examine(machine, context), context.view),
});

function examine(
  machine: ResourceSubject,
  { thresholds: limits, view }: Context,
): Outcome<SqlServerEvidence> | Priced<'current' | 'target', SqlServerEvidence> {
  const sql = sqlServerOf(machine);
  if (sql === undefined) return { kind: 'healthy' };
  if (isInAutoScalingGroup(machine)) return notApplicable('autoScalingGroup');
  if (isLicenceBound(machine, view)) return notApplicable('licenceBound');
  const byAge = answerByAge(machine, view, limits.lookbackDays);
  if (byAge) return byAge;
  const environment = view.policy.environmentOf(machine);
  if (environment === null) return { kind: 'unknown', missing: ['environmentUnknown'] };
  if (environment === 'production') return notApplicable('production');
  return examineEdition(machine, view, { sql, target: 'Developer', lookbackDays: limits.lookbackDays, confidence: 0.95 });
}
