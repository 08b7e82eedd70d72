import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { judgeLeftOver, leftOverEvidence } from '../shared/left-over.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { daysAfterCutOver } from '../shared/wave.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumDaysAfterCutOver: daysAfterCutOver(14),
});

const instance = exampleResource({
  resourceId: 'arn:aws:dms:ap-northeast-1:111122223333:rep:ORDERDBMOVE',
  resourceType: 'DmsReplicationInstance',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.dms,
    meterKind: 'InstanceUsg:dms.r5.large',
    usageQuantity: '24',
    billedCost: '5.568',
  }),
});

/** Paid by the hour with or without a task; the databases of its wave have moved. */
export const dmsInstanceLeft = defineDetector({
  id: 'dms-instance-left',
  revision: 1,
  category: 'migration',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'DmsReplicationInstance',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'plan', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: leftOverEvidence,
  example: {
    subject: instance,
    view: viewOf(exampleSnapshot({ resources: [instance], workloads: [exampleWave()] })),
    evidence: {
      wave: 'Wave 2',
      cutOver: '2026-08-01',
      daysSinceCutOver: 115,
      monthlyCost: '169.36',
      monthlySavings: '169.36',
    },
  },
  evaluate: (resource, { thresholds: limits, view }) => judgeLeftOver(resource, view, limits, 0.95),
});
