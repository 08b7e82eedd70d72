import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { Recommendation, RecommendationStatus } from './recommendation.ts';

/** What a person can make of a recommendation. */
export const DECIDED_STATUSES = ['accepted', 'implemented', 'snoozed', 'dismissed', 'open'] as const;
export type DecidedStatus = (typeof DECIDED_STATUSES)[number];

export const DISMISSED_BECAUSE = [
  'alreadyPlanned',
  'businessNeed',
  'notOurs',
  'riskTooHigh',
  'tooSmall',
  'wrong',
  'other',
] as const;
export type DismissedBecause = (typeof DISMISSED_BECAUSE)[number];

export const APPROVAL_STATES = ['notNeeded', 'requested', 'approved', 'returned'] as const;

/** The organisation's own approval (稟議) of what was accepted. */
export interface Approval {
  readonly state: (typeof APPROVAL_STATES)[number];
  /** Its number there (稟議番号). */
  readonly reference: string | null;
  readonly approver: string | null;
  /** On which it was approved or returned. */
  readonly day: Day | null;
}

/** What somebody said. What does not belong to the status is null. */
export interface DecisionTerms {
  readonly to: DecidedStatus;
  /** Who brought it forward; null: nobody but the advice itself. */
  readonly proposer: string | null;
  readonly decider: string;
  /** Who answers for its being done. */
  readonly owner: string | null;
  readonly dueOn: Day | null;
  readonly approval: Approval | null;
  /** What doing it costs, once. */
  readonly implementationCost: { readonly amount: DecimalString; readonly currency: string } | null;
  readonly implementer: string | null;
  readonly implementedOn: Day | null;
  /** A person confirmed what the data proposed. */
  readonly seenAsDone: boolean;
  /** First day on which it is open again. */
  readonly snoozedUntil: Day | null;
  readonly dismissedBecause: DismissedBecause | null;
  readonly comment: string | null;
}

/** A fact beside the recommendation: only ever added to. */
export interface Decision extends DecisionTerms {
  readonly recommendationId: string;
  /** Of this recommendation, from 1: the last one counts. */
  readonly number: number;
  readonly from: RecommendationStatus;
  /** What the recommendation is about cost a month when it was decided. */
  readonly monthlyCost: DecimalString;
  readonly currency: string;
  readonly decidedOn: Day;
  readonly recordedBy: string;
  readonly recordedAt: string;
}

/** Why something that people had settled is open again. */
export const REOPENED_BY = ['snoozeEnded', 'costGrown', 'seenAgain'] as const;

export interface ReopenedAfterDecision {
  readonly because: (typeof REOPENED_BY)[number];
  readonly day: Day;
  /** What was decided and holds no longer. */
  readonly decisionNumber: number | null;
  /** What it is about costs a month, then and on that day. */
  readonly monthlyCostThen: DecimalString | null;
  readonly monthlyCost: DecimalString;
}

/** Put off for at most this long: a year and the weeks in which people get to it. For longer it is dismissed, or exempted. */
export const MOST_SNOOZE_DAYS = 400;

const LEGAL: Readonly<Record<Exclude<RecommendationStatus, 'closed'>, readonly DecidedStatus[]>> = {
  open: ['accepted', 'implemented', 'snoozed', 'dismissed'],
  accepted: ['accepted', 'implemented', 'snoozed', 'dismissed', 'open'],
  implemented: ['implemented', 'accepted', 'open'],
  snoozed: ['snoozed', 'accepted', 'implemented', 'dismissed', 'open'],
  dismissed: ['dismissed', 'accepted', 'snoozed', 'open'],
  // The exemption is ended first; then it is open.
  exempted: [],
};

/** What may be decided of it. What left the data can be said to have been done; nothing else is left to decide. */
export function legalDecisions({
  status,
  closedBecause,
}: Pick<Recommendation, 'status' | 'closedBecause'>): readonly DecidedStatus[] {
  if (status !== 'closed') return LEGAL[status];
  if (closedBecause === 'seenAsDone') return ['implemented', 'dismissed'];
  return closedBecause === 'resourceGone' || closedBecause === 'noLongerTrue' || closedBecause === 'implemented'
    ? ['implemented']
    : [];
}
