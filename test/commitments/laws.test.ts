import highsModule from 'highs';
import { describe, expect, it } from 'vitest';
import { applyCommitments } from '../../src/commitments/apply.ts';
import { familyLevel } from '../../src/commitments/family-plan.ts';
import { jointPlan } from '../../src/commitments/joint-plan.ts';
import { poolCommitment } from '../../src/commitments/pool-plan.ts';
import type { HourlyUsage } from '../../src/commitments/usage.ts';
import { aUsage, dice, someUsage } from './support.ts';

/** The package is CommonJS whose module is the loader itself; its types speak of a default export. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

const none = (families: number) => new Float64Array(families).fill(Number.NaN);
const zeros = (families: number) => new Float64Array(families);

describe('one plan at one rate', () => {
  it('costs no more than any level of 20,000 random series, tried one by one', () => {
    const random = dice(7);
    let worse = 0;
    for (let count = 0; count < 20_000; count += 1) {
      const hours = 1 + Math.floor(random() * 40);
      const series = Float64Array.from({ length: hours }, () => (random() < 0.2 ? 0 : Math.floor(random() * 20) / 2));
      const rate = 0.2 + 0.79 * random();
      const costAt = (level: number) => rate * level + series.reduce((sum, usage) => sum + Math.max(0, usage - level), 0) / hours;
      const found = costAt(familyLevel(series, rate));
      if ([0, ...series].some((level) => costAt(level) < found - 1e-9)) worse += 1;
    }
    expect(worse).toBe(0);
  });

  it('buys nothing without usage, at no discount, and for usage that is there too seldom', () => {
    expect(familyLevel(new Float64Array(24), 0.7)).toBe(0);
    expect(
      familyLevel(
        Float64Array.from({ length: 24 }, () => 5),
        1,
      ),
    ).toBe(0);
    expect(
      familyLevel(
        Float64Array.from({ length: 24 }, () => 5),
        Number.NaN,
      ),
    ).toBe(0);
    expect(
      familyLevel(
        Float64Array.from({ length: 10 }, (_, hour) => (hour < 7 ? 5 : 0)),
        0.7,
      ),
    ).toBe(0);
    expect(
      familyLevel(
        Float64Array.from({ length: 10 }, (_, hour) => (hour < 8 ? 5 : 0)),
        0.7,
      ),
    ).toBe(5);
  });
});

describe('one pool over families with rates of their own', () => {
  it('costs no more than any breakpoint of 5,000 random cases, tried one by one', () => {
    const random = dice(11);
    let worse = 0;
    for (let count = 0; count < 5_000; count += 1) {
      const hours = 1 + Math.floor(random() * 20);
      const families = 1 + Math.floor(random() * 5);
      const usage = aUsage(families, hours, () => (random() < 0.25 ? 0 : random() * 10));
      const rates = Float64Array.from({ length: families }, () => 0.3 + 0.65 * random());
      const costAt = (commitment: number) => poolCost(usage, rates, commitment);
      const found = costAt(poolCommitment(usage.onDemandCost, rates, hours));
      if (breakpoints(usage, rates).some((commitment) => costAt(commitment) < found - 1e-9)) worse += 1;
    }
    expect(worse).toBe(0);
  });

  it('leaves families without a rate on demand', () => {
    const usage = aUsage(2, 4, () => 10);
    expect(poolCommitment(usage.onDemandCost, Float64Array.of(0.5, Number.NaN), 4)).toBe(5);
  });
});

const poolCost = (usage: HourlyUsage, poolRates: Float64Array, commitment: number): number => {
  const families = usage.families.length;
  return applyCommitments(usage, {
    familyRates: none(families),
    poolRates,
    familyLevels: zeros(families),
    poolCommitment: commitment,
  }).cost;
};

function breakpoints({ families, hours, onDemandCost }: HourlyUsage, rates: Float64Array): number[] {
  const order = [...families.keys()].sort((a, b) => (rates[a] as number) - (rates[b] as number));
  const points = [0];
  for (let hour = 0; hour < hours; hour += 1) {
    let sum = 0;
    for (const family of order) {
      sum += (rates[family] as number) * (onDemandCost[family * hours + hour] as number);
      points.push(sum);
    }
  }
  return points;
}

describe('family plans and a pool together', () => {
  it('equal a linear program on small cases, whose value the bound never exceeds', async () => {
    const highs = await loadHighs();
    const random = dice(5);
    const gaps: number[] = [];
    for (let count = 0; count < 45; count += 1) {
      const families = 2 + (count % 4);
      const usage = someUsage(random, families, 24 + Math.floor(random() * 72), count);
      const poolRates = Float64Array.from({ length: families }, () => (count % 2 ? 0.72 : 0.5 + 0.3 * random()));
      const familyRates = poolRates.map((rate) => rate * (0.8 + 0.15 * random()));
      const plan = jointPlan(usage, familyRates, poolRates);
      const best = highs.solve(linearProgram(usage, familyRates, poolRates)).ObjectiveValue / usage.hours;
      expect(plan.lowerBound).toBeLessThanOrEqual(best * (1 + 1e-9));
      expect(plan.cost).toBeGreaterThanOrEqual(best * (1 - 1e-9));
      expect(plan.cost / best - 1).toBeLessThan(1e-4);
      expect(plan.certifiedGap).toBeLessThan(1e-4);
      gaps.push(plan.cost / best - 1);
    }
    console.log(`dearer than the linear program by at most ${Math.max(...gaps).toExponential(1)} in ${gaps.length} cases`);
  });

  it('cost no more than either kind alone, nor one bought after the other', () => {
    const random = dice(21);
    for (let count = 0; count < 60; count += 1) {
      const families = 1 + (count % 5);
      const usage = someUsage(random, families, 48, count);
      const poolRates = Float64Array.from({ length: families }, () => 0.55 + 0.3 * random());
      const familyRates = poolRates.map((rate) => rate * 0.9);
      const { cost } = jointPlan(usage, familyRates, poolRates);
      const alone = jointPlan(usage, familyRates, none(families)).cost;
      expect(cost).toBeLessThanOrEqual(alone + 1e-9);
      expect(cost).toBeLessThanOrEqual(jointPlan(usage, none(families), poolRates).cost + 1e-9);
    }
  });
});

/** Levels, pool and spill of each hour as columns; numbers without exponents, as the format wants them. */
function linearProgram(
  { families, hours, onDemandCost }: HourlyUsage,
  familyRates: Float64Array,
  poolRates: Float64Array,
): string {
  const number = (value: number) => value.toFixed(12);
  const objective = families.map((_, f) => `${number(hours * (familyRates[f] as number))} K${f}`);
  const rules: string[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    for (const f of families.keys()) {
      objective.push(`s${f}_${hour}`);
      rules.push(` K${f} + s${f}_${hour} + x${f}_${hour} >= ${number(onDemandCost[f * hours + hour] as number)}`);
    }
    rules.push(` ${families.map((_, f) => `${number(poolRates[f] as number)} x${f}_${hour}`).join(' + ')} - C <= 0`);
  }
  return ['Minimize', ` obj: ${objective.join(' + ')} + ${hours} C`, 'Subject To', ...rules, 'End'].join('\n');
}
