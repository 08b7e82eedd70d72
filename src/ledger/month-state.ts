import type { Day } from '../kernel/calendar.ts';

/**
 * How firm the figures of a month are. `arriving`: its newest days are still being filled in. `open`: settled so far, the month is not at
 * its end or the source calls it an estimate. `closed`: whole and final. `restated`: closed, and what it came to has changed since.
 */
export type MonthState = 'arriving' | 'open' | 'closed' | 'restated';

export interface MonthFacts {
  readonly lastKnownDay: Day;
  /** Its last day is there and no source calls any of its days an estimate. */
  readonly isFinal: boolean;
  /** It was final before and came to something else. */
  readonly hasChangedSince: boolean;
}

/** `provisionalFrom`: the first day that is still arriving; null when none is. */
export function monthState({ lastKnownDay, isFinal, hasChangedSince }: MonthFacts, provisionalFrom: Day | null): MonthState {
  if (isFinal) return hasChangedSince ? 'restated' : 'closed';
  return provisionalFrom !== null && lastKnownDay >= provisionalFrom ? 'arriving' : 'open';
}
