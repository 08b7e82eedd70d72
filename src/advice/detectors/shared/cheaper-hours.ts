import { z } from 'zod';
import { Exact, exact } from '../../../kernel/money.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, type MeterCost, monthlyCosts, rangeOf } from '../../costing.ts';
import type { Outcome, SavingsRange } from '../../detector.ts';
import { savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf, type Doubt } from './confidence.ts';
import { instanceType, monthlyCost, monthlySavings } from './evidence.ts';
import { isHistoryShort } from './lookback.ts';
import { isAboveList, type Priced } from './priced.ts';
import { isCritical, isPurposeKnown, notApplicable } from './purpose.ts';

/** What every rule shows that moves hours to a cheaper product of the price list. */
export const cheaperHoursEvidence = z.strictObject({
  instanceType,
  targetType: z.string().describe('What to move to; several in the same order as the present types.'),
  savingsPercent: z.string().describe('How much less the target costs an hour, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type CheaperHoursEvidence = z.infer<typeof cheaperHoursEvidence>;

/** One usage type of a resource, and the product that does the same for less. */
export interface HoursMove {
  readonly meterKind: string;
  readonly current: { readonly name: string; readonly price: PriceQuestion };
  readonly target: { readonly name: string; readonly price: PriceQuestion; readonly meterKind: string };
}

interface How {
  readonly view: SnapshotView;
  readonly thresholds: { readonly lookbackDays: number; readonly minimumSavingsPercent: number };
  /** What is not known where the bill charges more than the list price of the product that we took it for. */
  readonly otherProduct: string;
  readonly doubts?: Partial<Readonly<Record<Doubt, boolean>>>;
}

interface Saved {
  readonly move: HoursMove;
  readonly share: Exact;
  readonly costs: readonly MeterCost[];
  readonly savings: SavingsRange;
}

/** Asks for both prices of each move; what saves too little is left out. Reserved hours save nothing before their reservation ends. */
export function cheaperHours(
  resource: ResourceFacts,
  moves: readonly HoursMove[],
  how: How,
): Priced<string, CheaperHoursEvidence> {
  const questions = moves.flatMap(({ current, target }, index) => [
    [`current${index}`, current.price] as const,
    [`target${index}`, target.price] as const,
  ]);
  return {
    kind: 'priced',
    questions: Object.fromEntries(questions),
    conclude: (prices) => conclude(resource, moves, prices, how),
  };
}

function conclude(
  resource: ResourceFacts,
  moves: readonly HoursMove[],
  prices: Readonly<Record<string, Exact>>,
  { view, thresholds, otherProduct, doubts = {} }: How,
): Outcome<CheaperHoursEvidence> {
  const saved: Saved[] = [];
  for (const [index, move] of moves.entries()) {
    const [current, target] = [prices[`current${index}`], prices[`target${index}`]];
    if (!current || !target) continue;
    const costs = monthlyCosts(resource, view, (kind) => kind === move.meterKind);
    if (isAboveList(costs, current, view)) return { kind: 'unknown', missing: [otherProduct] };
    if (costs.some(({ coveredBy }) => coveredBy === 'reservation')) return notApplicable('reserved');
    const share = new Exact(1).minus(target.div(current));
    if (costs.length === 0 || share.lte(0) || share.mul(100).lt(thresholds.minimumSavingsPercent)) continue;
    saved.push({ move, share, costs, savings: savingsOf(costs, view, { share, targetMeterKind: move.target.meterKind }) });
  }
  if (saved.length === 0) return { kind: 'healthy' };

  const costs = saved.flatMap((one) => one.costs);
  const cost = effectiveMonthly(costs);
  const savings = added(saved.map((one) => one.savings));
  const share = weighted(saved, cost);
  const only = saved.length === 1 ? saved[0] : undefined;
  return {
    kind: 'finding',
    evidence: {
      instanceType: saved.map(({ move }) => move.current.name).join(', '),
      targetType: saved.map(({ move }) => move.target.name).join(', '),
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(cost),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      purposeUnknown: !isPurposeKnown(resource, view),
      criticalWorkload: isCritical(resource, view),
      commitmentFloats: costs.some(({ coveredBy }) => coveredBy !== 'none'),
      shortHistory: isHistoryShort(view, thresholds.lookbackDays),
      ...doubts,
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, { share, targetMeterKind: only?.move.target.meterKind ?? null }),
  };
}

function added(ranges: readonly SavingsRange[]): SavingsRange {
  const sum = (of: keyof SavingsRange): Exact => ranges.reduce((total, range) => total.plus(exact(range[of])), new Exact(0));
  return rangeOf(sum('low'), sum('expected'), sum('high'));
}

function weighted(saved: readonly Saved[], cost: Exact): Exact {
  const first = saved[0]?.share ?? new Exact(0);
  if (saved.length === 1 || cost.lte(0)) return first;
  return saved.reduce((sum, one) => sum.plus(effectiveMonthly(one.costs).mul(one.share)), new Exact(0)).div(cost);
}
