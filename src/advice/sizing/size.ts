import { type Optimum, optimise, type PlanAdvice } from '../../commitments/optimise.ts';
import type { PlanRate } from '../../commitments/rates.ts';
import type { HourlyUsage } from '../../commitments/usage.ts';
import { breakEvenMonth, type Purchase, type WhatIf, whatIf } from '../../commitments/what-if.ts';
import { daysIn, type Period } from '../../kernel/calendar.ts';
import { PAYMENT_OPTIONS, PLAN_TYPES } from '../../ledger/commitment.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CommitmentFamily } from './commitment-family.ts';
import { type Coverable, type CoverableSeries, coverableSeries, lookbackOf } from './coverable-series.ts';
import { HOURS_PER_DAY } from './hourly-shape.ts';
import { RESERVED } from './node-rates.ts';
import { type OfferPolicy, type RateCard, rateCardOf } from './plan-rates.ts';

/** How a tenant buys. */
export interface PurchasePolicy extends OfferPolicy {
  /** Settled days that a purchase is sized on. */
  readonly lookbackDays: number;
  /** Share of the optimum that is bought first; overbuying cannot be undone. */
  readonly tranchePercent: number;
  /** What is left of a purchase of the part whose hours are not known: a day's mean hides its quiet hours. */
  readonly dailyOnlyPercent: number;
  /** Most that may be committed anew in this group, dollars an hour; null: no ceiling. */
  readonly hourlyCeiling: number | null;
  /** A plan that pays for itself later than in this month of its term is not proposed; null: no limit. */
  readonly latestBreakEvenMonth: number | null;
}

/** Those of AWS's own advice, so that the two can be compared (GetSavingsPlansPurchaseRecommendation, read 2026-11). */
export const LOOKBACK_DAYS = [7, 30, 60] as const;

/** One year, nothing upfront, a first tranche of 70 %: what DESIGN's policy says unless a tenant says otherwise. */
export const DEFAULT_PURCHASE_POLICY: PurchasePolicy = {
  termYears: [1],
  paymentOptions: [PAYMENT_OPTIONS[0]],
  planTypes: [...PLAN_TYPES, RESERVED],
  lookbackDays: 30,
  tranchePercent: 70,
  dailyOnlyPercent: 75,
  hourlyCeiling: null,
  latestBreakEvenMonth: null,
};

export interface PlanProposal {
  readonly optimal: PlanAdvice;
  /** Dollars an hour to buy now, in AWS's steps. */
  readonly proposedHourlyCommitment: number;
  /** At the proposal: what it covers and how much of it is used, dollars an hour. */
  readonly coveredOnDemand: number;
  readonly used: number;
  readonly breakEvenMonth: number | null;
}

export interface Sizing {
  readonly groupId: string;
  readonly usage: HourlyUsage;
  readonly coverable: Coverable;
  readonly card: RateCard;
  readonly optimum: Optimum;
  readonly proposals: readonly PlanProposal[];
  readonly resolution: 'hourly' | 'mixed' | 'daily';
  /** The usage under the proposals, unchanged and changed by a share (-0.2: a fifth less). */
  readonly replay: (usageChange?: number, purchases?: readonly Purchase[]) => WhatIf;
}

/** Below it a series counts as known by the hour in part only. */
const NEARLY_ALL = 0.99;

