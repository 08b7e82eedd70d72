import { z } from 'zod';
import { daysInMonth, monthOf } from '../../../kernel/calendar.ts';
import { exact, plain } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { endlessEvidence, judgeEndless } from '../shared/stored.ts';

/** What a log group holds, in any class (CloudWatch user guide, "Analyzing, optimizing, and reducing CloudWatch costs", read 2026-11). */
const STORAGE = /^TimedStorage-(IA-)?ByteHrs$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  keptDays: z
    .int()
    .min(1)
    .max(3_653)
    .default(365)
    .describe('Days of logs that are worth keeping in CloudWatch; what is older goes.'),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('At least this much a month goes, in the currency of the bill.'),
});

/** 600 GB in November that grow by 1 GB a day: 600 days of logs. */
const lines = dailyLines({
  serviceName: SERVICE.cloudWatch,
  meterKind: 'TimedStorage-ByteHrs',
  usageQuantity: '0',
  billedCost: '0',
}).map((line, index, all) => {
  const gigabyteMonths = exact(601 - (all.length - index)).div(daysInMonth(monthOf(line.day)));
  const cost = plain(gigabyteMonths.mul('0.033').toDecimalPlaces(10));
  return { ...line, usageQuantity: plain(gigabyteMonths.toDecimalPlaces(10)), billedCost: cost, effectiveCost: cost };
});
const logGroup = exampleResource({
  resourceId: 'arn:aws:logs:ap-northeast-1:111122223333:log-group:/aws/lambda/order',
  resourceType: 'LogGroup',
  lines,
});

/** A log group without retention grows for ever; one with retention is level once it is as old as that. */
export const logGroupRetentionMissing = defineDetector({
  id: 'log-group-retention-missing',
  revision: 1,
  category: 'observability',
  bestPractices: ['COST04-BP05', 'COST02-BP05'],
  resourceType: 'LogGroup',
  actionType: 'Rightsize',
  effort: 'VeryLow',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: endlessEvidence,
  example: {
    subject: logGroup,
    view: viewOf(exampleSnapshot({ resources: [logGroup] })),
    evidence: {
      storedGigabytes: '600',
      growthPerDayGigabytes: '1',
      heldDays: 600,
      keptDays: 365,
      monthlyCost: '19.701',
      monthlySavings: '7.716225',
    },
  },
  evaluate: (resource, { thresholds: limits, view }) => judgeEndless(resource, view, (kind) => STORAGE.test(kind), limits),
});
