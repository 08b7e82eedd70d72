import { describe, expect, it } from 'vitest';
import { allowedMiss, type Bucket, bucketsOf, halvesOf, type Shot, shotsOf } from '../../bench/calibration.ts';
import { createEstate } from '../../src/sandbox/estate/index.ts';

const aShot = (given: Partial<Shot> = {}): Shot => ({ kind: 'k', says: 0.9, truth: 10, low: 5, expected: 9, high: 12, ...given });
const missOf = ({ inside, says }: Bucket): number => Math.abs(inside - says);

describe('the calibration table', () => {
  it('counts what lies inside the range, by what the confidence says', () => {
    const shots = [aShot(), aShot({ truth: 4 }), aShot({ says: 0.97, low: 0, high: 10 })];
    expect(bucketsOf(shots).map(({ name, count, inside, says }) => [name, count, inside, says])).toEqual([
      ['90 % and more', 2, 0.5, 0.9],
      ['95 % and more', 1, 1, 0.97],
    ]);
    expect(halvesOf(shots).map(({ name, count }) => [name, count])).toEqual([
      ['from usage alone', 2],
      ['from zero, for a doubt', 1],
    ]);
  });

  it('of a few companies whose weeks differ keeps what the confidence says, within what chance allows', async () => {
    const shots = await shotsOf(3, 100);
    expect(shots.length).toBeGreaterThan(60);
    // The truth is not simply what was expected: weeks to come differ from weeks past.
    expect(shots.filter(({ truth, expected }) => Math.abs(truth - expected) > 0.01).length).toBeGreaterThan(5);
    for (const bucket of [...bucketsOf(shots), ...halvesOf(shots)]) expect(missOf(bucket)).toBeLessThan(allowedMiss(bucket));
    // A range that says nothing is always right: what usage alone was asked is narrow.
    const fromUsage = shots.filter(({ low }) => low > 0.01);
    const width = fromUsage.reduce((sum, { high, low, expected }) => sum + (high - low) / expected, 0) / fromUsage.length;
    expect(width).toBeLessThan(0.6);
  }, 60_000);
});

describe('a company whose weeks differ', () => {
  const made = { seed: 3, asOf: '2026-11-24', resources: 100 };
  const total = (unsteady: boolean, day: string): bigint => {
    const lines = [
      ...createEstate({ ...made, unsteady }).charges({ start: day, end: `${day.slice(0, 8)}${Number(day.slice(8)) + 1}` }),
    ];
    return lines.reduce((sum, { unblendedCost }) => sum + unblendedCost, 0n);
  };

  it('is the same each time, and another than the steady one', () => {
    expect(total(true, '2026-11-10')).toBe(total(true, '2026-11-10'));
    expect(total(true, '2026-11-10')).not.toBe(total(false, '2026-11-10'));
  });

  it('has the same wastes, and another truth of what they cost', () => {
    const [steady, unsteady] = [createEstate(made).wastes(), createEstate({ ...made, unsteady: true }).wastes()];
    expect(unsteady.map(({ kind, resourceId }) => [kind, resourceId])).toEqual(
      steady.map(({ kind, resourceId }) => [kind, resourceId]),
    );
    expect(unsteady.map((waste) => waste.avoidableMonthlyCost)).not.toEqual(steady.map((waste) => waste.avoidableMonthlyCost));
  });
});
