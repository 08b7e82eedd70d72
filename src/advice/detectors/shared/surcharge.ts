import { z } from 'zod';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import type { Evidence, Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { monthlyCost, monthlySavings } from './evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from './lookback.ts';
import { isCritical } from './purpose.ts';

export const surchargeThresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('The surcharge is at least this much a month, in the currency of the bill.'),
});

export const surchargeEvidence = { monthlyCost, monthlySavings };

interface Context {
  readonly view: SnapshotView;
  readonly thresholds: z.infer<typeof surchargeThresholds>;
}

/**
 * From the bill alone: extended support is a line of its own, and it ends with the upgrade. AWS moves the dates, so none is written here.
 * `read` says what the usage type tells.
 */
export function judgeSurcharge<E extends Evidence>(
  resource: ResourceFacts,
  { thresholds: limits, view }: Context,
  surcharge: RegExp,
  read: (meterKind: string) => E,
): Outcome<E & { readonly monthlyCost: string; readonly monthlySavings: string }> {
  const costs = monthlyCosts(resource, view, (kind) => surcharge.test(kind));
  const cost = effectiveMonthly(costs);
  const latest = resource.lines.findLast((line) => surcharge.test(line.meterKind));
  if (!latest || cost.lte(0) || cost.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  const byAge = answerByAge(resource, view, limits.lookbackDays);
  if (byAge) return byAge;
  return {
    kind: 'finding',
    evidence: { ...read(latest.meterKind), monthlyCost: amountOf(cost), monthlySavings: amountOf(cost) },
    savings: sameRange(cost),
    confidence: confidenceOf(0.97, {
      criticalWorkload: isCritical(resource, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('extendedSupport', costs),
  };
}
