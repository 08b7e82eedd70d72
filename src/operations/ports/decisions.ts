import type { Decision } from '../../advice/decision.ts';
import type { Recommendation, RecommendationStatus } from '../../advice/recommendation.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { TenantScope } from '../scope.ts';

/** Not yet written down. */
export type NewDecision = Omit<Decision, 'recordedBy' | 'recordedAt'>;

/** One change of status: by a turn of advice, or by a decision. */
export interface HistoryEntry {
  readonly at: string;
  readonly day: Day;
  readonly from: RecommendationStatus | null;
  readonly to: RecommendationStatus;
  readonly actor: string;
  readonly because: string | null;
  readonly decision: Decision | null;
}

export interface DecisionStore {
  /** The last of each recommendation. */
  current(scope: TenantScope): Promise<readonly Decision[]>;
  /**
   * Shows `decide` these recommendations as they stand, with the last decision of each, while nobody else writes advice or decisions of the
   * tenant, and keeps what it answers, with the status that follows and an event for each: all of it or, where it throws, nothing. An id that the
   * tenant does not have is left out.
   */
  record(
    scope: TenantScope,
    ids: readonly string[],
    decide: (items: readonly Recommendation[]) => readonly NewDecision[],
  ): Promise<readonly Decision[]>;
  /** First change first; empty for an unknown id, and for another tenant's. */
  history(scope: TenantScope, id: string): Promise<readonly HistoryEntry[]>;
}
