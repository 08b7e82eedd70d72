import { type AppliedBill, applyCommitments } from './apply.ts';
import type { PlanAdvice } from './optimise.ts';
import { offerKey, type PlanRate, ratesOf, scopeOf } from './rates.ts';
import { type HourlyUsage, hourlyMean, onlyFamilies } from './usage.ts';

/** A commitment as bought or proposed: dollars an hour. */
export type Purchase = Pick<PlanAdvice, 'planType' | 'termYears' | 'paymentOption' | 'family' | 'hourlyCommitment'>;

export interface WhatIf {
  /** Dollars an hour, as means over the series. */
  readonly onDemandCost: number;
  readonly cost: number;
  readonly hourlyCommitment: number;
  /** Share of the commitments that is used; 1 where nothing is bought. */
  readonly utilization: number;
  /** Share of the usage, priced on demand, that commitments cover. */
  readonly coverage: number;
  /** What is saved, as a share of the usage priced on demand: the Effective Savings Rate (FinOps Foundation, read 2026-11). */
  readonly effectiveSavingsRate: number;
  /** By purchase, in the order given: what it covers (priced on demand) and how much of its commitment is used, dollars an hour. */
  readonly purchases: readonly PurchaseUse[];
}

export interface PurchaseUse {
  readonly coveredOnDemand: number;
  readonly used: number;
}

/**
 * One usage under any purchases, with usage changed by `usageChange` (-0.2 is a fifth less): the same replay in AWS's order that the
 * optimum is judged by.
 */
export function whatIf(usage: HourlyUsage, rates: readonly PlanRate[], purchases: readonly Purchase[], usageChange = 0): WhatIf {
  const changed = { ...usage, onDemandCost: usage.onDemandCost.map((cost) => cost * (1 + usageChange)) };
  const parts = partsOf(changed, rates, purchases).map((part) => ({ ...part, applied: applyCommitments(part.usage, part.plan) }));
  const sum = (of: (applied: AppliedBill) => number): number => parts.reduce((total, { applied }) => total + of(applied), 0);
  const onDemandCost = hourlyMean(changed);
  const cost = sum((applied) => applied.cost);
  const stillOnDemand = sum((applied) => applied.stillOnDemand);
  const used = sum((applied) => applied.poolUsed + applied.familyUsed.reduce((total, one) => total + one, 0));
  const hourlyCommitment = purchases.reduce((total, one) => total + one.hourlyCommitment, 0);
  return {
    onDemandCost,
    cost,
    hourlyCommitment,
    utilization: hourlyCommitment > 0 ? Math.min(1, used / hourlyCommitment) : 1,
    coverage: onDemandCost > 0 ? 1 - stillOnDemand / onDemandCost : 0,
    effectiveSavingsRate: onDemandCost > 0 ? 1 - cost / onDemandCost : 0,
    purchases: purchases.map((purchase) => useOf(purchase, parts)),
  };
}

interface Part {
  readonly usage: HourlyUsage;
  readonly plan: Parameters<typeof applyCommitments>[1];
  /** Null: the part that no pool covers. */
  readonly pool: Purchase | null;
}

type Applied = Part & { readonly applied: AppliedBill };

function useOf(purchase: Purchase, parts: readonly Applied[]): PurchaseUse {
  if (scopeOf(purchase.planType) === 'pool') {
    const part = parts.find(({ pool }) => pool === purchase);
    if (!part) return { coveredOnDemand: 0, used: 0 };
    const { usage, plan, applied } = part;
    const byFamilies = applied.familyUsed.reduce((sum, used, family) => sum + (used / (plan.familyRates[family] ?? 1) || 0), 0);
    return { coveredOnDemand: hourlyMean(usage) - applied.stillOnDemand - byFamilies, used: applied.poolUsed };
  }
  for (const { usage, plan, applied } of parts) {
    const family = usage.families.indexOf(purchase.family);
    if (family < 0) continue;
    const used = applied.familyUsed[family] as number;
    return { coveredOnDemand: used / (plan.familyRates[family] as number), used };
  }
  return { coveredOnDemand: 0, used: 0 };
}

/** Each pool with the families that it covers; what no pool covers is one part more. A family is in the first pool that has a rate for it. */
function partsOf(usage: HourlyUsage, rates: readonly PlanRate[], purchases: readonly Purchase[]): readonly Part[] {
  const left = new Set(usage.families.keys());
  const parts: Part[] = [];
  const own = purchases.filter(({ planType }) => scopeOf(planType) === 'family');
  for (const pool of purchases.filter(({ planType }) => scopeOf(planType) === 'pool')) {
    const poolRates = ratesOf(rates, pool, usage.families);
    const members = [...left].filter((family) => Number.isFinite(poolRates[family]));
    for (const family of members) left.delete(family);
    parts.push(partOf(usage, members, { rates, own, pool, poolRates, poolCommitment: pool.hourlyCommitment }));
  }
  const none = new Float64Array(usage.families.length).fill(Number.NaN);
  parts.push(partOf(usage, [...left], { rates, own, pool: null, poolRates: none, poolCommitment: 0 }));
  return parts;
}

function partOf(
  usage: HourlyUsage,
  members: readonly number[],
  given: {
    readonly rates: readonly PlanRate[];
    readonly own: readonly Purchase[];
    readonly pool: Purchase | null;
    readonly poolRates: Float64Array;
    readonly poolCommitment: number;
  },
): Part {
  const families = members.map((family) => usage.families[family] ?? '');
  const levels = families.map((name) => {
    const bought = given.own.find((purchase) => purchase.family === name);
    const rate = bought ? (ratesOf(given.rates, bought, [name])[0] as number) : Number.NaN;
    if (bought && !Number.isFinite(rate)) throw new Error(`no rate of ${offerKey(bought)} for ${name}`);
    return { rate, level: bought ? bought.hourlyCommitment / rate : 0 };
  });
  return {
    pool: given.pool,
    usage: onlyFamilies(usage, members),
    plan: {
      familyRates: Float64Array.from(levels, ({ rate }) => rate),
      familyLevels: Float64Array.from(levels, ({ level }) => level),
      poolRates: Float64Array.from(members, (family) => given.poolRates[family] as number),
      poolCommitment: given.poolCommitment,
    },
  };
}

/**
 * From which month of the term on the purchase has paid for itself even if all usage ended there: commitment owed over the whole term
 * against on-demand cost avoided until then. Null where it never does.
 */
export function breakEvenMonth({ termYears, hourlyCommitment, coveredOnDemand }: PlanAdvice): number | null {
  const months = termYears * 12;
  if (!(coveredOnDemand > 0)) return null;
  const needed = Math.ceil((months * hourlyCommitment) / coveredOnDemand - 1e-9);
  return needed <= months ? Math.max(1, needed) : null;
}
