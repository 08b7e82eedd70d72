import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { awsIdleEvidence, exampleIdleSaying, judgeAwsIdle } from '../shared/aws-idle.ts';
import { isProvisionedCapacity } from '../shared/dynamodb.ts';
import { lookbackDays } from '../shared/lookback.ts';

const thresholds = z.strictObject({ lookbackDays: lookbackDays(14, 14) });

const capacity = (meterKind: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.dynamoDb, meterKind, usageQuantity: '4800', billedCost });
const table = exampleResource({
  resourceId: 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/points-2024',
  resourceType: 'DynamoDBTable',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...capacity('ReadCapacityUnit-Hrs', '0.71232'),
    ...capacity('WriteCapacityUnit-Hrs', '3.5616'),
    ...dailyLines({
      serviceName: SERVICE.dynamoDb,
      meterKind: 'TimedStorage-ByteHrs',
      usageQuantity: '1',
      billedCost: '0.285',
    }),
  ],
});

/**
 * AWS's finding for tables with provisioned capacity: over the look-back neither the table nor an index consumed a unit. Switched to on demand it pays
 * for requests alone, and there are none; the data stays where it is.
 */
export const dynamodbTableIdle = defineDetector({
  id: 'dynamodb-table-idle',
  revision: 1,
  category: 'database',
  bestPractices: ['COST04-BP03', 'COST09-BP03'],
  resourceType: 'DynamoDBTable',
  actionType: 'ScaleIn',
  effort: 'VeryLow',
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
    subject: table,
    view: viewOf(exampleSnapshot({ resources: [table], awsRecommendations: [exampleIdleSaying(table, 14)] })),
    evidence: { lookbackDays: 14, monthlyCost: '129.9984', monthlySavings: '129.9984' },
  },
  evaluate: (table: ResourceSubject, { thresholds: limits, view }) =>
    judgeAwsIdle(table, view, limits, 0.97, { component: 'compute', isPart: isProvisionedCapacity }),
});
