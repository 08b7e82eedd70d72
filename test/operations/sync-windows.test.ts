import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayFromNumber, firstDay, monthOf } from '../../src/kernel/calendar.ts';
import { windowSince } from '../../src/operations/sync/windows.ts';

const day = fc.integer({ min: 18_000, max: 25_500 }).map(dayFromNumber);

describe('the window of a pull', () => {
  it('is never empty, ends today, and stays inside what Cost Explorer holds, on every day of twenty years', () => {
    fc.assert(
      fc.property(day, fc.option(fc.integer({ min: 0, max: 900 })), (asOf, daysAgo) => {
        const end = daysAgo === null ? null : addDays(asOf, -daysAgo);
        const { start, end: until } = windowSince(end === null ? null : { start: addDays(end, -30), end }, asOf);
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
        const { start } = windowSince({ start: addDays(end, -60), end }, asOf);
        expect(start <= end).toBe(true);
      }),
    );
  });

  it('does not fall for a last run that lies in the future', () => {
    const future = { start: '2026-11-01', end: '2027-01-05' };
    expect(windowSince(future, '2026-11-24').start).toBe('2026-10-01');
  });
});
