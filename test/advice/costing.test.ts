import { describe, expect, it } from 'vitest';
import {
  effectiveMonthly,
  isStillBilled,
  monthlyCosts,
  onDemandEquivalentMonthly,
  unitsMonthly,
} from '../../src/advice/costing.ts';
import { savingsOf } from '../../src/advice/savings.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { exact } from '../../src/kernel/money.ts';
import { aMeterSeries, anInstance, aSnapshot, aView, aVolume } from '../support/builders.ts';

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
    expect(savingsOf(plainCosts, aView())).toEqual({ low: '730', expected: '730', high: '730' });
  });

  it('is the on-demand price where a freed Savings Plan finds other usage', () => {
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '100' })] });
    expect(costs[0]?.coveredBy).toBe('savingsPlan');
    expect(savingsOf(costs, view)).toEqual({ low: '730', expected: '730', high: '730' });
  });

  it('is what ends with the commitment where the freed one finds no other usage', () => {
    expect(savingsOf(costs, aView())).toEqual({ low: '0', expected: '511', high: '511' });
  });

  it('is what the group has on demand, and more once the rest of the commitment ends', () => {
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '12' })] });
    expect(savingsOf(costs, view)).toEqual({ low: '255.5', expected: '365', high: '620.5' });
  });

  it('does not look for refuge in another sharing group', () => {
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '100', accountId: '999988887777' })] });
    expect(savingsOf(costs, view).expected).toBe('511');
  });

  it('leaves a Reserved Instance paid where no other usage of its family can take it', () => {
    const reserved = anInstance({ hourly: '0', effectiveHourly: '0.6' });
    const reservedCosts = monthlyCosts(reserved, aView());
    expect(reservedCosts[0]?.coveredBy).toBe('reservation');
    expect(onDemandEquivalentMonthly(reservedCosts).toString()).toBe('438');
    expect(savingsOf(reservedCosts, aView())).toEqual({ low: '0', expected: '438', high: '438' });
  });

  it('lets a Reserved Instance pay for other sizes of its family, at what they cost on demand', () => {
    const reservedCosts = monthlyCosts(anInstance({ hourly: '0', effectiveHourly: '0.6' }), aView());
    // 24 hours of m5.xlarge are 192 units, twice what the m5.large frees.
    const view = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '48', meterKind: 'BoxUsage:m5.xlarge' })] });
    expect(savingsOf(reservedCosts, view)).toEqual({ low: '730', expected: '730', high: '730' });
    const other = aView({ onDemandMeters: [aMeterSeries({ dailyCost: '48', meterKind: 'BoxUsage:c5.xlarge' })] });
    expect(savingsOf(reservedCosts, other)).toEqual({ low: '0', expected: '438', high: '438' });
  });

  it('can be asked for a share, as when a machine gets smaller', () => {
    const plainCosts = monthlyCosts(anInstance({ hourly: '1' }), aView());
    expect(savingsOf(plainCosts, aView(), { share: exact('0.5') }).expected).toBe('365');
  });
});
