import { z } from 'zod';
import { exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { isTableStorage, isThroughput } from '../shared/dynamodb.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { judgeUnused, type UnusedEvidence, unusedEvidence } from '../shared/unused.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsePerDay: z
    .number()
    .min(0)
    .max(1_000)
    .default(0)
    .describe('Request units a day, on average over the look-back, stay below this; 0 demands that there is none.'),
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('The table costs at least this much a month, in the currency of the bill; the first 25 GB of an account are free.'),
});

const table = exampleResource({
  resourceId: 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/receipts-2019',
  resourceType: 'DynamoDBTable',
  tags: [{ key: 'System', value: 'order' }],
  // 300 GB for a day of November.
  lines: dailyLines({
    serviceName: SERVICE.dynamoDb,
    meterKind: 'TimedStorage-ByteHrs',
    usageQuantity: '10',
    billedCost: '2.85',
  }),
});

/** A table on demand bills each request: storage without any is data that nobody reads or writes. Provisioned tables bill capacity, and are left to AWS's own finding. */
export const dynamodbTableUnread = defineDetector({
  id: 'dynamodb-table-unread',
  revision: 1,
  category: 'database',
  bestPractices: ['COST04-BP03', 'COST04-BP05'],
  resourceType: 'DynamoDBTable',
  actionType: 'Delete',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: unusedEvidence,
  example: {
    subject: table,
    view: viewOf(exampleSnapshot({ resources: [table] })),
    evidence: { usePerDay: '0', maximumUsePerDay: '0', settledDays: 11, monthlyCost: '85.5', monthlySavings: '85.5' },
  },
  evaluate,
});

function evaluate(
  table: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<UnusedEvidence> {
  const signs = { isThere: isTableStorage, isUse: isThroughput, confidence: 0.95 };
  const outcome = judgeUnused(table, view, signs, limits);
  if (outcome.kind !== 'finding') return outcome;
  const { expected, high } = outcome.savings;
  if (exact(expected).lt(limits.minimumMonthlyCost)) return { kind: 'healthy' };
  // An export or a backup that is kept goes on costing, and only people know whether the data may go.
  return { ...outcome, savings: rangeOf(exact('0'), exact(expected), exact(high)) };
}
