import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { judgeLeftOver, leftOverEvidence } from '../shared/left-over.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { isRehearsal } from '../shared/migration-tags.ts';
import { daysAfterCutOver } from '../shared/wave.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumDaysAfterCutOver: daysAfterCutOver(7),
});

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef6',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [
    { key: 'System', value: 'order' },
    { key: 'purpose', value: 'test-cutover' },
  ],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:m5.large',
    usageQuantity: '24',
    billedCost: '2.976',
  }),
});

/** Its tag says that it was for trying the cut-over, and the cut-over is over. */
export const testCutOverInstance = defineDetector({
  id: 'test-cut-over-instance',
  revision: 1,
  category: 'migration',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'Ec2Instance',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'plan', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS', 'ComputeOptimizer'],
  thresholds,
  evidence: leftOverEvidence,
  select: (view) =>
    view.snapshot.resources.filter((resource) => resource.resourceType === 'Ec2Instance' && isRehearsal(resource)),
  example: {
    subject: machine,
    view: viewOf(exampleSnapshot({ resources: [machine], workloads: [exampleWave()] })),
    evidence: {
      wave: 'Wave 2',
      cutOver: '2026-08-01',
      daysSinceCutOver: 115,
      monthlyCost: '90.52',
      monthlySavings: '90.52',
    },
  },
  evaluate: (resource, { thresholds: limits, view }) => judgeLeftOver(resource, view, limits, 0.95),
});
