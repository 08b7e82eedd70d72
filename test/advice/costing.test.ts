import { describe, expect, it } from 'vitest';
import {
  effectiveMonthly,
  isStillBilled,
  monthlyCosts,
  onDemandEquivalentMonthly,
  savingsOf,
  unitsMonthly,
} from '../../src/advice/costing.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { aMeterSeries, anInstance, aSnapshot, aView, aVolume } from '../support/builders.ts';

const ACCOUNT = '111122223333';

describe('what a resource costs a month', () => {
  it('normalises an hourly meter to 730 hours', () => {
    const [cost] = monthlyCosts(anInstance({ hourly: '0.124' }), aView());
    expect(cost?.unitsMonthly.toString()).toBe('730');
    expect(cost?.effectiveMonthly.toString()).toBe('90.52');
    expect(cost?.coveredBy).toBe('none');
  });

  it('takes a volume at its monthly price, however long the month', () => {
    const costs = monthlyCosts(aVolume({ sizeGb: 500, pricePerGb: '0.12' }), aView());
    expect(unitsMonthly(costs).toNumber()).toBeCloseTo(500, 5);
    expect(effectiveMonthly(costs).toNumber()).toBeCloseTo(60, 5);
  });

  it('counts the hours that it ran, not the hours of the month', () => {
    const costs = monthlyCosts(anInstance({ hourly: '1', hoursPerDay: 12 }), aView());
    expect(effectiveMonthly(costs).toString()).toBe('365');
  });

  it('counts days without a line as days at rest', () => {
    const always = anInstance({ hourly: '1' });
    const sunday = addDays(aSnapshot().lineWindow.end, -3);
    const resting = { ...always, lines: always.lines.filter((line) => line.day !== sunday) };
    expect(effectiveMonthly(monthlyCosts(resting, aView())).toNumber()).toBeCloseTo((730 * 6) / 7, 5);
  });

  it('leaves out the first day of a young resource, since it began somewhere in it', () => {
    const first = addDays(aSnapshot().lineWindow.end, -4);
    const young = anInstance({ hourly: '1', days: 4, firstBilledDay: first });
    const lines = young.lines.map((line) =>
      line.day === first ? { ...line, usageQuantity: '5', billedCost: '5', effectiveCost: '5' } : line,
    );
    expect(effectiveMonthly(monthlyCosts({ ...young, lines }, aView())).toString()).toBe('730');
  });

  it('knows when nothing is billed any more', () => {
    const end = aSnapshot().lineWindow.end;
    expect(isStillBilled(anInstance({ lastBilledDay: addDays(end, -1) }), aView())).toBe(true);
    expect(isStillBilled(anInstance({ lastBilledDay: addDays(end, -2) }), aView())).toBe(false);
  });
});

describe('what the bill would lose', () => {
  const covered = anInstance({ hourly: '1', effectiveHourly: '0.7' });
  const costs = monthlyCosts(covered, aView());

  it('is the same three times where nothing is covered', () => {
    const plainCosts = monthlyCosts(anInstance({ hourly: '1' }), aView());
    expect(savingsOf(plainCosts, ACCOUNT, aView())).toEqual({ low: '730', expected: '730', high: '730' });
  });

  it('is the on-demand price where a freed Savings Plan finds other usage', () => {
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '100' })] });
    expect(costs[0]?.coveredBy).toBe('savingsPlan');
    expect(savingsOf(costs, ACCOUNT, view)).toEqual({ low: '511', expected: '730', high: '730' });
  });

  it('may be nothing where the freed Savings Plan finds no other usage', () => {
    expect(savingsOf(costs, ACCOUNT, aView())).toEqual({ low: '0', expected: '511', high: '730' });
  });

  it('lies between where the group has some on-demand usage', () => {
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '12' })] });
    const { low, expected, high } = savingsOf(costs, ACCOUNT, view);
    expect([low, expected, high].map(Number)).toEqual([255.5, 620.5, 730]);
  });

  it('does not look for refuge in another sharing group', () => {
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '100', accountId: '999988887777' })] });
    expect(savingsOf(costs, ACCOUNT, view).expected).toBe('511');
  });

  it('takes a Reserved Instance at its effective cost, since the bill shows no other price', () => {
    const reserved = anInstance({ hourly: '0', effectiveHourly: '0.6' });
    const reservedCosts = monthlyCosts(reserved, aView());
    expect(reservedCosts[0]?.coveredBy).toBe('reservation');
    expect(onDemandEquivalentMonthly(reservedCosts).toString()).toBe('438');
    expect(savingsOf(reservedCosts, ACCOUNT, aView())).toEqual({ low: '438', expected: '438', high: '438' });
  });

  it('can be asked for a share, as when a machine gets smaller', () => {
    const plainCosts = monthlyCosts(anInstance({ hourly: '1' }), aView());
    expect(savingsOf(plainCosts, ACCOUNT, aView(), 0.5).expected).toBe('365');
  });
});
