import { coverOrder } from './pool-plan.ts';
import type { HourlyUsage } from './usage.ts';

/** Commitments over the families of one usage. */
export interface Commitments {
  /** Dollars paid per on-demand dollar covered, by family; NaN where there is no such plan. */
  readonly familyRates: Float64Array;
  readonly poolRates: Float64Array;
  /** On-demand dollars an hour that each family's own plan covers. */
  readonly familyLevels: Float64Array;
  /** Dollars an hour of the pool's commitment. */
  readonly poolCommitment: number;
}

/** One bill under commitments, as means per hour in dollars. `cost` = commitments + what stays on demand. */
export interface AppliedBill {
  readonly cost: number;
  readonly stillOnDemand: number;
  readonly familyUsed: Float64Array;
  readonly poolUsed: number;
}

/**
 * Applies commitments in AWS's order, each hour by itself: a family's own plan first, then the pool, highest discount first, until the
 * usage or the hour's commitment is exhausted; nothing is carried over (Savings Plans user guide, "how plans apply", read 2026-11).
 */
export function applyCommitments({ hours, onDemandCost }: HourlyUsage, plan: Commitments): AppliedBill {
  const { familyRates, poolRates, familyLevels } = plan;
  const order = coverOrder(poolRates);
  const uncoverable = [...poolRates.keys()].filter((family) => !Number.isFinite(poolRates[family]));
  const familyUsed = new Float64Array(familyRates.length);
  let stillOnDemand = 0;
  let poolUsed = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    let left = plan.poolCommitment;
    const overOwnPlan = (family: number): number => {
      const usage = onDemandCost[family * hours + hour] as number;
      const level = familyLevels[family] as number;
      familyUsed[family] = (familyUsed[family] as number) + Math.min(usage, level);
      return usage > level ? usage - level : 0;
    };
    for (const family of order) {
      const over = overOwnPlan(family);
      if (over === 0) continue;
      const rate = poolRates[family] as number;
      const paid = Math.min(left, rate * over);
      left -= paid;
      if (paid < rate * over) stillOnDemand += over - paid / rate;
    }
    for (const family of uncoverable) stillOnDemand += overOwnPlan(family);
    poolUsed += plan.poolCommitment - left;
  }
  let cost = plan.poolCommitment + stillOnDemand / hours;
  for (const [family, level] of familyLevels.entries()) if (level > 0) cost += level * (familyRates[family] as number);
  return {
    cost,
    stillOnDemand: stillOnDemand / hours,
    poolUsed: poolUsed / hours,
    familyUsed: familyUsed.map((used, family) => (used / hours) * (familyRates[family] as number) || 0),
  };
}
