import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource } from '../../example-facts.ts';
import { judgeNeverRests, neverRestsEvidence, neverRestsThresholds, nonProductionView } from '../shared/never-rests.ts';

/** "InstanceUsage:db.r6g.large", as in Amazon RDS; storage, I/O and backups are lines of the cluster. Price list of AmazonDocDB, read 2026-11. */
const HOURS = /^InstanceUsage(IOOptimized)?:db\./;

const instance = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:catalog-dev-1',
  resourceType: 'DocumentDBCluster',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.documentDb,
    meterKind: 'InstanceUsage:db.r6g.large',
    usageQuantity: '24',
    billedCost: '7.56',
  }),
});

/** A cluster is stopped with all its instances, for seven days at most ("Stopping and starting an Amazon DocumentDB cluster", read 2026-11): each instance is judged by itself. */
export const documentdbInstanceOffHours = defineDetector({
  id: 'documentdb-instance-off-hours',
  revision: 1,
  category: 'database',
  bestPractices: ['COST09-BP01', 'COST09-BP03'],
  resourceType: 'DocumentDBCluster',
  actionType: 'Stop',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: neverRestsThresholds,
  evidence: neverRestsEvidence,
  example: {
    subject: instance,
    view: nonProductionView(instance),
    evidence: {
      hoursPerWeek: 45,
      timeZone: 'Asia/Tokyo',
      savingsPercent: '72',
      settledDays: 11,
      monthlyCost: '229.95',
      monthlySavings: '166.1625',
    },
  },
  evaluate: (instance, context) => judgeNeverRests(instance, context, (kind) => HOURS.test(kind)),
});
