import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, units } from '../../../src/sandbox/estate/amounts.ts';
import { HOURS_PER_WEEK, type HourlyMeter } from '../../../src/sandbox/estate/asset.ts';
import { allocate } from '../../../src/sandbox/estate/bill/allocate.ts';
import { type HourlyItem, hourlyItem, inPlanOrder } from '../../../src/sandbox/estate/bill/hourly-item.ts';
import { leftOnDemand } from '../../../src/sandbox/estate/truth/replay.ts';
import { bestCommitment } from '../../../src/sandbox/estate/truth/uncovered.ts';

const STEADY = new Uint16Array(HOURS_PER_WEEK).fill(1000);

function anItem(key: string, onDemand: string, savingsPlan: string, quantity = 1n, levels: Uint16Array = STEADY): HourlyItem {
  const meter: HourlyMeter = {
    name: { serviceName: 'Compute', usageType: key, operation: 'Run', usageUnit: 'Hrs' },
    onDemandRate: units(onDemand),
    savingsPlanRate: units(savingsPlan),
    quantityPerHour: quantity * ONE,
    levels,
  };
  return hourlyItem(meter, key);
}

/** The hour that the Savings Plans guide works through ("Understanding how Savings Plans apply to your usage"), with its rates. */
const guide = [
  anItem('r5.4xlarge', '1', '0.7', 4n),
  anItem('fargate vCPU', '0.04', '0.03', 400n),
  anItem('fargate GB', '0.004', '0.003', 1600n),
  anItem('m5.24xlarge Windows', '10', '8.2'),
  ...Array.from({ length: 100 }, (_, index) => anItem(`lambda GB-s ${index}`, '0.000015', '0.00001275', 15_000n)),
  anItem('lambda requests', '0.2', '0.2'),
].sort(inPlanOrder);

function leftInOneHour(items: readonly HourlyItem[], commitment: string): number {
  const result = allocate(items, 0, 1, Number(units(commitment)));
  let left = 0;
  items.forEach((item, index) => {
    left += (item.onDemandCost[0] ?? 0) - (result.onDemandCost[index] ?? 0);
  });
  return left / 1e10;
}

describe('Savings Plans on the sandbox bill', () => {
  it('leave what the guide says they leave', () => {
    expect(leftInOneHour(guide, '0')).toBeCloseTo(59.1, 6);
    expect(leftInOneHour(guide, '2')).toBeCloseTo(56.242857, 5);
    expect(leftInOneHour(guide, '19.6')).toBeCloseTo(32.7, 6);
    expect(leftInOneHour(guide, '50')).toBeCloseTo(0, 6);
  });

  const anyItems = fc
    .array(
      fc.record({
        onDemand: fc.integer({ min: 100, max: 50_000 }),
        percent: fc.integer({ min: 40, max: 100 }),
        levels: fc.array(fc.constantFrom(0, 250, 1000), { minLength: HOURS_PER_WEEK, maxLength: HOURS_PER_WEEK }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((list) =>
      list
        .map(({ onDemand, percent, levels }, index) => {
          const plan = (onDemand * percent) / 100;
          return anItem(`i-${index}`, (onDemand / 1e4).toFixed(4), (plan / 1e4).toFixed(6), 1n, Uint16Array.from(levels));
        })
        .sort(inPlanOrder),
    );

  it('never use more than the commitment in an hour, and all of it where usage allows', () => {
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 0, max: 12 }), (items, dollars) => {
        const commitment = dollars * 1e10;
        allocate(items, 0, HOURS_PER_WEEK, commitment, (hour, used) => {
          const usable = items.reduce((sum, item) => sum + (item.savingsPlanCost?.[hour] ?? 0), 0);
          expect(used).toBe(Math.min(commitment, usable));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('cover no more of a resource than there is', () => {
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 1, max: 12 }), (items, dollars) => {
        const result = allocate(items, 0, HOURS_PER_WEEK, dollars * 1e10);
        items.forEach((item, index) => {
          const total = item.onDemandCost.reduce((sum, cost) => sum + cost, 0);
          expect(result.onDemandCost[index] ?? 0).toBeLessThanOrEqual(total);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('are best where no other commitment saves more', () => {
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 0, max: 3 }), (items, dollars) => {
        const committed = dollars * 1e10;
        const { hourlyCommitment, weeklySavings } = bestCommitment(items, committed);
        const savingsAt = (more: number): number =>
          Number(leftOnDemand(items, committed) - leftOnDemand(items, committed + more)) - more * HOURS_PER_WEEK;
        const near = (value: number) => Math.max(1e4, Math.abs(value) * 1e-6);
        const best = savingsAt(Math.round(hourlyCommitment));
        expect(Math.abs(best - weeklySavings)).toBeLessThan(near(weeklySavings));
        for (let step = 0; step <= 20; step++) {
          expect(savingsAt(Math.round(step * 1.5e9))).toBeLessThanOrEqual(best + near(best));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are best at the quantile that the discount names', () => {
    // On for 128 of 168 hours (76 %): worth buying at 28 % off, not worth it at 20 % off.
    const often = Uint16Array.from({ length: HOURS_PER_WEEK }, (_, hour) => (hour < 128 ? 1000 : 0));
    expect(bestCommitment([anItem('a', '1', '0.72', 1n, often)], 0).hourlyCommitment).toBe(0.72e10);
    expect(bestCommitment([anItem('b', '1', '0.8', 1n, often)], 0).hourlyCommitment).toBe(0);
  });
});
