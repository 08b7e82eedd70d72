import japan from '@holiday-jp/holiday_jp';
import { type Day, dayNumber, eachDay, type Period } from '../../kernel/calendar.ts';

/** The library's table (1970 to 2050), to be asked for any day. */
const JAPANESE_HOLIDAYS: Readonly<Record<Day, { readonly name: string } | undefined>> = japan.holidays;

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes of the day, the end not in it: 540 to 1080 is 9:00 to 18:00. Spans of a day do not overlap. */
export interface WorkingSpan {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** From "09:00-18:00". */
export function spanOf(text: string): WorkingSpan {
  const [fromMinute = 0, toMinute = 0] = text.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { fromMinute, toMinute };
}

export interface CalendarTerms {
  /** IANA name. Hours and days are of this clock. */
  readonly timeZone: string;
  readonly week: Readonly<Record<Weekday, readonly WorkingSpan[]>>;
  /** Public holidays on which nobody works. */
  readonly publicHolidays: 'japan' | 'none';
  readonly ownHolidays: readonly { readonly day: Day; readonly name: string }[];
}

/** When people work. Days are days of the calendar's time zone, not UTC days as in the bill. */
export interface WorkingCalendar extends CalendarTerms {
  /** Of a week without a holiday. */
  readonly hoursPerWeek: number;
  /** Its name in Japanese or as the organisation wrote it; null: an ordinary day. */
  holidayOn(day: Day): string | null;
  /** Working hours over days, holidays left out. */
  hoursIn(period: Period): number;
  isWorkingTime(instant: Date): boolean;
}

const NINE_TO_SIX: readonly WorkingSpan[] = [{ fromMinute: 9 * 60, toMinute: 18 * 60 }];

/** Where nobody said otherwise. */
export const USUAL_CALENDAR: CalendarTerms = {
  timeZone: 'Asia/Tokyo',
  week: {
    monday: NINE_TO_SIX,
    tuesday: NINE_TO_SIX,
    wednesday: NINE_TO_SIX,
    thursday: NINE_TO_SIX,
    friday: NINE_TO_SIX,
    saturday: [],
    sunday: [],
  },
  publicHolidays: 'japan',
  ownHolidays: [],
};

export function workingCalendar(terms: CalendarTerms): WorkingCalendar {
  const own = new Map(terms.ownHolidays.map(({ day, name }) => [day, name]));
  const holidayOn = (day: Day): string | null =>
    own.get(day) ?? (terms.publicHolidays === 'japan' ? (JAPANESE_HOLIDAYS[day]?.name ?? null) : null);
  const spansOn = (day: Day): readonly WorkingSpan[] => (holidayOn(day) === null ? terms.week[weekdayOf(day)] : []);
  let clock: ReturnType<typeof localClock> | null = null;
  return {
    ...terms,
    hoursPerWeek: WEEKDAYS.reduce((sum, weekday) => sum + hoursOf(terms.week[weekday]), 0),
    holidayOn,
    hoursIn: (period) => [...eachDay(period)].reduce((sum, day) => sum + hoursOf(spansOn(day)), 0),
    isWorkingTime: (instant) => {
      clock ??= localClock(terms.timeZone);
      const { day, minute } = clock(instant);
      return spansOn(day).some(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute);
    },
  };
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: Day): Weekday {
  return WEEKDAYS[(((dayNumber(day) + 3) % 7) + 7) % 7] as Weekday;
}

function hoursOf(spans: readonly WorkingSpan[]): number {
  return spans.reduce((minutes, { fromMinute, toMinute }) => minutes + toMinute - fromMinute, 0) / 60;
}

function localClock(timeZone: string): (instant: Date) => { readonly day: Day; readonly minute: number } {
  // Swedish writes "2026-11-24 09:30".
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) => {
    const [day = '', time = ''] = format.format(instant).split(' ');
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return { day, minute: hour * 60 + minute };
  };
}
