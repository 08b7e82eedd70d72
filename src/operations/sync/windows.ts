import type { Day, Period } from '../../kernel/calendar.ts';
import { costExplorerWindow, restatedWindow } from '../../ledger/billing-horizon.ts';

/**
 * The days to ask for. The first time everything that the source holds; later from the first of last month, since AWS restates until the
 * close. After a pause the window reaches back to what could still change when the last good run looked, so that no day is left out.
 */
export function windowSince(lastGood: Period | null, asOf: Day, whole: Period = costExplorerWindow(asOf)): Period {
  if (lastGood === null) return whole;
  const starts = [restatedWindow(asOf).start, restatedWindow(lastGood.end).start].sort();
  const start = starts[0] ?? whole.start;
  return { start: start < whole.start ? whole.start : start, end: whole.end };
}
