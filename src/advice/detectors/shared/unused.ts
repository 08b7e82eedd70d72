import { z } from 'zod';
import type { Exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from './evidence.ts';
import { answerByAge, answerByHistory, dailyUsage, isHistoryShort, judgedPeriod, total } from './lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from './purpose.ts';

/** What every rule of the kind "paid for and not used" shows: described in the unit that the rule's prose names. */
export const unusedEvidence = z.strictObject({
  usePerDay: z.string().describe('What it did a day, on average over the look-back, in the unit that the bill counts.'),
  maximumUsePerDay: z.string().describe('The limit for it.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type UnusedEvidence = z.infer<typeof unusedEvidence>;

/** How the bill tells that something is there, and how that something does its work. */
export interface UnusedSigns {
  /** Usage types that are paid for as long as it is there. */
  readonly isThere: (meterKind: string) => boolean;
  /** Usage types that grow with its work. */
  readonly isUse: (meterKind: string) => boolean;
  /** How often a rule of these signs is right where the purpose is known. */
  readonly confidence: number;
}

export interface UnusedLimits {
  readonly lookbackDays: number;
  /** In the unit of the use; 0 demands that there is none at all. */
  readonly maximumUsePerDay: number;
}

/**
 * From the bill alone: paid for on each settled day of the look-back, and it did next to nothing. Without it the bill loses all that it
 * costs. Not for what bills its work on another resource: silence there says nothing.
 */
export function judgeUnused(
  resource: ResourceFacts,
  view: SnapshotView,
  signs: UnusedSigns,
  limits: UnusedLimits,
): Outcome<UnusedEvidence> {
  if (isDisasterRecoveryStandby(resource, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(resource, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const period = judgedPeriod(view, limits.lookbackDays);
  const presence = dailyUsage(resource, period, signs.isThere);
  if (presence.values().some((quantity) => quantity.lte(0))) return { kind: 'healthy' };
  const usePerDay = total(dailyUsage(resource, period, signs.isUse)).div(presence.size);
  if (isUsed(usePerDay, limits)) return { kind: 'healthy' };

  const costs = monthlyCosts(resource, view);
  const cost = effectiveMonthly(costs);
  return {
    kind: 'finding',
    evidence: {
      usePerDay: amountOf(usePerDay),
      maximumUsePerDay: String(limits.maximumUsePerDay),
      settledDays: presence.size,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(cost),
    },
    savings: sameRange(cost),
    confidence: confidenceOf(signs.confidence, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(resource, view),
      criticalWorkload: isCritical(resource, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}

function isUsed(usePerDay: Exact, { maximumUsePerDay }: UnusedLimits): boolean {
  return maximumUsePerDay === 0 ? usePerDay.gt(0) : usePerDay.gte(maximumUsePerDay);
}
