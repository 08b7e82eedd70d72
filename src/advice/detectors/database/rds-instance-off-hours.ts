import type { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource } from '../../example-facts.ts';
import {
  judgeNeverRests,
  type NeverRestsEvidence,
  neverRestsEvidence,
  neverRestsThresholds,
  nonProductionView,
} from '../shared/never-rests.ts';
import { isReadReplica, notApplicable } from '../shared/purpose.ts';
import { databaseHours } from '../shared/rds.ts';

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:order-stg',
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

/**
 * A stopped database starts again by itself after seven days (RDS user guide, "Stopping an Amazon RDS DB instance temporarily", read 2026-11), so that
 * it takes a schedule that stops it each evening. Storage, backups and extended support are paid all along: only its hours are counted.
 */
export const rdsInstanceOffHours = defineDetector({
  id: 'rds-instance-off-hours',
  revision: 1,
  category: 'database',
  bestPractices: ['COST09-BP01', 'COST09-BP03'],
  resourceType: 'RdsDbInstance',
  actionType: 'Stop',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: neverRestsThresholds,
  evidence: neverRestsEvidence,
  example: {
    subject: database,
    view: nonProductionView(database),
    evidence: {
      hoursPerWeek: 45,
      timeZone: 'Asia/Tokyo',
      savingsPercent: '72',
      settledDays: 11,
      monthlyCost: '180.31',
      monthlySavings: '130.2925',
    },
  },
  evaluate,
});

/** A read replica, and an instance that has one, cannot be stopped. */
function evaluate(
  database: ResourceSubject,
  context: EvaluateContext<z.infer<typeof neverRestsThresholds>>,
): Outcome<NeverRestsEvidence> {
  if (isReadReplica(database)) return notApplicable('readReplica');
  return judgeNeverRests(database, context, (kind) => databaseHours(kind) !== undefined);
}
