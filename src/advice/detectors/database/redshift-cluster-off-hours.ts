import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource } from '../../example-facts.ts';
import { judgeNeverRests, neverRestsEvidence, neverRestsThresholds, nonProductionView } from '../shared/never-rests.ts';

/** "Node:ra3.xlplus", "Node:dc2.large": price list of AmazonRedshift, read 2026-11. Managed storage, snapshots and Spectrum are other lines. */
const HOURS = /^Node:/;

const cluster = exampleResource({
  resourceId: 'arn:aws:redshift:ap-northeast-1:111122223333:cluster:dwh-dev',
  resourceType: 'RedshiftCluster',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.redshift,
    meterKind: 'Node:ra3.xlplus',
    usageQuantity: '48',
    billedCost: '61.44',
  }),
});

/** While a cluster is paused only its storage is billed (Redshift management guide, "Pausing and resuming clusters", read 2026-11). */
export const redshiftClusterOffHours = defineDetector({
  id: 'redshift-cluster-off-hours',
  revision: 1,
  category: 'database',
  bestPractices: ['COST09-BP01', 'COST09-BP03'],
  resourceType: 'RedshiftCluster',
  actionType: 'Stop',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: neverRestsThresholds,
  evidence: neverRestsEvidence,
  example: {
    subject: cluster,
    view: nonProductionView(cluster),
    evidence: {
      hoursPerWeek: 45,
      timeZone: 'Asia/Tokyo',
      savingsPercent: '72',
      settledDays: 11,
      monthlyCost: '1868.8',
      monthlySavings: '1350.4',
    },
  },
  evaluate: (cluster, context) => judgeNeverRests(cluster, context, (kind) => HOURS.test(kind)),
});
