import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { judgeUnused, unusedEvidence } from '../shared/unused.ts';

/**
 * The owner of an attachment pays its hours and the data that is sent into the transit gateway over it; what only comes back over it is
 * billed to the sender (AWS networking blog "Analyzing AWS Transit Gateway Data Processing charges with cost allocation tags", read 2026-11).
 * Usage types: AWS price list of AmazonVPC.
 */
const HOURS = 'TransitGateway-Hours';
const BYTES = 'TransitGateway-Bytes';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsePerDay: z
    .number()
    .min(0)
    .max(10)
    .default(0.001)
    .describe('Data sent over it a day in GB, on average over the look-back, stays below this; 0.001 GB is 1 MB.'),
});

const attachment = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:transit-gateway-attachment/tgw-attach-0123456789abcdef0',
  resourceType: 'TransitGatewayAttachment',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({ serviceName: SERVICE.vpc, meterKind: HOURS, usageQuantity: '24', billedCost: '1.68' }),
});

export const transitGatewayAttachmentIdle = defineDetector({
  id: 'transit-gateway-attachment-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP03', 'COST08-BP02'],
  resourceType: 'TransitGatewayAttachment',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: unusedEvidence,
  example: {
    subject: attachment,
    view: viewOf(exampleSnapshot({ resources: [attachment] })),
    evidence: { usePerDay: '0', maximumUsePerDay: '0.001', settledDays: 11, monthlyCost: '51.1', monthlySavings: '51.1' },
  },
  evaluate: (resource, { thresholds: limits, view }) =>
    judgeUnused(resource, view, { isThere: (kind) => kind === HOURS, isUse: (kind) => kind === BYTES, confidence: 0.97 }, limits),
});
