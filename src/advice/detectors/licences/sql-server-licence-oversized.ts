import { z } from 'zod';
import type { AwsRecommendation } from '../../../ledger/aws-recommendation.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByCoverage } from '../shared/compute-optimizer.ts';
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

const thresholds = z.strictObject({ lookbackDays: lookbackDays(14, 14) });
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const said: AwsRecommendation = {
  source: 'ComputeOptimizer',
  kind: 'license',
  arn: `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:instance/${exampleSqlMachine.resourceId}`,
  accountId: EXAMPLE_ACCOUNT_ID,
  regionId: 'ap-northeast-1',
  resourceId: exampleSqlMachine.resourceId,
  resourceType: 'License',
  finding: 'NotOptimized',
  findingReasonCodes: ['LicenseOverprovisioned'],
  current: 'SQLServer Enterprise LicenseIncluded Windows',
  lookbackDays: 14,
  refreshedOn: EXAMPLE_AS_OF,
  options: [
    {
      rank: 1,
      target: 'SQLServer Standard LicenseIncluded Windows',
      performanceRisk: null,
      migrationEffort: null,
      platformDifferences: [],
      projectedCpuMaximumPercent: null,
      estimatedMonthlySavings: '744.6',
      currency: 'USD',
    },
  ],
};

/**
 * Compute Optimizer looks through CloudWatch Application Insights whether a feature of Enterprise is in use; where that is not set up it says
 * so, which is "not analysed" here (its API reference, LicenseRecommendation, read 2026-11).
 */
export const sqlServerLicenceOversized = defineDetector({
  id: 'sql-server-licence-oversized',
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
    { fact: 'computeOptimizer', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['ComputeOptimizer'],
  thresholds,
  evidence: sqlServerEvidence,
  example: {
    subject: exampleSqlMachine,
    view: viewOf(
      exampleSnapshot({
        resources: [exampleSqlMachine],
        awsRecommendations: [said],
        prices: [exampleSqlPrice('SQL Ent', '1.932'), exampleSqlPrice('SQL Std', '0.912')],
      }),
    ),
    evidence: {
      instanceType: 'm5.xlarge',
      edition: 'Enterprise',
      targetEdition: 'Standard',
      savingsPercent: '52.8',
      monthlyCost: '1410.36',
      monthlySavings: '744.6',
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
  if (sql?.edition !== 'Enterprise') return { kind: 'healthy' };
  if (isInAutoScalingGroup(machine)) return notApplicable('autoScalingGroup');
  if (isLicenceBound(machine, view)) return notApplicable('licenceBound');
  const early = answerByAge(machine, view, limits.lookbackDays) ?? answerByCoverage(machine, view);
  if (early) return early;
  const licence = view.awsRecommendation(machine.resourceId, 'license');
  if (!licence || licence.finding === 'Unavailable') return { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
  const isStandardEnough = licence.options.some(({ target }) => /\bStandard\b/.test(target));
  if (licence.finding !== 'NotOptimized' || !isStandardEnough) return { kind: 'healthy' };
  return examineEdition(machine, view, { sql, target: 'Standard', lookbackDays: limits.lookbackDays, confidence: 0.95 });
}
