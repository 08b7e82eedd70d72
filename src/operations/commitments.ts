import { optimise, type PlanAdvice } from '../commitments/optimise.ts';
import type { PlanRate } from '../commitments/rates.ts';
import { type UsagePoint, usageOf } from '../commitments/usage.ts';
import { breakEvenMonth, type WhatIf, whatIf } from '../commitments/what-if.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { type DecimalString, Exact, exact, plain } from '../kernel/money.ts';

/** AWS takes commitments in thousandths of a dollar an hour (Savings Plans API, read 2026-11). */
const COMMITMENT_DECIMALS = 3;
const EXACT_DECIMALS = 10;
export const HOURS_PER_YEAR = 8760;
const USAGE_CHANGES_PERCENT = [-10, -20, -30] as const;

export interface CommitmentAdvice {
  readonly planType: string;
  /** '' covers every family of the plan. */
  readonly family: string;
  readonly termYears: number;
  readonly paymentOption: string;
  /** Dollars an hour at the optimum over the series. */
  readonly optimalHourlyCommitment: DecimalString;
  /** What to buy now: the optimum in AWS's steps of $0.001, never above it. */
  readonly proposedHourlyCommitment: DecimalString;
  /** At the optimum, if the coming year goes like the series: 8,760 hours of it. */
  readonly yearlySavings: DecimalString;
  readonly utilizationPercent: DecimalString;
  /** Month of the term from which on it has paid for itself; null: never. */
  readonly breakEvenMonth: number | null;
}

export interface CommitmentReport {
  readonly advice: readonly CommitmentAdvice[];
  /** A fraction: the cost at the optimal commitments is at most this much above what any purchase could reach. */
  readonly certifiedGap: number;
  readonly series: {
    readonly from: string;
    readonly to: string;
    readonly hours: number;
    readonly families: number;
    /** Dollars an hour, on average. */
    readonly onDemandCost: DecimalString;
    readonly cost: DecimalString;
  };
  readonly coveragePercent: DecimalString;
  readonly utilizationPercent: DecimalString;
  readonly effectiveSavingsRatePercent: DecimalString;
  /** What is saved a year if usage falls and the commitments stay; below zero they cost more than they save. */
  readonly risk: readonly {
    readonly usageChangePercent: number;
    readonly yearlySavings: DecimalString;
    readonly utilizationPercent: DecimalString;
  }[];
}

/**
 * The best commitments over somebody's own series and rate card, without a bill: no look-back and no tranche applies. INVALID_INPUT when
 * the series is empty or a rate is not between 0 and 1.
 */
export function commitmentsOf(points: readonly UsagePoint[], rates: readonly PlanRate[]): CommitmentReport {
  if (points.length === 0) {
    throw new AdvisorError('INVALID_INPUT', 'The usage holds no hours', 'Give a CSV with the columns hour,family,onDemandCost.');
  }
  const usage = usageOf(points);
  const optimum = optimise(usage, rates);
  const replay = (change: number): WhatIf => whatIf(usage, rates, optimum.advice, change);
  const now = replay(0);
  return {
    advice: optimum.advice.map(commitmentAdviceOf),
    certifiedGap: optimum.certifiedGap,
    series: {
      from: usage.hourNames[0] ?? '',
      to: usage.hourNames.at(-1) ?? '',
      hours: usage.hours,
      families: usage.families.length,
      onDemandCost: decimal(optimum.onDemandCost),
      cost: decimal(optimum.cost),
    },
    coveragePercent: percent(now.coverage),
    utilizationPercent: percent(now.utilization),
    effectiveSavingsRatePercent: percent(now.effectiveSavingsRate),
    risk: riskOf(replay),
  };
}

/** What stays of the savings if usage falls and the commitments do not. */
export function riskOf(replay: (usageChange: number) => WhatIf): CommitmentReport['risk'] {
  return USAGE_CHANGES_PERCENT.map((usageChangePercent) => {
    const then = replay(usageChangePercent / 100);
    return {
      usageChangePercent,
      yearlySavings: decimal((then.onDemandCost - then.cost) * HOURS_PER_YEAR, 2),
      utilizationPercent: percent(then.utilization),
    };
  });
}

export function commitmentAdviceOf(plan: PlanAdvice): CommitmentAdvice {
  const { planType, family, termYears, paymentOption } = plan;
  return {
    planType,
    family,
    termYears,
    paymentOption,
    optimalHourlyCommitment: decimal(plan.hourlyCommitment),
    proposedHourlyCommitment: plain(exact(plan.hourlyCommitment).toDecimalPlaces(COMMITMENT_DECIMALS, Exact.ROUND_DOWN)),
    yearlySavings: decimal(plan.hourlySavings * HOURS_PER_YEAR, 2),
    utilizationPercent: percent(plan.utilization),
    breakEvenMonth: breakEvenMonth(plan),
  };
}

export function decimal(value: number, decimals = EXACT_DECIMALS): DecimalString {
  return plain(exact(value).toDecimalPlaces(decimals));
}

export const percent = (share: number): DecimalString => decimal(share * 100, 2);
