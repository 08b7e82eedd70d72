import type { Month } from '../../kernel/calendar.ts';

/** What is too old to be kept. It concerns the whole installation: a month of lines holds all tenants'. */
export interface Retention {
  /** Oldest first, each in a transaction of its own; answers the months that were dropped. `keepMonths` besides the current one, at least 38. */
  dropOldMonths(keepMonths: number): Promise<readonly Month[]>;
}
