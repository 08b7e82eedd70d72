import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { armEvidence, armThresholds, examineArm, exampleUsagePrice, type OnArm } from '../shared/arm-price.ts';
import { LAMBDA } from '../shared/lambda.ts';
import { concluded, questionsOf } from '../shared/priced.ts';

/** Lambda@Edge has other usage types and no Graviton. */
const ON_ARM: OnArm = {
  serviceCode: 'AWSLambda',
  kinds: { [LAMBDA.duration]: LAMBDA.durationArm },
  isPrefixedInVirginia: false,
  confidence: 0.95,
};

const fn = exampleResource({
  resourceId: 'arn:aws:lambda:ap-northeast-1:111122223333:function:order-mail',
  resourceType: 'LambdaFunction',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.lambda,
    meterKind: LAMBDA.duration,
    usageQuantity: '60000',
    billedCost: '1.000002',
  }),
});

export const lambdaFunctionX86 = defineDetector({
  id: 'lambda-function-x86',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST10-BP02'],
  resourceType: 'LambdaFunction',
  actionType: 'MigrateToGraviton',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: armThresholds,
  evidence: armEvidence,
  example: {
    subject: fn,
    view: viewOf(
      exampleSnapshot({
        resources: [fn],
        prices: [
          exampleUsagePrice('AWSLambda', LAMBDA.duration, '0.0000166667'),
          exampleUsagePrice('AWSLambda', LAMBDA.durationArm, '0.0000133334'),
        ],
      }),
    ),
    evidence: { savingsPercent: '20', monthlyCost: '30.416728', monthlySavings: '6.083273' },
  },
  pricesNeeded: (fn, context) => questionsOf(examineArm(fn, context, ON_ARM)),
  evaluate: (fn, context) => concluded(examineArm(fn, context, ON_ARM), context.view),
});
