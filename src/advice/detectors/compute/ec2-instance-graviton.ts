import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import {
  examineOtherFamily,
  exampleInstancePrice,
  type OtherFamily,
  otherFamilyEvidence,
  otherFamilyThresholds,
} from '../shared/other-family.ts';
import { concluded, questionsOf } from '../shared/priced.ts';

/**
 * The Graviton family in which the same size has as many vCPUs and as much memory, local disks where there are some (EC2 instance types guide,
 * read 2026-11). Older generations are left out: they have a step of their own that needs no other program.
 */
const GRAVITON: OtherFamily = {
  familyOf: new Map([
    ...['m5', 'm5a', 'm6i', 'm6a'].map((family) => [family, 'm6g'] as const),
    ...['c5', 'c5a', 'c6i', 'c6a'].map((family) => [family, 'c6g'] as const),
    ...['r5', 'r5a', 'r6i', 'r6a'].map((family) => [family, 'r6g'] as const),
    ...['m5d', 'm5ad', 'm6id'].map((family) => [family, 'm6gd'] as const),
    ...['c5d', 'c5ad', 'c6id'].map((family) => [family, 'c6gd'] as const),
    ...['r5d', 'r5ad', 'r6id'].map((family) => [family, 'r6gd'] as const),
    ...['m7i', 'm7a'].map((family) => [family, 'm7g'] as const),
    ...['c7i', 'c7a'].map((family) => [family, 'c7g'] as const),
    ...['r7i', 'r7a'].map((family) => [family, 'r7g'] as const),
    ...['t3', 't3a'].map((family) => [family, 't4g'] as const),
  ]),
  sizes: /^(nano|micro|small|medium|large|xlarge|[248]xlarge|12xlarge|16xlarge)$/,
  // Windows does not run on it; Red Hat and SUSE sell their subscription for it apart.
  platforms: ['Linux'],
  confidence: 0.95,
  doubts: ['architectureDiffers', 'platformDiffers'],
};

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef3',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:m5.xlarge',
    usageQuantity: '24',
    billedCost: '5.952',
  }),
});

export const ec2InstanceGraviton = defineDetector({
  id: 'ec2-instance-graviton',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST10-BP01', 'COST10-BP02'],
  resourceType: 'Ec2Instance',
  actionType: 'MigrateToGraviton',
  effort: 'High',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: otherFamilyThresholds,
  evidence: otherFamilyEvidence,
  example: {
    subject: machine,
    view: viewOf(
      exampleSnapshot({
        resources: [machine],
        prices: [exampleInstancePrice('m5.xlarge', '0.248'), exampleInstancePrice('m6g.xlarge', '0.198')],
      }),
    ),
    evidence: {
      instanceType: 'm5.xlarge',
      targetType: 'm6g.xlarge',
      operatingSystem: 'Linux',
      savingsPercent: '20.2',
      monthlyCost: '181.04',
      monthlySavings: '36.5',
    },
  },
  pricesNeeded: (machine, context) => questionsOf(examineOtherFamily(machine, context, GRAVITON)),
  evaluate: (machine, context) => concluded(examineOtherFamily(machine, context, GRAVITON), context.view),
});
