import type { PlanAdvice } from '../../commitments/optimise.ts';
import { breakEvenMonth, type WhatIf } from '../../commitments/what-if.ts';
import { type DecimalString, Exact, exact, plain } from '../../kernel/money.ts';

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
