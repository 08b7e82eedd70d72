import { z } from 'zod';
import { dayNumber } from '../../../kernel/calendar.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isStillBilled, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/** Standard tier; archived ones are "EBS:SnapshotArchiveStorage" (EBS billing codes, read 2026-11). */
const STORAGE = 'EBS:SnapshotUsage';
/** AWS Backup deletes its own by the plan's retention, and names where they came from in a tag. */
const BACKUP_TAG = /^aws:(backup|dlm):/;

const thresholds = z.strictObject({
  minimumAgeDays: z
    .int()
    .min(90)
    .max(3_650)
    .default(180)
    .describe('The snapshot has been on the bill for at least this many days, as far as our data reaches back.'),
  ownBlocksPercent: z
    .number()
    .min(0)
    .max(100)
    .default(50)
    .describe('What deleting it is expected to free, as a share of what it is billed: other snapshots go on needing the rest.'),
});

const evidence = z.strictObject({
  sizeGib: z.string().describe('Billed size in GiB: the blocks that were new when it was taken.'),
  ageDays: z.int().describe('Days on the bill, at least.'),
  monthlyCost,
  monthlySavings,
});

export type EbsSnapshotOldEvidence = z.infer<typeof evidence>;

const snapshot = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:snapshot/snap-0123456789abcdef1',
  resourceType: 'EbsSnapshot',
  tags: [{ key: 'System', value: 'order' }],
  firstBilledDay: '2025-11-24',
  // 400 GiB for a day of November.
  lines: dailyLines({
    serviceName: SERVICE.ec2Other,
    meterKind: STORAGE,
    usageQuantity: '13.3333333333',
    billedCost: '0.6666666667',
  }),
});

/**
 * Snapshots are incremental: deleting one frees only the blocks that no later one needs, and those are billed on to the next. What the bill
 * shows is therefore the most that it can save, and `low` is nothing. Age is known only as far back as our own data.
 */
export const ebsSnapshotOld = defineDetector({
  id: 'ebs-snapshot-old',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST04-BP05', 'COST04-BP03'],
  resourceType: 'EbsSnapshot',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 180 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: snapshot,
    view: viewOf(exampleSnapshot({ resources: [snapshot] })),
    evidence: { sizeGib: '400', ageDays: 365, monthlyCost: '20', monthlySavings: '10' },
  },
  evaluate,
});

function evaluate(
  snapshot: ResourceSubject,
  { thresholds: limits, view, asOf }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<EbsSnapshotOldEvidence> {
  const costs = monthlyCosts(snapshot, view, (kind) => kind === STORAGE);
  const cost = effectiveMonthly(costs);
  if (!isStillBilled(snapshot, view) || cost.lte(0)) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(snapshot, view)) return notApplicable('disasterRecoveryStandby');
  if (snapshot.tags.some(({ key }) => BACKUP_TAG.test(key))) return notApplicable('managedByBackup');
  const ageDays = dayNumber(asOf) - dayNumber(snapshot.firstBilledDay);
  if (ageDays < limits.minimumAgeDays) {
    const mayBeOlder = snapshot.firstBilledDay <= view.snapshot.lineWindow.start;
    return mayBeOlder ? { kind: 'unknown', missing: ['shortHistory'] } : notApplicable('tooYoung');
  }
  const expected = cost.mul(limits.ownBlocksPercent).div(100);
  return {
    kind: 'finding',
    evidence: {
      sizeGib: unitsMonthly(costs).toFixed(0),
      ageDays,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(expected),
    },
    savings: rangeOf(cost.mul(0), expected, cost),
    confidence: confidenceOf(0.9, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(snapshot, view),
      criticalWorkload: isCritical(snapshot, view),
      sharedBlocks: true,
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
