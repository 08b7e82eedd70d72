import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { judgeLeftOver, leftOverEvidence } from '../shared/left-over.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { isReplicationServer } from '../shared/migration-tags.ts';
import { daysAfterCutOver } from '../shared/wave.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumDaysAfterCutOver: daysAfterCutOver(14),
});

const server = exampleResource({
  resourceId: 'i-0123456789abcdef5',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [
    { key: 'System', value: 'order' },
    { key: 'Name', value: 'AWS Application Migration Service Replication Server' },
    { key: 'AWSApplicationMigrationServiceManaged', value: 'mgn.amazonaws.com' },
  ],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:t3.small',
    usageQuantity: '24',
    billedCost: '0.6528',
  }),
});

/** Machines of the Application Migration Service that go on replicating, or wait for it, after their wave has moved. */
export const mgnReplicationServer = defineDetector({
  id: 'mgn-replication-server',
  revision: 1,
  category: 'migration',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'Ec2Instance',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'plan', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS', 'ComputeOptimizer'],
  thresholds,
  evidence: leftOverEvidence,
  select: (view) =>
    view.snapshot.resources.filter((resource) => resource.resourceType === 'Ec2Instance' && isReplicationServer(resource)),
  example: {
    subject: server,
    view: viewOf(exampleSnapshot({ resources: [server], workloads: [exampleWave()] })),
    evidence: {
      wave: 'Wave 2',
      cutOver: '2026-08-01',
      daysSinceCutOver: 115,
      monthlyCost: '19.856',
      monthlySavings: '19.856',
    },
  },
  evaluate: (resource, { thresholds: limits, view }) => judgeLeftOver(resource, view, limits, 0.95),
});
