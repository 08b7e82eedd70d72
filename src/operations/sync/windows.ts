import type { Day, Period } from '../../kernel/calendar.ts';
import { costExplorerWindow, resourceLevelWindow, restatedWindow } from '../../ledger/billing-horizon.ts';
import type { Slice } from '../../ledger/slice.ts';

/**
 * The days to ask for. The first time everything that Cost Explorer holds; later from the first of last month, since AWS restates until
 * the close. After a pause the window reaches back to what could still change when the last good run looked, so that no day is left out.
 */
export function windowOf(slice: Pick<Slice, 'window'>, asOf: Day, lastGood: Period | null): Period {
  if (slice.window === 'resourceLevel') return resourceLevelWindow(asOf);
  const whole = costExplorerWindow(asOf);
  if (lastGood === null) return whole;
  const starts = [restatedWindow(asOf).start, restatedWindow(lastGood.end).start].sort();
  const start = starts[0] ?? whole.start;
  return { start: start < whole.start ? whole.start : start, end: whole.end };
}
