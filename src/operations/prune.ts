import type { Month } from '../kernel/calendar.ts';
import type { Context } from './context.ts';

/**
 * Months of lines that are kept besides the current one: three years, so that each of 36 months has the same one a year earlier where
 * reports compare, and two for what is still being restated. The database keeps as many whatever is asked.
 */
export const KEPT_MONTHS = 38;

/**
 * Takes the lines of older months away, of all tenants: month by month, oldest first. What pages read stays, so that years can be compared
 * after it. No closed review needs older lines: they keep their own figures. CONFLICT when readers or writers never let go for
 * half a second; what is gone by then is gone, and the next run takes up the rest.
 */
export async function prune(context: Context): Promise<{ readonly months: readonly Month[] }> {
  const months = await context.ports.retention.dropOldMonths(KEPT_MONTHS);
  if (months.length > 0) {
    await context.ports.audit.record(context.scope, { action: 'monthsPruned', subject: months.join(', ') });
  }
  return { months };
}
