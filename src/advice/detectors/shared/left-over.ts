import { z } from 'zod';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import { ALL_OF_IT, savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { monthlyCost, monthlySavings } from './evidence.ts';
import { answerByAge, isHistoryShort } from './lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from './purpose.ts';
import { afterCutOver, cutOver, daysSinceCutOver, wave } from './wave.ts';

/** What every rule on what a migration left behind shows. */
export const leftOverEvidence = z.strictObject({ wave, cutOver, daysSinceCutOver, monthlyCost, monthlySavings });

export type LeftOverEvidence = z.infer<typeof leftOverEvidence>;

export interface LeftOverLimits {
  readonly lookbackDays: number;
  readonly minimumDaysAfterCutOver: number;
}

/** Something that only the move itself needed, still paid for after its wave's cut-over: all that it costs goes with it. */
export function judgeLeftOver(
  resource: ResourceFacts,
  view: SnapshotView,
  limits: LeftOverLimits,
  confidence: number,
): Outcome<LeftOverEvidence> {
  if (isDisasterRecoveryStandby(resource, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(resource, view, limits.lookbackDays);
  if (early) return early;
  const moved = afterCutOver(resource, view, limits.minimumDaysAfterCutOver);
  if (moved.kind !== 'cutOver') return moved;

  const costs = monthlyCosts(resource, view);
  const savings = savingsOf(costs, view);
  return {
    kind: 'finding',
    evidence: {
      wave: moved.workload.wave,
      cutOver: moved.workload.cutOver,
      daysSinceCutOver: moved.daysSince,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(confidence, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(resource, view),
      criticalWorkload: isCritical(resource, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
      commitmentFloats: isCovered(costs),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs, ALL_OF_IT),
  };
}
