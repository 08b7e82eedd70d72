import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import {
  answerByAge,
  answerByHistory,
  dailyUsage,
  isHistoryShort,
  judgedPeriod,
  lookbackDays,
  total,
} from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/** Paid by the hour for each snapshot and Availability Zone (EBS billing codes and "Amazon EBS fast snapshot restore", read 2026-11). */
const HOURS = 'EBS:FastSnapshotRestore';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
});

const evidence = z.strictObject({
  zones: z.string().describe('Availability Zones for which it is switched on, on average over the look-back.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type EbsFastSnapshotRestoreEvidence = z.infer<typeof evidence>;

const snapshot = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:snapshot/snap-0123456789abcdef0',
  resourceType: 'EbsSnapshot',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({ serviceName: SERVICE.ec2Other, meterKind: HOURS, usageQuantity: '48', billedCost: '43.2' }),
});

/** Made for the hour of a mass restore; the bill shows that it is on day and night, not whether somebody restores. */
export const ebsFastSnapshotRestore = defineDetector({
  id: 'ebs-fast-snapshot-restore',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST04-BP03', 'COST06-BP02'],
  resourceType: 'EbsSnapshot',
  actionType: 'Stop',
  effort: 'VeryLow',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: snapshot,
    view: viewOf(exampleSnapshot({ resources: [snapshot] })),
    evidence: { zones: '2', settledDays: 11, monthlyCost: '1314', monthlySavings: '1314' },
  },
  evaluate,
});

function evaluate(
  snapshot: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<EbsFastSnapshotRestoreEvidence> {
  const costs = monthlyCosts(snapshot, view, (kind) => kind === HOURS);
  const cost = effectiveMonthly(costs);
  if (cost.lte(0)) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(snapshot, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(snapshot, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const usage = dailyUsage(snapshot, judgedPeriod(view, limits.lookbackDays), (kind) => kind === HOURS);
  if (usage.values().some((hours) => hours.lt(24))) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      zones: total(usage).div(usage.size).div(24).toDecimalPlaces(1).toFixed(),
      settledDays: usage.size,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(cost),
    },
    // Only people know whether volumes are made from it every day.
    savings: rangeOf(cost.mul(0), cost, cost),
    confidence: confidenceOf(0.95, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(snapshot, view),
      criticalWorkload: isCritical(snapshot, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('iops', costs),
  };
}
