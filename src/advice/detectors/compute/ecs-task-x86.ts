import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { armEvidence, armThresholds, examineArm, exampleUsagePrice, type OnArm } from '../shared/arm-price.ts';
import { concluded, questionsOf } from '../shared/priced.ts';

/** Usage types of Linux tasks on Fargate (price lists quoted in public repositories, read 2026-11); Windows has its own, and no Graviton. */
const VCPU = 'Fargate-vCPU-Hours:perCPU';
const MEMORY = 'Fargate-GB-Hours';
const ON_ARM: OnArm = {
  serviceCode: 'AmazonECS',
  kinds: { [VCPU]: 'Fargate-ARM-vCPU-Hours:perCPU', [MEMORY]: 'Fargate-ARM-GB-Hours' },
  isPrefixedInVirginia: true,
  confidence: 0.95,
};

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ecs, meterKind, usageQuantity, billedCost });
const task = exampleResource({
  resourceId: 'arn:aws:ecs:ap-northeast-1:111122223333:task/order/0123456789abcdef0123456789abcdef',
  resourceType: 'EcsTask',
  tags: [{ key: 'System', value: 'order' }],
  lines: [...line(VCPU, '24', '1.21344'), ...line(MEMORY, '48', '0.26544')],
});

export const ecsTaskX86 = defineDetector({
  id: 'ecs-task-x86',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST10-BP02'],
  resourceType: 'EcsTask',
  actionType: 'MigrateToGraviton',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: armThresholds,
  evidence: armEvidence,
  example: {
    subject: task,
    view: viewOf(
      exampleSnapshot({
        resources: [task],
        prices: [
          exampleUsagePrice('AmazonECS', VCPU, '0.05056'),
          exampleUsagePrice('AmazonECS', 'Fargate-ARM-vCPU-Hours:perCPU', '0.04045'),
          exampleUsagePrice('AmazonECS', MEMORY, '0.00553'),
          exampleUsagePrice('AmazonECS', 'Fargate-ARM-GB-Hours', '0.00442'),
        ],
      }),
    ),
    evidence: { savingsPercent: '20', monthlyCost: '44.9826', monthlySavings: '9.0009' },
  },
  pricesNeeded: (task, context) => questionsOf(examineArm(task, context, ON_ARM)),
  evaluate: (task, context) => concluded(examineArm(task, context, ON_ARM), context.view),
});
