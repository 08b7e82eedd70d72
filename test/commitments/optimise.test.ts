import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimise } from '../../src/commitments/optimise.ts';
import type { PlanRate } from '../../src/commitments/rates.ts';
import { usageOf } from '../../src/commitments/usage.ts';
import { aUsage, dice, someUsage } from './support.ts';

const aRate = (given: Partial<PlanRate>): PlanRate => ({
  planType: 'Compute',
  family: '',
  termYears: 1,
  paymentOption: 'NoUpfront',
  rate: 0.72,
  ...given,
});
const steady = aUsage(2, 100, (family) => (family === 0 ? 10 : 4));

describe('the advice', () => {
  it('covers steady usage whole, by the cheaper of the plans that fit', () => {
    const { advice, cost, onDemandCost, certifiedGap } = optimise(steady, [
      aRate({}),
      aRate({ planType: 'EC2Instance', family: 'family 0', rate: 0.6 }),
      aRate({ planType: 'EC2Instance', family: 'family 0', rate: 0.55, termYears: 3 }),
    ]);
    expect(advice.map((item) => [item.planType, item.family, item.termYears, item.hourlyCommitment.toFixed(6)])).toEqual([
      ['EC2Instance', 'family 0', 3, '5.500000'],
      ['Compute', '', 1, '2.880000'],
    ]);
    expect([cost.toFixed(6), onDemandCost.toFixed(6)]).toEqual(['8.380000', '14.000000']);
    expect(certifiedGap).toBeLessThan(1e-6);
  });

  it('takes the shorter term, then less upfront, of two that cost the same', () => {
    const { advice } = optimise(steady, [aRate({ termYears: 3 }), aRate({ paymentOption: 'AllUpfront' }), aRate({})]);
    expect(advice).toMatchObject([{ termYears: 1, paymentOption: 'NoUpfront' }]);
  });

  it('does not pool what no one plan covers: databases and compute are two purchases', () => {
    const { advice } = optimise(steady, [
      aRate({ family: 'family 0' }),
      aRate({ planType: 'Database', family: 'family 1', rate: 0.8 }),
    ]);
    expect(advice.map((item) => [item.planType, item.hourlyCommitment.toFixed(6)])).toEqual([
      ['Compute', '7.200000'],
      ['Database', '3.200000'],
    ]);
  });

  it('leaves usage that no rate names on demand, and says what it costs', () => {
    const { advice, cost } = optimise(steady, [aRate({ family: 'family 0' })]);
    expect(advice).toHaveLength(1);
    expect(cost.toFixed(6)).toBe('11.200000');
    expect(optimise(steady, [])).toMatchObject({ advice: [], cost: 14, certifiedGap: 0 });
  });

  it('buys nothing of nothing', () => {
    expect(optimise(usageOf([]), [aRate({})])).toMatchObject({ advice: [], cost: 0, onDemandCost: 0, certifiedGap: 0 });
  });

  it.each([0, -0.1, 1.01, Number.NaN, Number.POSITIVE_INFINITY])('refuses a rate of %d', (rate) => {
    expect(() => optimise(steady, [aRate({ rate })])).toThrow(/not between 0 and 1/);
  });

  it('refuses a plan that AWS does not sell, by name', () => {
    expect(() => optimise(steady, [aRate({ planType: 'Lambda Gold' })])).toThrow(/"Lambda Gold" is no type of commitment/);
  });

  it.each([
    'Compute',
    'COMPUTE_SP',
    'ComputeSavingsPlans',
    'compute savings plan',
    'EC2_INSTANCE_SP',
    'EC2InstanceSavingsPlans',
    'ReservedInstances',
    'DATABASE_SP',
    'SAGEMAKER_SP',
  ])('knows %s', (planType) => expect(optimise(steady, [aRate({ planType })]).advice.length).toBeGreaterThan(0));
});

describe('its laws', () => {
  const cases = fc.record({
    seed: fc.integer(),
    families: fc.integer({ min: 1, max: 4 }),
    hours: fc.integer({ min: 1, max: 40 }),
    kind: fc.nat(2),
  });
  const made = ({ seed, families, hours, kind }: { seed: number; families: number; hours: number; kind: number }) => {
    const random = dice(seed);
    const usage = someUsage(random, families, hours, kind);
    const rates = usage.families.flatMap((family) => [
      aRate({ family, rate: 0.5 + 0.45 * random() }),
      ...(random() < 0.7 ? [aRate({ planType: 'EC2Instance', family, rate: 0.45 + 0.45 * random() })] : []),
    ]);
    return { usage, rates };
  };

  it('what the plans save is what the bill loses, and the bill never grows', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { usage, rates } = made(given);
        const { advice, cost, onDemandCost, lowerBound } = optimise(usage, rates);
        const saved = advice.reduce((sum, item) => sum + item.hourlySavings, 0);
        expect(onDemandCost - saved).toBeCloseTo(cost, 6);
        expect(cost).toBeLessThanOrEqual(onDemandCost + 1e-9);
        expect(lowerBound).toBeLessThanOrEqual(cost);
        for (const { utilization, hourlyCommitment } of advice) {
          expect(utilization).toBeGreaterThan(0);
          expect(utilization).toBeLessThanOrEqual(1);
          expect(hourlyCommitment).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the order of hours and of rates does not matter', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { usage, rates } = made(given);
        const turned = aUsage(
          usage.families.length,
          usage.hours,
          (family, hour) => usage.onDemandCost[family * usage.hours + usage.hours - 1 - hour] as number,
        );
        const one = optimise(usage, rates);
        const other = optimise(turned, rates.toReversed());
        expect(other.cost).toBeCloseTo(one.cost, 5);
      }),
      { numRuns: 60 },
    );
  });

  it('a better offer never makes the best bill dearer', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.3, max: 0.99, noNaN: true }), (given, rate) => {
        const { usage, rates } = made(given);
        const before = optimise(usage, rates);
        const after = optimise(usage, [...rates, aRate({ planType: 'EC2Instance', family: 'family 0', termYears: 3, rate })]);
        expect(after.cost).toBeLessThanOrEqual(before.cost * (1 + 1e-5));
      }),
      { numRuns: 60 },
    );
  });

  it('two offers of one pool whose rates cross are certified against any mixture of them', () => {
    const usage = someUsage(dice(3), 3, 60, 1);
    const crossing = usage.families.flatMap((family, index) => [
      aRate({ family, rate: 0.6 + 0.1 * index }),
      aRate({ family, termYears: 3, rate: 0.8 - 0.1 * index }),
    ]);
    const { cost, lowerBound, certifiedGap, advice } = optimise(usage, crossing);
    expect(new Set(advice.map((item) => item.termYears)).size).toBe(1);
    expect(lowerBound).toBeLessThan(cost);
    expect(certifiedGap).toBeGreaterThan(0);
  });
});
