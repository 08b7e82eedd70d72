import { addDays, type Day, dayNumber, daysIn, eachDay, type Period } from '../../../kernel/calendar.ts';
import { type DecimalString, Exact, plain } from '../../../kernel/money.ts';
import { chunksOf } from '../../../ledger/billing-horizon.ts';

/** What earlier runs showed of the answers. */
export interface PageSizes {
  /** Groups on a page. AWS documents none; what was seen, or `ASSUMED_GROUPS_PER_PAGE`. */
  readonly groupsPerPage: number;
  /** Groups a day of a source, null while it was never read. */
  readonly groupsPerDay: (source: string) => number | null;
}

/** Until a fuller page has been seen. Low on purpose: a plan that turns out cheaper disappoints nobody. */
export const ASSUMED_GROUPS_PER_PAGE = 1_000;

/** US dollars a page of Cost Explorer (pricing page, read 2026-11). */
const PAGE_PRICE = new Exact('0.01');

export function priceOfPages(pages: number): DecimalString {
  return plain(PAGE_PRICE.mul(pages));
}

/** Pages of one window; every question has at least one. */
export function pagesOf(window: Period, groupsPerDay: number | null, groupsPerPage: number): number {
  return chunksOf(window).reduce(
    (sum, chunk) => sum + Math.max(1, Math.ceil((daysIn(chunk) * (groupsPerDay ?? 0)) / groupsPerPage)),
    0,
  );
}

/** Few windows that hold the days: two are joined where asking for the days between costs no page more, and none of those is held back. */
export function windowsOf(
  days: readonly Day[],
  groupsPerDay: number | null,
  groupsPerPage: number,
  isHeldBack: (day: Day) => boolean = () => false,
): Period[] {
  const windows: Period[] = [];
  const pages = (window: Period): number => pagesOf(window, groupsPerDay, groupsPerPage);
  for (const day of [...new Set(days)].sort()) {
    const own = { start: day, end: addDays(day, 1) };
    const last = windows.at(-1);
    if (!last) {
      windows.push(own);
      continue;
    }
    const joined = { start: last.start, end: own.end };
    const isNext = dayNumber(day) === dayNumber(last.end);
    const mayJoin = isNext || ![...eachDay({ start: last.end, end: day })].some(isHeldBack);
    if (mayJoin && (isNext || pages(joined) <= pages(last) + pages(own))) windows[windows.length - 1] = joined;
    else windows.push(own);
  }
  return windows;
}
