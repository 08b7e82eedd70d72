import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { judgeUnused, unusedEvidence } from '../shared/unused.ts';

/** Interface and Gateway Load Balancer endpoints; one line of hours for each Availability Zone (VPC pricing page, read 2026-11). */
const HOURS = /^VpcEndpoint-(GWLBE-)?Hours$/;
const BYTES = /^VpcEndpoint-(GWLBE-)?Bytes$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsePerDay: z
    .number()
    .min(0)
    .max(10)
    .default(0.001)
    .describe('Data processed a day in GB, on average over the look-back, stays below this; 0.001 GB is 1 MB.'),
});

const endpoint = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:vpc-endpoint/vpce-0123456789abcdef0',
  resourceType: 'VpcEndpoint',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({ serviceName: SERVICE.vpc, meterKind: 'VpcEndpoint-Hours', usageQuantity: '48', billedCost: '0.672' }),
});

export const vpcEndpointIdle = defineDetector({
  id: 'vpc-endpoint-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP03', 'COST08-BP02'],
  resourceType: 'VpcEndpoint',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: unusedEvidence,
  example: {
    subject: endpoint,
    view: viewOf(exampleSnapshot({ resources: [endpoint] })),
    evidence: { usePerDay: '0', maximumUsePerDay: '0.001', settledDays: 11, monthlyCost: '20.44', monthlySavings: '20.44' },
  },
  evaluate: (resource, { thresholds: limits, view }) =>
    judgeUnused(
      resource,
      view,
      { isThere: (kind) => HOURS.test(kind), isUse: (kind) => BYTES.test(kind), confidence: 0.97 },
      limits,
    ),
});
