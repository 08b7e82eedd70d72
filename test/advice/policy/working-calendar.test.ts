import { describe, expect, it } from 'vitest';
import { USUAL_CALENDAR, workingCalendar } from '../../../src/advice/policy/working-calendar.ts';

const usual = workingCalendar(USUAL_CALENDAR);

describe('the working calendar', () => {
  it('is Monday to Friday, nine to six in Tokyo, where nobody said otherwise', () => {
    expect(usual.hoursPerWeek).toBe(45);
    expect(usual.isWorkingTime(new Date('2026-11-24T00:00:00Z'))).toBe(true);
    expect(usual.isWorkingTime(new Date('2026-11-24T08:59:00Z'))).toBe(true);
    expect(usual.isWorkingTime(new Date('2026-11-24T09:00:00Z'))).toBe(false);
    expect(usual.isWorkingTime(new Date('2026-11-23T23:59:00Z'))).toBe(false);
  });

  it('knows the day of its own clock: Saturday begins in Tokyo while it is Friday in UTC', () => {
    const night = workingCalendar({
      ...USUAL_CALENDAR,
      week: { ...USUAL_CALENDAR.week, saturday: [{ fromMinute: 0, toMinute: 60 }] },
    });
    expect(night.isWorkingTime(new Date('2026-11-27T15:30:00Z'))).toBe(true);
    expect(night.isWorkingTime(new Date('2026-11-27T16:00:00Z'))).toBe(false);
  });

  it('rests on Japanese public holidays, the day between two of them as well', () => {
    expect(usual.holidayOn('2026-09-21')).toBe('敬老の日');
    expect(usual.holidayOn('2026-09-22')).not.toBeNull();
    expect(usual.holidayOn('2026-09-23')).toBe('秋分の日');
    expect(usual.holidayOn('2026-09-24')).toBeNull();
    expect(usual.hoursIn({ start: '2026-09-21', end: '2026-09-28' })).toBe(18);
  });

  it('rests on the days that the organisation added, and works on public ones where it says so', () => {
    const own = workingCalendar({
      ...USUAL_CALENDAR,
      publicHolidays: 'none',
      ownHolidays: [{ day: '2026-12-29', name: 'year end' }],
    });
    expect(own.holidayOn('2026-09-21')).toBeNull();
    expect(own.holidayOn('2026-12-29')).toBe('year end');
    expect(own.hoursIn({ start: '2026-12-28', end: '2027-01-02' })).toBe(36);
  });

  it('follows the clock of its zone through a change to summer time', () => {
    const berlin = workingCalendar({ ...USUAL_CALENDAR, timeZone: 'Europe/Berlin', publicHolidays: 'none' });
    expect(berlin.isWorkingTime(new Date('2026-03-27T07:30:00Z'))).toBe(false);
    expect(berlin.isWorkingTime(new Date('2026-03-30T07:30:00Z'))).toBe(true);
  });
});
