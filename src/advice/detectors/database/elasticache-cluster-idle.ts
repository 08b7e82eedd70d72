import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { awsIdleEvidence, exampleIdleSaying, judgeAwsIdle } from '../shared/aws-idle.ts';
import { lookbackDays } from '../shared/lookback.ts';

const thresholds = z.strictObject({ lookbackDays: lookbackDays(14, 14) });

const node = exampleResource({
  resourceId: 'arn:aws:elasticache:ap-northeast-1:111122223333:cluster:campaign-001',
  resourceType: 'ElastiCacheCluster',
  operation: 'CreateCacheCluster:Valkey',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.elastiCache,
    meterKind: 'NodeUsage:cache.r6g.large',
    usageQuantity: '24',
    billedCost: '4.7424',
  }),
});

/** AWS's finding: over the look-back no new connection, engine CPU below 1 %, no hit, miss, get or set on any node. The bill counts none of these. */
export const elasticacheClusterIdle = defineDetector({
  id: 'elasticache-cluster-idle',
  revision: 1,
  category: 'database',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'ElastiCacheCluster',
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
    subject: node,
    view: viewOf(exampleSnapshot({ resources: [node], awsRecommendations: [exampleIdleSaying(node, 14)] })),
    evidence: { lookbackDays: 14, monthlyCost: '144.248', monthlySavings: '144.248' },
  },
  evaluate: (node: ResourceSubject, { thresholds: limits, view }) =>
    judgeAwsIdle(node, view, limits, 0.97, { doubts: { snapshotKept: true } }),
});
