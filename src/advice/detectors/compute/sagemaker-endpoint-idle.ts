import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { awsIdleEvidence, exampleIdleSaying, judgeAwsIdle } from '../shared/aws-idle.ts';
import { lookbackDays } from '../shared/lookback.ts';

const thresholds = z.strictObject({ lookbackDays: lookbackDays(14, 14) });

/** "Host:ml.m5.large": SageMaker AI price list, read 2026-11. */
const endpoint = exampleResource({
  resourceId: 'arn:aws:sagemaker:ap-northeast-1:111122223333:endpoint/demand-forecast',
  resourceType: 'SageMakerEndpoint',
  tags: [{ key: 'System', value: 'forecast' }],
  lines: dailyLines({ serviceName: SERVICE.sageMaker, meterKind: 'Host:ml.m5.xlarge', usageQuantity: '24', billedCost: '7.152' }),
});

/** "Idle": no invocations in the look-back (Compute Optimizer guide, "Viewing idle resource recommendations", read 2026-11). */
export const sagemakerEndpointIdle = defineDetector({
  id: 'sagemaker-endpoint-idle',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST04-BP03', 'COST09-BP03'],
  resourceType: 'SageMakerEndpoint',
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
    subject: endpoint,
    view: viewOf(exampleSnapshot({ resources: [endpoint], awsRecommendations: [exampleIdleSaying(endpoint, 14)] })),
    evidence: { lookbackDays: 14, monthlyCost: '217.54', monthlySavings: '217.54' },
  },
  evaluate: (endpoint, { thresholds: limits, view }) => judgeAwsIdle(endpoint, view, limits, 0.97),
});
