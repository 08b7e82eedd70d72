import { addDays, addMonths, type Day, firstDay, monthOf, type Period } from '../kernel/calendar.ts';

/** Days that AWS is still filling in; they feed no advice. Cost Explorer settles within about three days (guide, read 2026-11). */
export const ARRIVING_DAYS = 3;

/** Cost Explorer serves 13 full months and the current one at daily grain (guide, read 2026-11). */
export const COST_EXPLORER_MONTHS = 13;

/** Resource-level Cost Explorer data lives this long there (guide, read 2026-11); we keep it beyond. */
export const RESOURCE_LEVEL_DAYS = 14;

/** How far back the advice looks at what services cost: two months, so that one can be held against the other. */
export const SERVICE_DAYS = 60;

/** First day that is not settled yet: facts before it may be judged. `asOf` is the day on which we look. */
export function settledUntil(asOf: Day): Day {
  return addDays(asOf, -ARRIVING_DAYS);
}

/** The whole window that Cost Explorer can answer on `asOf`; its end (exclusive) is `asOf` itself: today has no full day yet. */
export function costExplorerWindow(asOf: Day): Period {
  return notEmpty({ start: firstDay(addMonths(monthOf(asOf), -COST_EXPLORER_MONTHS)), end: asOf });
}

/** What a later run reads again: from the first of the previous month, since AWS restates until the close. */
export function restatedWindow(asOf: Day): Period {
  return notEmpty({ start: firstDay(addMonths(monthOf(asOf), -1)), end: asOf });
}

export function resourceLevelWindow(asOf: Day): Period {
  return { start: addDays(asOf, -RESOURCE_LEVEL_DAYS), end: asOf };
}

/** Hours live in Cost Explorer as long as resource-level days do (guide, read 2026-11); we keep them beyond. */
export function hourlyWindow(asOf: Day): Period {
  return resourceLevelWindow(asOf);
}

/** Months asked for in one go: bounds what is held in memory and what a dropped page token costs. */
const CHUNK_MONTHS = 2;

/** The window in pieces of at most two calendar months, oldest first: each is a question of its own. */
export function chunksOf(window: Period): Period[] {
  const chunks: Period[] = [];
  for (let start = window.start; start < window.end; ) {
    const limit = firstDay(addMonths(monthOf(start), CHUNK_MONTHS));
    const end = limit < window.end ? limit : window.end;
    chunks.push({ start, end });
    start = end;
  }
  return chunks.length > 0 ? chunks : [{ start: window.start, end: addDays(window.start, 1) }];
}

function notEmpty(period: Period): Period {
  return period.start < period.end ? period : { start: addDays(period.end, -1), end: period.end };
}
