import { z } from 'zod';
import { daysInMonth, monthOf } from '../../../kernel/calendar.ts';
import { exact, plain } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { endlessEvidence, judgeEndless } from '../shared/stored.ts';

/** Images of a repository (ECR pricing page: GB-months of what is stored; FOCUS sample of 2024-09 shows the line with the repository's ARN). */
const STORAGE = 'TimedStorage-ByteHrs';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  keptDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe('Days of images that are worth keeping; what is older and runs nowhere goes.'),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('At least this much a month goes, in the currency of the bill.'),
});

/** 300 GB in November that grow by 1 GB a day. */
const lines = dailyLines({ serviceName: SERVICE.ecr, meterKind: STORAGE, usageQuantity: '0', billedCost: '0' }).map(
  (line, index, all) => {
    const gigabyteMonths = exact(301 - (all.length - index)).div(daysInMonth(monthOf(line.day)));
    const cost = plain(gigabyteMonths.mul('0.1').toDecimalPlaces(10));
    return { ...line, usageQuantity: plain(gigabyteMonths.toDecimalPlaces(10)), billedCost: cost, effectiveCost: cost };
  },
);
const repository = exampleResource({
  resourceId: 'arn:aws:ecr:ap-northeast-1:111122223333:repository/order',
  resourceType: 'EcrRepository',
  lines,
});

/** Every build pushes an image, and without a lifecycle policy none ever goes. */
export const ecrRepositoryGrowing = defineDetector({
  id: 'ecr-repository-growing',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST04-BP05', 'COST04-BP04'],
  resourceType: 'EcrRepository',
  actionType: 'Rightsize',
  effort: 'VeryLow',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: endlessEvidence,
  example: {
    subject: repository,
    view: viewOf(exampleSnapshot({ resources: [repository] })),
    evidence: {
      storedGigabytes: '300',
      growthPerDayGigabytes: '1',
      heldDays: 300,
      keptDays: 90,
      monthlyCost: '29.7',
      monthlySavings: '20.79',
    },
  },
  evaluate: (resource, { thresholds: limits, view }) => judgeEndless(resource, view, (kind) => kind === STORAGE, limits),
});
