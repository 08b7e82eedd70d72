import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts, onDemandEquivalentMonthly } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import { EXAMPLE_AS_OF } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { monthlyCost, monthlySavings } from './evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from './lookback.ts';
import type { Priced } from './priced.ts';
import { isCritical, isPurposeKnown } from './purpose.ts';
import { regionalQuestions } from './regional-prices.ts';

/** What rules ask that propose Arm for work that is billed by what it takes, not by a machine. */
export const armThresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('It saves at least this much a month, in the currency of the bill.'),
});

export const armEvidence = z.strictObject({
  savingsPercent: z.string().describe('How much less the same usage costs on Graviton, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type ArmEvidence = z.infer<typeof armEvidence>;

export interface OnArm {
  readonly serviceCode: string;
  /** The usage type on Graviton by the one of today. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly isPrefixedInVirginia: boolean;
  readonly confidence: number;
}

interface Asked {
  readonly thresholds: z.infer<typeof armThresholds>;
  readonly view: SnapshotView;
}

/** Each usage type at the price that its like has on Graviton; what is on Graviton already, or has no like, is left as it is. */
export function examineArm(
  resource: ResourceFacts,
  { thresholds: limits, view }: Asked,
  arm: OnArm,
): Outcome<ArmEvidence> | Priced<string, ArmEvidence> {
  const costs = monthlyCosts(resource, view, (kind) => Object.hasOwn(arm.kinds, kind));
  if (effectiveMonthly(costs).lte(0)) return { kind: 'healthy' };
  const byAge = answerByAge(resource, view, limits.lookbackDays);
  if (byAge) return byAge;
  const asked = costs.flatMap(({ meterKind }) => [meterKind, arm.kinds[meterKind] ?? meterKind]);
  const { serviceCode, isPrefixedInVirginia } = arm;
  const named = Object.fromEntries(asked.map((kind) => [kind, { serviceCode, kind, isPrefixedInVirginia }]));
  const questions: Readonly<Record<string, PriceQuestion>> | null = regionalQuestions(resource.regionId, named);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };
  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const before = onDemandEquivalentMonthly(costs);
      const after = costs.reduce((sum, cost) => {
        const [now, then] = [price[cost.meterKind], price[arm.kinds[cost.meterKind] ?? '']];
        return now && then
          ? sum.plus(cost.onDemandEquivalentMonthly.mul(then).div(now))
          : sum.plus(cost.onDemandEquivalentMonthly);
      }, new Exact(0));
      const share = new Exact(1).minus(after.div(before));
      if (share.lte(0)) return { kind: 'healthy' };
      const savings = savingsOf(costs, view, { share });
      if (new Exact(savings.expected).lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
      return {
        kind: 'finding',
        evidence: {
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(effectiveMonthly(costs)),
          monthlySavings: savings.expected,
        },
        savings,
        confidence: confidenceOf(arm.confidence, {
          architectureDiffers: true,
          purposeUnknown: !isPurposeKnown(resource, view),
          criticalWorkload: isCritical(resource, view),
          commitmentFloats: isCovered(costs),
          shortHistory: isHistoryShort(view, limits.lookbackDays),
        }),
        priceBasis: 'derived',
        effect: effectOn('compute', costs, { share }),
      };
    },
  };
}

/** For examples: the list price of a usage type in Tokyo. */
export function exampleUsagePrice(serviceCode: string, kind: string, amountPerUnit: string) {
  return {
    question: { serviceCode, regionId: 'ap-northeast-1', attributes: { usagetype: `APN1-${kind}` }, term: 'onDemand' },
    answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' },
    readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
  } as const;
}
