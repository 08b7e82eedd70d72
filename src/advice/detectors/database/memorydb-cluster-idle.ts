import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { awsIdleEvidence, exampleIdleSaying, judgeAwsIdle } from '../shared/aws-idle.ts';
import { lookbackDays } from '../shared/lookback.ts';

const thresholds = z.strictObject({ lookbackDays: lookbackDays(14, 14) });

const cluster = exampleResource({
  resourceId: 'arn:aws:memorydb:ap-northeast-1:111122223333:cluster/points',
  resourceType: 'MemoryDBCluster',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.memoryDb,
    meterKind: 'NodeUsage:db.r6g.large',
    usageQuantity: '48',
    billedCost: '17.76',
  }),
});

/** AWS's finding: over the look-back no new connection, engine CPU below 1 %, no hit and no miss of any key. The bill counts none of these. */
export const memorydbClusterIdle = defineDetector({
  id: 'memorydb-cluster-idle',
  revision: 1,
  category: 'database',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'MemoryDBCluster',
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
  evidence: awsIdleEvidence,
  example: {
    subject: cluster,
    view: viewOf(exampleSnapshot({ resources: [cluster], awsRecommendations: [exampleIdleSaying(cluster, 14)] })),
    evidence: { lookbackDays: 14, monthlyCost: '540.2', monthlySavings: '540.2' },
  },
  evaluate: (cluster: ResourceSubject, { thresholds: limits, view }) =>
    judgeAwsIdle(cluster, view, limits, 0.97, { doubts: { snapshotKept: true } }),
});
