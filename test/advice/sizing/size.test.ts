import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitmentAlone, DEFAULT_PURCHASE_POLICY, type PurchasePolicy, sizeGroup } from '../../../src/advice/sizing/size.ts';
import type { MeterSeries } from '../../../src/ledger/snapshot.ts';
import { aMeterSeries, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { ALL_DAYS, aView, factsOf, hoursOn } from './support.ts';

const COMPUTE: PurchasePolicy = { ...DEFAULT_PURCHASE_POLICY, planTypes: ['Compute'] };
const machines = (dailyCost: string): MeterSeries => ({
  ...aMeterSeries(),
  days: ALL_DAYS.map((day) => ({ day, usageQuantity: dailyCost, billedCost: dailyCost, effectiveCost: dailyCost })),
});
const byTheHour = (costs: readonly number[], policy = COMPUTE) =>
  sizeGroup(
    EXAMPLE_ACCOUNT_ID,
    aView({
      onDemandMeters: [
        machines(String(Array.from({ length: 24 }, (_, hour) => costs[hour % costs.length] ?? 0).reduce((a, b) => a + b, 0))),
      ],
      commitmentFacts: factsOf(ALL_DAYS.map((day) => hoursOn(day, costs))),
    }),
    policy,
  );

describe('what to buy for a group of accounts', () => {
  it('is the exact optimum over the hours, and first a tranche of it', () => {
    // At a rate of 0.8 a dollar is worth its commitment only where it is used in more than four hours of five.
    const sizing = byTheHour([10, 10, 10, 10, 10, 4]);
    expect(sizing.resolution).toBe('hourly');
    const [proposal] = sizing.proposals;
    expect(proposal?.optimal.hourlyCommitment).toBeCloseTo(8, 9);
    expect(proposal?.proposedHourlyCommitment).toBe(5.6);
    // Twelve months of 5.60 are owed; 7 dollars are covered in five hours of six and 4 in the sixth: 6.50.
    expect(proposal?.breakEvenMonth).toBe(11);
    expect(byTheHour([10, 10, 10, 4]).proposals[0]?.optimal.hourlyCommitment).toBeCloseTo(3.2, 9);
  });

  it('does not see within a day where only days are known, and proposes less', () => {
    const daily = sizeGroup(EXAMPLE_ACCOUNT_ID, aView({ onDemandMeters: [machines('240')] }), COMPUTE);
    expect(daily.resolution).toBe('daily');
    expect(daily.proposals[0]?.optimal.hourlyCommitment).toBeCloseTo(8, 9);
    expect(daily.proposals[0]?.proposedHourlyCommitment).toBe(4.2);
  });

  it('prefers the plan of the family where it is the cheaper way, and both stand beside each other', () => {
    const sizing = byTheHour([10], DEFAULT_PURCHASE_POLICY);
    expect(sizing.proposals.map(({ optimal }) => [optimal.planType, optimal.family, optimal.hourlyCommitment])).toEqual([
      ['EC2Instance', 'm5 in ap-northeast-1', 6],
    ]);
    expect(commitmentAlone({ usage: sizing.usage, rates: sizing.card.rates }, 'Compute')).toBeCloseTo(8, 9);
  });

  it('never goes above the ceiling, and rounds down to what AWS takes', () => {
    expect(byTheHour([10], { ...COMPUTE, hourlyCeiling: 1.2345 }).proposals[0]?.proposedHourlyCommitment).toBe(1.234);
  });

  it('buys nothing that pays for itself too late', () => {
    const at = (latestBreakEvenMonth: number) =>
      byTheHour([10], { ...COMPUTE, latestBreakEvenMonth }).proposals[0]?.proposedHourlyCommitment;
    expect([at(10), at(9)]).toEqual([5.6, 0]);
  });

  it('buys nothing where there is nothing, and says so without a figure', () => {
    const sizing = sizeGroup(EXAMPLE_ACCOUNT_ID, aView({}), COMPUTE);
    expect(sizing.proposals).toEqual([]);
    expect(sizing.replay()).toMatchObject({ onDemandCost: 0, cost: 0, effectiveSavingsRate: 0 });
  });

  it('saves less, and then loses, when the usage goes and the commitment stays', () => {
    const sizing = byTheHour([10]);
    const saved = (change: number): number => {
      const { onDemandCost, cost } = sizing.replay(change);
      return onDemandCost - cost;
    };
    expect(saved(0)).toBeCloseTo(7 * 0.2, 9);
    expect(saved(-0.2)).toBeCloseTo(7 * 0.2, 9);
    expect(saved(-0.5)).toBeCloseTo(5 - 5.6, 9);
  });

  it('never proposes more than the optimum, and its parts add up to the whole, whatever the hours', () => {
    const hour = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(fc.array(hour, { minLength: 24, maxLength: 24 }), fc.integer({ min: 1, max: 100 }), (hours, tranchePercent) => {
        const sizing = byTheHour(hours, { ...DEFAULT_PURCHASE_POLICY, tranchePercent });
        const { onDemandCost, cost } = sizing.replay();
        let saved = 0;
        for (const { optimal, proposedHourlyCommitment, coveredOnDemand, used } of sizing.proposals) {
          expect(proposedHourlyCommitment).toBeLessThanOrEqual(optimal.hourlyCommitment + 1e-9);
          expect(used).toBeLessThanOrEqual(proposedHourlyCommitment + 1e-9);
          saved += coveredOnDemand - proposedHourlyCommitment;
        }
        expect(saved).toBeCloseTo(onDemandCost - cost, 6);
        expect(onDemandCost - cost).toBeGreaterThanOrEqual(-0.001);
        expect(sizing.optimum.certifiedGap).toBeLessThanOrEqual(1e-4);
      }),
      { numRuns: 60 },
    );
  });
});
