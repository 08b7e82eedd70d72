import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { judgeUnused, unusedEvidence } from '../shared/unused.ts';

/** Hours of each associated subnet, and hours of each connected client (usage types: AWS price list of AmazonVPC, read 2026-11). */
const ASSOCIATION_HOURS = 'ClientVPN-EndpointHours';
const CONNECTION_HOURS = 'ClientVPN-ConnectionHours';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsePerDay: z
    .number()
    .min(0)
    .max(24)
    .default(0)
    .describe(
      'Hours of connected clients a day, on average over the look-back, stay below this; 0 demands that nobody connected.',
    ),
});

const endpoint = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:client-vpn-endpoint/cvpn-endpoint-0123456789abcdef0',
  resourceType: 'ClientVpnEndpoint',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({ serviceName: SERVICE.vpc, meterKind: ASSOCIATION_HOURS, usageQuantity: '48', billedCost: '7.2' }),
});

export const clientVpnEndpointIdle = defineDetector({
  id: 'client-vpn-endpoint-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP03', 'COST09-BP03'],
  resourceType: 'ClientVpnEndpoint',
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
    evidence: { usePerDay: '0', maximumUsePerDay: '0', settledDays: 11, monthlyCost: '219', monthlySavings: '219' },
  },
  evaluate: (resource, { thresholds: limits, view }) =>
    judgeUnused(
      resource,
      view,
      { isThere: (kind) => kind === ASSOCIATION_HOURS, isUse: (kind) => kind === CONNECTION_HOURS, confidence: 0.97 },
      limits,
    ),
});
