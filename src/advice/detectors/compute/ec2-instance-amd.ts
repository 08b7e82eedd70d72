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
 * The AMD family of the same generation: same vCPUs, memory and disks, programs as they are (EC2 instance types guide, read 2026-11). From the
 * seventh generation on AMD has a whole core for each vCPU and costs more.
 */
const AMD: OtherFamily = {
  familyOf: new Map(
    ['t3', 'm5', 'c5', 'r5', 'm6i', 'c6i', 'r6i', 'm5d', 'c5d', 'r5d'].map((family) => [
      family,
      family.replace(/^([tmcr]\d)i?(d?)$/, '$1a$2'),
    ]),
  ),
  sizes: /^(nano|micro|small|medium|large|xlarge|[248]xlarge|12xlarge|16xlarge|24xlarge)$/,
  platforms: ['Linux', 'Windows', 'RHEL', 'SUSE'],
  confidence: 0.97,
  doubts: [],
};

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef4',
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

export const ec2InstanceAmd = defineDetector({
  id: 'ec2-instance-amd',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST10-BP02'],
  resourceType: 'Ec2Instance',
  actionType: 'Upgrade',
  effort: 'Medium',
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
        prices: [exampleInstancePrice('m5.xlarge', '0.248'), exampleInstancePrice('m5a.xlarge', '0.224')],
      }),
    ),
    evidence: {
      instanceType: 'm5.xlarge',
      targetType: 'm5a.xlarge',
      operatingSystem: 'Linux',
      savingsPercent: '9.7',
      monthlyCost: '181.04',
      monthlySavings: '17.52',
    },
  },
  pricesNeeded: (machine, context) => questionsOf(examineOtherFamily(machine, context, AMD)),
  evaluate: (machine, context) => concluded(examineOtherFamily(machine, context, AMD), context.view),
});
