import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';

/**
 * What it is about: one resource (for one rule or for all), or what one rule says of one account or of everything with one tag. Null: any.
 */
export interface ExemptionScope {
  readonly detectorId: string | null;
  /** As the bill has it, whole. */
  readonly resourceId: string | null;
  readonly accountId: string | null;
  /** Only beside a resource. */
  readonly regionId: string | null;
  /** Strangers' text. */
  readonly tagKey: string | null;
  readonly tagValue: string | null;
}

/** What people decided, in their words. */
export interface ExemptionTerms extends ExemptionScope {
  readonly owner: string;
  readonly reason: string;
  readonly approver: string;
  /** First day on which it no longer holds: then the advice comes back. */
  readonly expiresOn: Day;
  /** It holds while what it is about costs at most this a month (730 h, runningCost), all of it together. Null: no bound. */
  readonly maximumMonthlyCost: DecimalString | null;
  /** Of the bound; null without one. */
  readonly currency: string | null;
}

/** As it stands: cost that the organisation accepts until a day. */
export interface Exemption extends ExemptionTerms {
  readonly id: string;
  readonly revision: number;
  readonly decidedOn: Day;
  readonly change: 'added' | 'changed' | 'ended';
  /** Why somebody ended it before its day; null: nobody did. */
  readonly endedBecause: string | null;
  readonly recordedBy: string;
  readonly recordedAt: string;
}

/** An exemption is decided anew at least this often (a year and the weeks in which people get to it). */
export const MOST_EXEMPTION_DAYS = 400;

export type ExemptionState = 'live' | 'expired' | 'ended';

export function exemptionState({ change, expiresOn }: Exemption, day: Day): ExemptionState {
  if (change === 'ended') return 'ended';
  return expiresOn <= day ? 'expired' : 'live';
}

/** Why an exempted recommendation is open again. */
export const REOPENED_BECAUSE = ['expired', 'ended', 'outgrown', 'noLongerMatches'] as const;
export type ReopenedBecause = (typeof REOPENED_BECAUSE)[number];

/** On an exempted recommendation: by whom it is accepted, until when, and what that costs. */
export interface ExemptedBy {
  readonly exemptionId: string;
  readonly owner: string;
  readonly reason: string;
  readonly approver: string;
  readonly expiresOn: Day;
  readonly maximumMonthlyCost: DecimalString | null;
  /** What all that the exemption is about costs a month today. */
  readonly monthlyCost: DecimalString;
  /** What the bill would lose a month, after overlap with other exempted advice: these may be added up. */
  readonly acceptedMonthlyCost: DecimalString;
}

/** On a recommendation that came back. */
export interface ReopenedAfter {
  readonly exemptionId: string;
  readonly because: ReopenedBecause;
  readonly day: Day;
  readonly owner: string;
  readonly expiresOn: Day;
  readonly maximumMonthlyCost: DecimalString | null;
  /** On that day. */
  readonly monthlyCost: DecimalString;
}
