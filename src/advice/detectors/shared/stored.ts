import { z } from 'zod';
import { daysInMonth, monthOf } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { monthlyCost, monthlySavings } from './evidence.ts';
import { answerByAge, answerByHistory, dailyUsage, isHistoryShort, judgedPeriod } from './lookback.ts';
import { isCritical } from './purpose.ts';

type Kinds = (meterKind: string) => boolean;

/** GB held on each judged day, oldest first. The bill counts GB-months: a day's part of its month. */
export function storedByDay(resource: ResourceFacts, view: SnapshotView, days: number, isStorage: Kinds): readonly Exact[] {
  return [...dailyUsage(resource, judgedPeriod(view, days), isStorage)].map(([day, quantity]) =>
    quantity.mul(daysInMonth(monthOf(day))),
  );
}

export const endlessEvidence = z.strictObject({
  storedGigabytes: z.string().describe('GB held on the last settled day.'),
  growthPerDayGigabytes: z.string().describe('GB by which it grew a day, on average over the look-back; it never shrank.'),
  heldDays: z.int().describe('Days of data held: what is stored, at the pace of its growth.'),
  keptDays: z.int().describe('Days to keep, from the thresholds.'),
  monthlyCost,
  monthlySavings,
});

export type EndlessEvidence = z.infer<typeof endlessEvidence>;

export interface EndlessLimits {
  readonly lookbackDays: number;
  readonly keptDays: number;
  readonly minimumMonthlySavings: number;
}

const MONTH_DAYS = 30;
/** Rounding of what AWS prorates. */
const TOLERANCE = new Exact('0.0000001');

/**
 * Storage that only grows, for more days than anybody wants to keep. What arrives and stays a day is the day's growth, so what is held is
 * worth so many days, and keeping fewer leaves the same share of the cost. True as long as as much arrives as did before.
 */
export function judgeEndless(
  resource: ResourceFacts,
  view: SnapshotView,
  isStorage: Kinds,
  limits: EndlessLimits,
): Outcome<EndlessEvidence> {
  const early = answerByAge(resource, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const stored = storedByDay(resource, view, limits.lookbackDays, isStorage);
  const [first, last] = [stored[0], stored.at(-1)];
  if (!first || !last || first.lte(0) || hasShrunk(stored)) return { kind: 'healthy' };
  const growth = last.minus(first).div(stored.length - 1);
  if (growth.lte(last.mul(TOLERANCE))) return { kind: 'healthy' };
  const heldDays = last.div(growth);
  const costs = monthlyCosts(resource, view, isStorage);
  const cost = effectiveMonthly(costs);
  const savingsAt = (keptDays: number): Exact => cost.mul(new Exact(1).minus(new Exact(keptDays).div(heldDays)));
  const savings = savingsAt(limits.keptDays);
  if (savings.lte(0) || savings.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      storedGigabytes: last.toDecimalPlaces(1).toFixed(),
      growthPerDayGigabytes: growth.toDecimalPlaces(3).toFixed(),
      heldDays: Math.round(heldDays.toNumber()),
      keptDays: limits.keptDays,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(savings),
    },
    // How long it must be kept, only people know: for ever, or a month.
    savings: rangeOf(cost.mul(0), savings, savingsAt(Math.min(limits.keptDays, MONTH_DAYS))),
    confidence: confidenceOf(0.9, {
      keepingRule: true,
      criticalWorkload: isCritical(resource, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('storage', costs),
  };
}

function hasShrunk(stored: readonly Exact[]): boolean {
  return stored.some((now, index) => {
    const before = stored[index - 1];
    return before !== undefined && now.lt(before.minus(before.mul(TOLERANCE)));
  });
}
