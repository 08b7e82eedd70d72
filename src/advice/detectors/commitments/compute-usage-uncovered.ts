import { z } from 'zod';
import { addDays } from '../../../kernel/calendar.ts';
import { type Exact, exact, HOURS_PER_MONTH, plain } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleSnapshot } from '../../example-facts.ts';
import { sharingGroupOf, sharingGroups } from '../../sharing-group.ts';
import { DEFAULT_PURCHASE_POLICY, type Sizing, sizeGroup } from '../../sizing/size.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { coverableUsage, priceQuestionsOf, quantileOfDays, savingsShares } from '../shared/coverable-usage.ts';
import { instancePrice } from '../shared/ec2.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';

const thresholds = z.strictObject({
  lookbackDays: z.int().min(30).max(90).default(30).describe('Settled days of usage that a commitment is sized on.'),
  steadyQuantilePercent: z
    .number()
    .min(0)
    .max(30)
    .default(10)
    .describe(
      'Usage counts as steady up to this quantile of the days: 10 means that nine days out of ten used at least that much.',
    ),
  tranchePercent: z
    .number()
    .min(10)
    .max(70)
    .default(70)
    .describe('Share of the steady usage that the first purchase covers; buying too much cannot be undone.'),
  lowUtilizationPercent: z
    .number()
    .min(50)
    .max(100)
    .default(90)
    .describe('How much of the commitment is used in the careful figure, where no hours are known.'),
  minimumHourlyUsageCost: z
    .number()
    .min(0)
    .max(1_000)
    .default(0.1)
    .describe('Steady on-demand usage an hour from which a commitment is proposed (AWS itself starts at 0.10).'),
  minimumPricedPercent: z
    .number()
    .min(50)
    .max(100)
    .default(80)
    .describe('Share of the usage whose reserved price must be known; the rest is left uncovered.'),
});

const evidence = z.strictObject({
  settledDays,
  hourlySteadyCost: z.string().describe('On-demand usage an hour that is there on nearly every day, after the other advice.'),
  hourlyCommitment: z.string().describe('The commitment an hour of the first purchase.'),
  tranchePercent: z.number().describe('Share of the steady usage that the first purchase covers.'),
  savingsPercent: z.string().describe('Estimated discount on the covered usage.'),
  pricedPercent: z.string().describe('Share of the usage whose price under a plan is known.'),
  knownByHourPercent: z.string().describe('Share of the usage whose hours are known; the rest is judged by its days.'),
  yearlySavings: z.string().describe('What the first purchase is expected to save in its year.'),
  monthlyCost,
  monthlySavings,
});

export type ComputeUsageUncoveredEvidence = z.infer<typeof evidence>;
type Limits = z.infer<typeof thresholds>;
type Context = EvaluateContext<Limits>;
/** Usage of a coming month goes up and down by about this much against the look-back. */
const USAGE_SWING = 0.1;
/** With fewer hours known than this share the shape of a day is a guess. */
const MOSTLY_DAYS = 0.25;

const exampleView = (() => {
  const { spendWindow } = exampleSnapshot();
  const days = Array.from({ length: 30 }, (_, index) => new Date(Date.parse(spendWindow.start) + index * 86_400_000));
  const usage = { usageQuantity: '240', billedCost: '29.76', effectiveCost: '29.76' };
  const machine = { regionId: 'ap-northeast-1', instanceType: 'm5.large', operatingSystem: 'Linux' };
  const priceOf = (term: 'onDemand' | 'reserved1yNoUpfrontConvertible', amountPerUnit: string) => ({
    question: instancePrice(machine, term),
    answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const,
    readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
  });
  return viewOf(
    exampleSnapshot({
      onDemandMeters: [
        {
          accountId: EXAMPLE_ACCOUNT_ID,
          serviceName: SERVICE.ec2Compute,
          regionId: 'ap-northeast-1',
          meterKind: 'BoxUsage:m5.large',
          days: days.map((day) => ({ day: day.toISOString().slice(0, 10), ...usage })),
        },
      ],
      prices: [priceOf('onDemand', '0.124'), priceOf('reserved1yNoUpfrontConvertible', '0.099')],
    }),
  );
})();

