import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { lookbackDays } from '../shared/lookback.ts';
import { judgeUnused, unusedEvidence } from '../shared/unused.ts';

/**
 * Price list of AmazonKinesis, read 2026-11: shards and streams by the hour, records put by the payload unit of 25 KB, on-demand streams by the GB.
 * Reading from a stream without new records brings nothing beyond its retention.
 */
const HOURS = /^(Storage-ShardHour|OnDemand-StreamHour)$/;
const RECORDS = /^(PutRequestPayloadUnits|OnDemand-Billed(Incoming|Outgoing)\w*Bytes)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsePerDay: z
    .number()
    .min(0)
    .max(10_000)
    .default(0)
    .describe('Payload units (or GB) a day, on average over the look-back, stay below this; 0 demands that there is none.'),
});

const stream = exampleResource({
  resourceId: 'arn:aws:kinesis:ap-northeast-1:111122223333:stream/clicks-old',
  resourceType: 'KinesisStream',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.kinesis,
    meterKind: 'Storage-ShardHour',
    usageQuantity: '96',
    billedCost: '1.872',
  }),
});

export const kinesisStreamIdle = defineDetector({
  id: 'kinesis-stream-idle',
  revision: 1,
  category: 'database',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'KinesisStream',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence: unusedEvidence,
  example: {
    subject: stream,
    view: viewOf(exampleSnapshot({ resources: [stream] })),
    evidence: { usePerDay: '0', maximumUsePerDay: '0', settledDays: 11, monthlyCost: '56.94', monthlySavings: '56.94' },
  },
  evaluate: (resource, { thresholds: limits, view }) =>
    judgeUnused(
      resource,
      view,
      { isThere: (kind) => HOURS.test(kind), isUse: (kind) => RECORDS.test(kind), confidence: 0.97 },
      limits,
    ),
});
