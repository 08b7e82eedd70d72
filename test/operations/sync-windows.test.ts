import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayFromNumber, daysBetween, firstDay, monthOf } from '../../src/kernel/calendar.ts';
import { windowOf } from '../../src/operations/sync/windows.ts';

const day = fc.integer({ min: 18_000, max: 25_500 }).map(dayFromNumber);
const history = { window: 'history' } as const;

describe('the window of a pull', () => {
  it('is never empty, ends today, and stays inside what Cost Explorer holds, on every day of twenty years', () => {
    fc.assert(
      fc.property(day, fc.option(fc.integer({ min: 0, max: 900 })), (asOf, daysAgo) => {
        const end = daysAgo === null ? null : addDays(asOf, -daysAgo);
        const { start, end: until } = windowOf(history, asOf, end === null ? null : { start: addDays(end, -30), end });
        expect(until).toBe(asOf);
        expect(start < until).toBe(true);
        expect(start >= firstDay(addMonths(monthOf(asOf), -13))).toBe(true);
      }),
    );
  });

  it('leaves no day unread between the last good run and this one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 380 }), (asOf, daysAgo) => {
        const end = addDays(asOf, -daysAgo);
        const { start } = windowOf(history, asOf, { start: addDays(end, -60), end });
        expect(start <= end).toBe(true);
      }),
    );
  });

  it('is two weeks by resource, whatever was read before', () => {
    const { start, end } = windowOf({ window: 'resourceLevel' }, '2026-11-24', { start: '2026-11-01', end: '2026-11-23' });
    expect(daysBetween(start, end)).toBe(14);
  });

  it('does not fall for a last run that lies in the future', () => {
    const future = { start: '2026-11-01', end: '2027-01-05' };
    expect(windowOf(history, '2026-11-24', future).start).toBe('2026-10-01');
  });
});
