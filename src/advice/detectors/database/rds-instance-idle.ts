import { z } from 'zod';
import { exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByCoverage, isAnalysed } from '../shared/compute-optimizer.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays, settledDays as settledDaysOf } from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, isReadReplica, notApplicable } from '../shared/purpose.ts';
import { databaseHours, databaseHoursOf } from '../shared/rds.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumConnections: z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('Where connections are measured, never more than this many at once over the look-back.'),
});

const evidence = z.strictObject({
  instanceClass: z.string().describe('Database instance class.'),
  deploymentOption: z.string().describe('Single-AZ or Multi-AZ.'),
  connectionsMaximum: z.number().nullable().describe('Most connections at once; null where only AWS measured them.'),
  lookbackDays: z.int().describe('Days that were looked at.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type RdsInstanceIdleEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:order-old',
  resourceType: 'RdsDbInstance',
  operation: 'CreateDBInstance:0014',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.rds,
    meterKind: 'InstanceUsage:db.m5.large',
    usageQuantity: '24',
    billedCost: '5.928',
  }),
});
const view = viewOf(
  exampleSnapshot({
    resources: [database],
    awsRecommendations: [
      {
        source: 'ComputeOptimizer',
        kind: 'idle',
        arn: database.resourceId,
        accountId: EXAMPLE_ACCOUNT_ID,
        regionId: 'ap-northeast-1',
        resourceId: database.resourceId,
        resourceType: 'RdsDbInstance',
        finding: 'Idle',
        findingReasonCodes: [],
        current: null,
        lookbackDays: 14,
        refreshedOn: EXAMPLE_AS_OF,
        options: [],
      },
    ],
  }),
);

/**
 * AWS's own finding (no connections, little CPU and I/O, not a read replica), held against what was measured. The action is Delete after a
 * final snapshot: a stopped database starts again by itself after 7 days and its storage is paid all along.
 */
export const rdsInstanceIdle = defineDetector({
  id: 'rds-instance-idle',
  revision: 2,
  category: 'database',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'RdsDbInstance',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'computeOptimizer', lookbackDays: 14 },
  ],
  worksWith: ['ComputeOptimizer'],
  thresholds,
  evidence,
  example: {
    subject: database,
    view,
    evidence: {
      instanceClass: 'db.m5.large',
      deploymentOption: 'Single-AZ',
      connectionsMaximum: null,
      lookbackDays: 14,
      settledDays: 11,
      monthlyCost: '180.31',
      monthlySavings: '180.31',
    },
  },
  evaluate,
});

function evaluate(database: ResourceSubject, { thresholds: limits, view }: Context): Outcome<RdsInstanceIdleEvidence> {
  const hours = databaseHoursOf(database, judgedPeriod(view, limits.lookbackDays).start).at(-1);
  if (!hours) return notApplicable('noInstanceHours');
  if (isDisasterRecoveryStandby(database, view)) return notApplicable('disasterRecoveryStandby');
  if (isReadReplica(database)) return notApplicable('readReplica');
  const byAge = answerByAge(database, view, limits.lookbackDays);
  if (byAge) return byAge;
  const connections = database.utilization?.connectionsMaximum;
  if (connections !== undefined && connections > limits.maximumConnections) {
    return { kind: 'healthy', measured: { connectionsMaximum: connections } };
  }
  const uncovered = answerByCoverage(database, view);
  if (uncovered) return uncovered;
  if (view.awsRecommendation(database.resourceId, 'idle')?.finding !== 'Idle') {
    const isKnown = connections !== undefined || isAnalysed(database, 'rdsInstance', view);
    return isKnown ? { kind: 'healthy' } : { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
  }

  const costs = monthlyCosts(database, view);
  const whole = savingsOf(costs, view);
  const instance = savingsOf(
    costs.filter((cost) => databaseHours(cost.meterKind) !== undefined),
    view,
  );
  return {
    kind: 'finding',
    evidence: {
      instanceClass: hours.instanceClass,
      deploymentOption: hours.deploymentOption,
      connectionsMaximum: connections ?? null,
      lookbackDays: limits.lookbackDays,
      settledDays: settledDaysOf(view, limits.lookbackDays),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: whole.expected,
    },
    // A kept final snapshot costs at most what the storage did.
    savings: rangeOf(exact(instance.low), exact(whole.expected), exact(whole.high)),
    confidence: confidenceOf(0.97, {
      purposeUnknown: !isPurposeKnown(database, view),
      criticalWorkload: isCritical(database, view),
      snapshotKept: true,
      shortHistory: isHistoryShort(view, limits.lookbackDays),
      commitmentFloats: isCovered(costs),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