/** The best purchases for one sharing group on what the other advice leaves, and what of it to buy first. */
export function sizeGroup(groupId: string, view: SnapshotView, policy: PurchasePolicy): Sizing {
  const all = coverableSeries(groupId, view, lookbackOf(view, policy.lookbackDays));
  const coverable = { ...all, series: all.series.filter(({ family }) => isWanted(family, policy)) };
  const card = rateCardOf(groupId, coverable.series, view, policy);
  const usage = usageOfSeries(card.series, coverable.period);
  const optimum = optimise(usage, card.rates);
  const known = coverable.knownByHour;
  const resolution = known >= NEARLY_ALL ? 'hourly' : known > 0 ? 'mixed' : 'daily';
  const purchases = purchasesOf(optimum.advice, { policy, card, known });
  const now = whatIf(usage, card.rates, purchases);
  return {
    groupId,
    usage,
    coverable,
    card,
    optimum,
    resolution,
    proposals: optimum.advice.map((optimal, index) => {
      const { coveredOnDemand = 0, used = 0 } = now.purchases[index] ?? {};
      const proposedHourlyCommitment = purchases[index]?.hourlyCommitment ?? 0;
      const atProposal = { ...optimal, hourlyCommitment: proposedHourlyCommitment, coveredOnDemand };
      return { optimal, proposedHourlyCommitment, coveredOnDemand, used, breakEvenMonth: breakEvenMonth(atProposal) };
    }),
    replay: (usageChange = 0, bought = purchases) => whatIf(usage, card.rates, bought, usageChange),
  };
}

/** Nodes are covered by reservations and Database plans, machines and functions by the others. */
function isWanted({ kind }: CommitmentFamily, { planTypes }: PurchasePolicy): boolean {
  const forNodes = planTypes.some((type) => type === RESERVED || type === 'Database');
  const forOthers = planTypes.some((type) => type !== RESERVED && type !== 'Database');
  return kind === 'node' ? forNodes : forOthers;
}

/** Families in order of their names, all usage types of one added up. */
function usageOfSeries(series: readonly CoverableSeries[], period: Period): HourlyUsage {
  const families = [...new Set(series.map(({ family }) => family.name))].sort();
  const hours = daysIn(period) * HOURS_PER_DAY;
  const onDemandCost = new Float64Array(families.length * hours);
  for (const item of series) {
    const at = families.indexOf(item.family.name) * hours;
    for (const [hour, cost] of item.hours.entries()) onDemandCost[at + hour] = (onDemandCost[at + hour] ?? 0) + cost;
  }
  return { families, hours, onDemandCost };
}

/** Plans are bought in thousandths of a dollar an hour (Savings Plans API, read 2026-11), reservations by the node; never above what was meant. */
function inSteps(hourlyCommitment: number): number {
  return Math.floor(hourlyCommitment * 1000 + 1e-6) / 1000;
}

function purchasesOf(
  advice: readonly PlanAdvice[],
  { policy, card, known }: { readonly policy: PurchasePolicy; readonly card: RateCard; readonly known: number },
): readonly Purchase[] {
  const daysOnly = 1 - (1 - policy.dailyOnlyPercent / 100) * (1 - known);
  const share = (policy.tranchePercent / 100) * daysOnly;
  const isEarly = (plan: PlanAdvice): boolean => {
    const month = breakEvenMonth(plan);
    return month !== null && month <= (policy.latestBreakEvenMonth ?? month);
  };
  const cap = ({ family, planType }: PlanAdvice): number =>
    planType === RESERVED ? (card.caps.get(family) ?? 0) : Number.POSITIVE_INFINITY;
  const wanted = advice.map((plan) => (isEarly(plan) ? Math.min(cap(plan), plan.hourlyCommitment * share) : 0));
  const whole = wanted.reduce((sum, one) => sum + one, 0);
  const scale = policy.hourlyCeiling !== null && whole > policy.hourlyCeiling ? policy.hourlyCeiling / whole : 1;
  return advice.map((plan, index) => ({ ...plan, hourlyCommitment: inSteps((wanted[index] ?? 0) * scale) }));
}

/** The optimum's commitment of one plan type alone, dollars an hour: to hold AWS's own figure against. */
export function commitmentAlone(
  { usage, rates }: { readonly usage: HourlyUsage; readonly rates: readonly PlanRate[] },
  planType: string,
): number {
  const own = rates.filter((rate) => rate.planType === planType);
  return optimise(usage, own).advice.reduce((sum, plan) => sum + plan.hourlyCommitment, 0);
}
