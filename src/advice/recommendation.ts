import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { ActionType, Effort } from '../ledger/aws-recommendation.ts';
import type { PriceBasis } from '../ledger/price.ts';
import type { ResourceType } from '../ledger/resource.ts';
import type { BestPractice } from './best-practice.ts';
import type { Category, Confidence, Effect, Evidence, SavingsRange, SecondSource } from './detector.ts';

export const RECOMMENDATION_STATUSES = ['open', 'accepted', 'implemented', 'snoozed', 'dismissed', 'exempted', 'closed'] as const;
export type RecommendationStatus = (typeof RECOMMENDATION_STATUSES)[number];

export type ClosedBecause =
  | 'implemented'
  | 'resourceGone'
  | 'noLongerTrue'
  | 'policyChanged'
  | 'exempted'
  | 'sourceDisconnected'
  | 'notJudged';

/** A proposal to a person. Every amount is a month of 730 h in `currency`, basis runningCost. */
export interface Recommendation {
  /** Stable: fingerprint of tenant, detector, account, region, resource. */
  readonly id: string;
  readonly detectorId: string;
  readonly detectorRevision: number;
  readonly category: Category;
  readonly actionType: ActionType;
  readonly bestPractices: readonly BestPractice[];
  readonly accountId: string;
  readonly regionId: string | null;
  readonly resourceId: string | null;
  readonly resourceType: ResourceType;
  readonly status: RecommendationStatus;
  readonly effort: Effort;
  readonly rollbackPossible: boolean;
  readonly restartNeeded: boolean;
  readonly confidence: Confidence;
  readonly currency: string;
  /** On its own, as if nothing else were done. */
  readonly savings: SavingsRange;
  /** After overlap; "0" when superseded. Never more than `savings.expected`. */
  readonly netMonthlySavings: DecimalString;
  readonly effect: Effect;
  readonly evidence: Evidence;
  readonly supersededBy: string | null;
  /** Where the money lands when commitments float; null: in the resource's own account. */
  readonly benefitAccountId: string | null;
  /** From when; null: now. */
  readonly fromDate: Day | null;
  readonly priceBasis: PriceBasis;
  /** What AWS itself says of the same, kept beside ours, never added. */
  readonly secondSource: SecondSource | null;
  readonly firstSeen: Day;
  readonly lastSeen: Day;
  readonly closedBecause: ClosedBecause | null;
}

/** How often a detector could not tell, and why: shown, never hidden. */
export interface NotJudged {
  readonly detectorId: string;
  /** The missing fact or the failure, as a message id. */
  readonly because: string;
  readonly count: number;
}

export interface Totals {
  readonly gross: DecimalString;
  readonly overlap: DecimalString;
  readonly net: DecimalString;
}

export interface Advice {
  readonly asOf: Day;
  readonly dataAsOf: Day | null;
  readonly currency: string;
  readonly totals: Totals;
  /** Ranked. */
  readonly recommendations: readonly Recommendation[];
  readonly notJudged: readonly NotJudged[];
  readonly judged: {
    readonly findings: number;
    readonly healthy: number;
    readonly notApplicable: number;
    readonly unknown: number;
  };
}