/**
 * Sized on what the other advice leaves: exactly where hours are known (`sizing/`), else on days, whose averages overbuy, so that a lower
 * quantile is taken; of either only the first tranche. Where no rates of Savings Plans were read, the price of a convertible reserved
 * machine stands in: "Compute Savings Plans prices are similar to Convertible Reserved Instances" (Savings Plans user guide, read 2026-11). The reserved price lowers the machine alone and leaves a licence as it is, so what an hour saves is taken from Linux.
 */
export const computeUsageUncovered = defineDetector({
  id: 'compute-usage-uncovered',
  revision: 2,
  category: 'commitments',
  bestPractices: ['COST07-BP01', 'COST07-BP04', 'COST07-BP05'],
  resourceType: 'ComputeSavingsPlans',
  actionType: 'PurchaseSavingsPlans',
  effort: 'VeryLow',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [
    { fact: 'usageByAccount', lookbackDays: 30 },
    { fact: 'hourlyUsage', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorer', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  judges: 'stackedUsage',
  // Different groups are never pooled.
  select: (view) => sharingGroups(view).map(groupSubject),
  example: {
    subject: groupSubject(EXAMPLE_ACCOUNT_ID),
    view: exampleView,
    evidence: {
      settledDays: 30,
      hourlySteadyCost: '1.24',
      hourlyCommitment: '0.693',
      tranchePercent: 70,
      savingsPercent: '20.2',
      pricedPercent: '100',
      knownByHourPercent: '0',
      yearlySavings: '1533',
      monthlyCost: '633.64',
      monthlySavings: '127.75',
    },
  },
  pricesNeeded: (subject, { view, thresholds: limits }) =>
    priceQuestionsOf(coverableUsage(subject.accountId, view, limits.lookbackDays)),
  evaluate,
});

function groupSubject(accountId: string): Subject {
  return { accountId, regionId: null, resourceId: null, resourceType: 'ComputeSavingsPlans' };
}

function evaluate(group: Subject, { thresholds: limits, view }: Context): Outcome<ComputeUsageUncoveredEvidence> {
  const missing = missingFacts(group, limits.lookbackDays, view);
  if (missing.length > 0) return { kind: 'unknown', missing };
  const sizing = sizeGroup(group.accountId, view, { ...DEFAULT_PURCHASE_POLICY, ...limits, planTypes: ['Compute'] });
  const { unknownServices, knownByHour, machineDays } = sizing.coverable;
  if (unknownServices.includes(SERVICE.ec2Compute)) return { kind: 'unknown', missing: ['recentCommitment'] };
  if (machineDays !== null && machineDays < limits.lookbackDays) return { kind: 'unknown', missing: ['shortHistory'] };
  return knownByHour < MOSTLY_DAYS ? fromDays(group, limits, view) : fromHours(sizing, limits, view);
}

/** Hours are known of enough of it: the exact optimum over them, and its first tranche. */
function fromHours(sizing: Sizing, limits: Limits, view: SnapshotView): Outcome<ComputeUsageUncoveredEvidence> {
  const { card, proposals, coverable, groupId } = sizing;
  const optimal = proposals[0]?.optimal;
  if (card.pricedShare * 100 < limits.minimumPricedPercent) {
    const { missing } = savingsShares(coverableUsage(groupId, view, limits.lookbackDays), view);
    return { kind: 'unknown', missing: missing.length > 0 ? [...missing] : ['prices.notFound'] };
  }
  const proposal = proposals[0];
  if (!optimal || !proposal || optimal.coveredOnDemand < limits.minimumHourlyUsageCost) return { kind: 'healthy' };
  const monthlySavingsAt = (usageChange: number): Exact => {
    const { onDemandCost, cost } = sizing.replay(usageChange);
    return exact(onDemandCost).minus(cost).mul(HOURS_PER_MONTH);
  };
  const savings = rangeOf(monthlySavingsAt(-USAGE_SWING), monthlySavingsAt(0), monthlySavingsAt(USAGE_SWING));
  const covered = exact(proposal.coveredOnDemand);
  const share = covered.isZero() ? covered : covered.minus(proposal.proposedHourlyCommitment).div(covered);
  return {
    kind: 'finding',
    evidence: {
      settledDays: limits.lookbackDays,
      hourlySteadyCost: plain(exact(optimal.coveredOnDemand).toDecimalPlaces(4)),
      hourlyCommitment: plain(exact(proposal.proposedHourlyCommitment).toDecimalPlaces(3)),
      tranchePercent: limits.tranchePercent,
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      pricedPercent: exact(card.pricedShare).mul(100).toDecimalPlaces(1).toFixed(),
      knownByHourPercent: exact(coverable.knownByHour).mul(100).toDecimalPlaces(1).toFixed(),
      yearlySavings: amountOf(exact(savings.expected).mul(12)),
      monthlyCost: amountOf(covered.mul(HOURS_PER_MONTH)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.9, {
      rateEstimated: card.sources.has('reservedPrice'),
    }),
    priceBasis: 'derived',
    effect: { component: 'commitment', monthlyCost: amountOf(covered.mul(HOURS_PER_MONTH)) },
  };
}

/** Only days are known. Their means hide quiet hours, so a low quantile of the days is taken. */
function fromDays(group: Subject, limits: Limits, view: SnapshotView): Outcome<ComputeUsageUncoveredEvidence> {
  const usage = coverableUsage(group.accountId, view, limits.lookbackDays);
  const quantile = limits.steadyQuantilePercent / 100;
  if (quantileOfDays(usage, quantile).div(24).lt(limits.minimumHourlyUsageCost)) return { kind: 'healthy' };
  const rates = savingsShares(usage, view);
  if (rates.pricedShare.mul(100).lt(limits.minimumPricedPercent)) return { kind: 'unknown', missing: [...rates.missing] };

  const steadyHourly = quantileOfDays(rates.priced, quantile).div(24);
  if (steadyHourly.lt(limits.minimumHourlyUsageCost) || rates.averageShare.lte(0)) return { kind: 'healthy' };
  const covered = steadyHourly.mul(limits.tranchePercent).div(100);
  const coveredMonthly = covered.mul(HOURS_PER_MONTH);
  const unused = 1 - limits.lowUtilizationPercent / 100;
  const savings = rangeOf(
    coveredMonthly.mul(rates.averageShare.minus(unused)),
    coveredMonthly.mul(rates.averageShare),
    coveredMonthly.mul(rates.highestShare),
  );
  return {
    kind: 'finding',
    evidence: {
      settledDays: limits.lookbackDays,
      hourlySteadyCost: plain(steadyHourly.toDecimalPlaces(4)),
      hourlyCommitment: plain(covered.mul(rates.averageShare.neg().plus(1)).toDecimalPlaces(3)),
      tranchePercent: limits.tranchePercent,
      savingsPercent: rates.averageShare.mul(100).toDecimalPlaces(1).toFixed(),
      pricedPercent: rates.pricedShare.mul(100).toDecimalPlaces(1).toFixed(),
      knownByHourPercent: '0',
      yearlySavings: amountOf(coveredMonthly.mul(rates.averageShare).mul(12)),
      monthlyCost: amountOf(coveredMonthly),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.9, { dailyDataOnly: true, rateEstimated: true }),
    priceBasis: 'derived',
    effect: { component: 'commitment', monthlyCost: amountOf(coveredMonthly) },
  };
}

/** The look-back counts settled days here: it ends where they end. */
function missingFacts(group: Subject, lookbackDays: number, view: SnapshotView): string[] {
  const { accounts, spendWindow, settledUntil } = view.snapshot;
  const members = accounts.filter(({ accountId }) => sharingGroupOf(accountId, view) === group.accountId);
  const states = members.map(({ accountId }) => view.coverage('usageByAccount', accountId, null));
  const gaps = [...new Set(states.filter((state) => state !== 'covered'))].map((state) => `usageByAccount.${state}`);
  const isShort = spendWindow.start > addDays(settledUntil, -lookbackDays) || spendWindow.end < settledUntil;
  return isShort ? [...gaps, 'shortHistory'] : gaps;
}
