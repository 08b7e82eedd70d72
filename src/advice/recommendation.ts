import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { ActionType, Effort } from '../ledger/aws-recommendation.ts';
import type { PriceBasis } from '../ledger/price.ts';
import type { ResourceType } from '../ledger/resource-type.ts';
import type { BestPractice } from './best-practice.ts';
import type { Decision, ReopenedAfterDecision } from './decision.ts';
import type { AwsWord, Category, Confidence, Effect, Evidence, SavingsRange, SecondSource } from './detector.ts';
import type { ExemptedBy, ReopenedAfter } from './exemption.ts';
import type { BelowMinimumSaving } from './policy/minimum-saving.ts';
import type { PolicyVersions } from './policy/policy-view.ts';

export const RECOMMENDATION_STATUSES = ['open', 'accepted', 'implemented', 'snoozed', 'dismissed', 'exempted', 'closed'] as const;
export type RecommendationStatus = (typeof RECOMMENDATION_STATUSES)[number];

export type ClosedBecause =
  | 'implemented'
  /** It was accepted and left the data: proposed as done, for a person to confirm. */
  | 'seenAsDone'
  | 'resourceGone'
  | 'noLongerTrue'
  | 'policyChanged'
  | 'exempted'
  | 'sourceDisconnected'
  | 'notJudged';

/** What taking usage away sets free where a commitment pays for it. A month of 730 h, as if nothing else were done. */
export interface FreedCommitment {
  /** On-demand charges of other usage that the freed commitment pays from now on: part of `savings.expected`. */
  readonly landsMonthly: DecimalString;
  readonly landsIn: readonly { readonly accountId: string; readonly monthlySavings: DecimalString }[];
  /** Commitment that no usage takes up: paid for nothing until it ends, and no saving before. */
  readonly strandedMonthly: DecimalString;
  /** From this day it is no longer paid, unless somebody renews it; null: nothing is stranded, or the end is not known. */
  readonly strandedUntil: Day | null;
}

/** Why a saving counts for less than it would alone. */
export const OVERLAP_REASONS = [
  'supersededAlternative',
  'compounding',
  'cappedAtResourceCost',
  'coveredByCommitment',
  'cappedAtGroupCost',
] as const;
export type OverlapReason = (typeof OVERLAP_REASONS)[number];

export interface Reduction {
  readonly because: OverlapReason;
  /** Never negative. */
  readonly amount: DecimalString;
}

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
  /** From `savings.expected` to `netMonthlySavings`, of what is open or accepted: expected less all of these is net. */
  readonly reductions: readonly Reduction[];
  readonly effect: Effect;
  readonly evidence: Evidence;
  readonly supersededBy: string | null;
  /** Where the money lands when commitments float; null: in the resource's own account. */
  readonly benefitAccountId: string | null;
  /** From when; null: now. */
  readonly fromDate: Day | null;
  /** Null: no commitment pays for what goes. */
  readonly freedCommitment: FreedCommitment | null;
  readonly priceBasis: PriceBasis;
  /** What AWS itself says of the same, kept beside ours, never added. */
  readonly secondSource: SecondSource | null;
  /** The same by each of AWS's advisers that says it. */
  readonly secondSources: readonly AwsWord[];
  readonly firstSeen: Day;
  readonly lastSeen: Day;
  readonly closedBecause: ClosedBecause | null;
  /** Who accepts its cost, and until when; null: it is not exempted. */
  readonly exemption: ExemptedBy | null;
  /** Why it came back from an exemption; null: it was in none, or is in one again. */
  readonly reopened: ReopenedAfter | null;
  /** The last thing that a person decided of it, whatever has become of it; null: nothing yet. */
  readonly decision: Decision | null;
  /** Why what people had settled is open again; null: it is not, or was decided anew. */
  readonly reopenedAfterDecision: ReopenedAfterDecision | null;
  /** Said to be done, and still found when its days had settled: since this day. */
  readonly stillSeen: Day | null;
}

/** How often a detector could not tell, and why: shown, never hidden. */
export interface NotJudged {
  readonly detectorId: string;
  /** The missing fact or the failure, as a message id. */
  readonly because: string;
  readonly count: number;
  /** The organisation's own words, where it decided so. */
  readonly note?: string;
}

export interface Totals {
  readonly gross: DecimalString;
  readonly overlap: DecimalString;
  readonly net: DecimalString;
  /** Exempted: what the bill would lose if only that were followed. In neither gross nor net. */
  readonly acceptedCost: DecimalString;
}

/** From gross to net: what is taken off, by reason. gross - the sum of them = net. */
export interface Waterfall {
  readonly gross: DecimalString;
  readonly reductions: readonly (Reduction & { readonly count: number })[];
  readonly net: DecimalString;
}

/** Why Cost Optimization Hub's total and ours differ. */
export const HUB_DIFFERENCES = [
  'notListedByHub',
  'onlyHub',
  'onlyHubAccountUnknown',
  'onlyHubSetAside',
  'otherAction',
  'commitmentSizing',
  'commitmentEffect',
  'priceView',
  'lookback',
  'estimate',
  'overlap',
  'furtherAction',
  'onlyOurs',
] as const;
export type HubDifference = (typeof HUB_DIFFERENCES)[number];

export interface HubDifferenceRow {
  readonly because: HubDifference;
  /** In AWS's words. */
  readonly resourceType: string;
  readonly count: number;
  /** What leads from the Hub's total towards ours; below zero where the Hub counts more. */
  readonly amount: DecimalString;
}

/** From the Hub's own de-duplicated total to our net: hubTotal + the sum of the rows = net. */
export interface HubReconciliation {
  readonly hubTotal: DecimalString;
  /** How the organisation told the Hub to count: before or after its discounts. */
  readonly savingsMode: 'BeforeDiscounts' | 'AfterDiscounts' | 'Unknown';
  readonly rows: readonly HubDifferenceRow[];
  readonly net: DecimalString;
}

export interface Advice {
  readonly asOf: Day;
  readonly dataAsOf: Day | null;
  readonly currency: string;
  readonly totals: Totals;
  readonly waterfall: Waterfall;
  /** Null: the Hub was not read, or counts in another currency. */
  readonly hubReconciliation: HubReconciliation | null;
  /** Ranked. */
  readonly recommendations: readonly Recommendation[];
  readonly notJudged: readonly NotJudged[];
  readonly judged: {
    readonly findings: number;
    readonly healthy: number;
    readonly notApplicable: number;
    readonly unknown: number;
    /** Findings that the organisation does not want to hear of: they save less than its minimum. Not among `findings`. */
    readonly belowMinimumSaving: number;
  };
  readonly belowMinimumSaving: readonly BelowMinimumSaving[];
  /** Of the policy that this was judged by. */
  readonly policyVersions: PolicyVersions;
}
