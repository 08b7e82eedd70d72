import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/advice/detector.ts';
import { spreadOf } from '../../src/advice/spread.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import { anInstance, aSnapshot, aView, aVolume } from '../support/builders.ts';

type Finding = Extract<Outcome, { kind: 'finding' }>;
const finding = (given: Partial<Finding> = {}): Finding => ({
  kind: 'finding',
  evidence: {},
  savings: { low: '100', expected: '100', high: '100' },
  confidence: { level: 0.97, because: [] },
  priceBasis: 'observed',
  effect: { component: 'compute', monthlyCost: '730' },
  ...given,
});
const end = aSnapshot().lineWindow.end;
/** Without the usage of some days before the end of the window. */
const resting = (machine: ResourceFacts, ...daysAgo: readonly number[]): ResourceFacts => {
  const off = new Set(daysAgo.map((days) => addDays(end, -days)));
  return { ...machine, lines: machine.lines.filter(({ day }) => !off.has(day)) };
};

describe('the range of a saving', () => {
  const always = anInstance({ hourly: '1' });

  it('leaves room for a machine to rest, and none to run more than always', () => {
    expect(spreadOf(always, finding(), aView())).toEqual({
      savings: { low: '92', expected: '100', high: '100' },
      confidence: { level: 0.95, because: [] },
    });
    expect(spreadOf(anInstance({ hourly: '1', hoursPerDay: 10 }), finding(), aView()).savings.high).toBe('115');
  });

  it('is as wide as the weeks differ, and says so', () => {
    // Last week it rested for one day that it ran through in the weeks before: 6 days against 7, and 7 are all there are.
    const { savings, confidence } = spreadOf(resting(always, 3), finding(), aView());
    expect([savings.low, savings.high]).toEqual(['92', '116.666667']);
    expect(confidence).toEqual({ level: 0.9, because: ['usageVaries'] });
    // The week before it did: the coming ones may do so again.
    expect(spreadOf(resting(always, 10), finding(), aView()).savings.low).toBe('78.857143');
  });

  it('begins at nothing where a doubt is one that only people can settle', () => {
    const doubted = finding({ confidence: { level: 0.96, because: ['purposeUnknown'] } });
    expect(spreadOf(always, doubted, aView()).savings).toEqual({ low: '0', expected: '100', high: '100' });
    expect(spreadOf(aVolume(), doubted, aView()).savings.low).toBe('0');
  });

  it('does not touch what is billed whatever happens', () => {
    const disk = finding({ effect: { component: 'storage', monthlyCost: '100' } });
    expect(spreadOf(aVolume(), disk, aView())).toEqual({ savings: disk.savings, confidence: disk.confidence });
  });

  it('knows that the worth of a freed commitment moves with what others use', () => {
    const covered = anInstance({ hourly: '1', effectiveHourly: '0.7' });
    expect(spreadOf(covered, finding(), aView())).toEqual({
      savings: { low: '77.4', expected: '100', high: '114.6' },
      confidence: { level: 0.95, because: ['averageHours'] },
    });
  });
});
