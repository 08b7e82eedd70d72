import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { judgeUnused, unusedEvidence } from '../shared/unused.ts';

/** One line of hours for each zone; traffic also as "Advanced-Inspection-" and the like (AWS price list of AWSNetworkFirewall, 2025-09, read 2026-11). */
const HOURS = 'Endpoint-Hour';
const TRAFFIC = /(^|-)Traffic-GB-Processed$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsePerDay: z
    .number()
    .min(0)
    .max(10)
    .default(0.001)
    .describe('Traffic inspected a day in GB, on average over the look-back, stays below this; 0.001 GB is 1 MB.'),
});

const firewall = exampleResource({
  resourceId: 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/order-egress',
  resourceType: 'NetworkFirewallEndpoint',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({ serviceName: SERVICE.networkFirewall, meterKind: HOURS, usageQuantity: '48', billedCost: '18.96' }),
});

export const networkFirewallIdle = defineDetector({
  id: 'network-firewall-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP03', 'COST08-BP02'],
  resourceType: 'NetworkFirewallEndpoint',
  actionType: 'Delete',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: unusedEvidence,
  example: {
    subject: firewall,
    view: viewOf(exampleSnapshot({ resources: [firewall] })),
    evidence: { usePerDay: '0', maximumUsePerDay: '0.001', settledDays: 11, monthlyCost: '576.7', monthlySavings: '576.7' },
  },
  evaluate: (resource, { thresholds: limits, view }) =>
    judgeUnused(
      resource,
      view,
      { isThere: (kind) => kind === HOURS, isUse: (kind) => TRAFFIC.test(kind), confidence: 0.95 },
      limits,
    ),
});
