import type { Day, Month, Period } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { HubSayings, RightsizingSaying } from './aws-advice.ts';
import type { AwsRecommendation } from './aws-recommendation.ts';
import type { PriceView } from './charge.ts';
import type { Commitment } from './commitment.ts';
import type { CommitmentFacts } from './commitment-facts.ts';
import type { HearingFact, ResourceMatch } from './hearing.ts';
import type { Price } from './price.ts';
import type { ResourceFacts } from './resource.ts';
import type { SafetyNets } from './safety-nets.ts';
import type { SavingsPlanRate } from './savings-plan-rate.ts';

/** What a source could see, per account and region. A gap is a fact: advice that needs it answers "unknown". */
export interface Coverage {
  readonly fact: FactKind;
  readonly accountId: string;
  /** null: the fact is not regional, or no region could be asked. */
  readonly regionId: string | null;
  readonly state: 'covered' | 'notEnrolled' | 'accessDenied' | 'failed' | 'notPulled' | 'tooOld';
  /** What to tell the reader, e.g. the resources that Compute Optimizer could not analyse. */
  readonly detail: string | null;
}

/** The kinds of fact that a detector may say it reads. */
export type FactKind =
  | 'usageByResource'
  | 'usageByAccount'
  | 'monthlyUsage'
  | 'computeOptimizer'
  | 'prices'
  | 'commitments'
  | 'hourlyUsage'
  | 'plan';

/** Daily usage of one usage type in one account (no resource): all days of the window, gaps are days without usage. */
export interface MeterSeries {
  readonly accountId: string;
  readonly serviceName: string;
  readonly regionId: string;
  readonly meterKind: string;
  readonly days: readonly {
    readonly day: Day;
    readonly usageQuantity: DecimalString;
    readonly billedCost: DecimalString;
    readonly effectiveCost: DecimalString;
  }[];
}

/** What an account paid for a service, day by day over `serviceWindow`; a day without cost is left out. */
export interface ServiceSpend {
  readonly accountId: string;
  /** As Cost Explorer names it; '' where the source names none. */
  readonly serviceName: string;
  readonly days: readonly {
    readonly day: Day;
    readonly runningCost: DecimalString;
  }[];
}

/** What an account was invoiced for one usage type in a closed month: for what the bill tells of no resource. */
export interface MeterMonth {
  readonly accountId: string;
  /** Null where the source tells usage types without their services. */
  readonly serviceName: string | null;
  readonly regionId: string;
  readonly meterKind: string;
  readonly month: Month;
  /** Null where the source gives no quantity. */
  readonly usageQuantity: DecimalString | null;
  /** Part of invoiceCost. */
  readonly billedCost: DecimalString;
}

/** A workload of the newest plan and the wave in which it moves. In list order: the first that matches a resource has it. */
export interface PlannedWorkload {
  readonly workload: string;
  readonly wave: string;
  readonly cutOver: Day;
  readonly matches: ResourceMatch;
  readonly owner: string | null;
  /** The services that its lines are for, sorted; null where the plan does not tell services apart. */
  readonly serviceNames: readonly string[] | null;
}

export interface AccountFacts {
  readonly accountId: string;
  readonly accountName: string | null;
  /** Accounts of one sharing group pool their commitments; null is not known. */
  readonly sharingGroupId: string | null;
  /** runningCost over `spendWindow`. */
  readonly runningCost: DecimalString;
}

/**
 * Everything the advice needs for one tenant, price view and currency, as one versioned, serialisable value. The engine, the benches
 * and the tests take it; the sandbox can write it directly.
 */
export interface Snapshot {
  readonly version: 1;
  readonly tenantId: string;
  /** The day on which we look. */
  readonly asOf: Day;
  /** First day that is not settled, or of which detail was not read yet; no fact in the snapshot is from that day or later. */
  readonly settledUntil: Day;
  /** Last day of which any cost is known, settled or not; null when the ledger is empty. */
  readonly dataAsOf: Day | null;
  readonly currency: string;
  readonly priceView: PriceView;
  /**
   * The days that `resources[].lines` cover. It starts where resource lines are first known, not where one would like them to: a resource
   * billed on its first day may be older, one that appears later is young.
   */
  readonly lineWindow: Period;
  /** The days behind `accounts[].runningCost` and `meters`. */
  readonly spendWindow: Period;
  /** The days behind `spendByService`. */
  readonly serviceWindow: Period;
  readonly accounts: readonly AccountFacts[];
  readonly spendByService: readonly ServiceSpend[];
  /** Of the two months before `settledUntil`'s that have closed and were read whole. */
  readonly meterMonths: readonly MeterMonth[];
  readonly resources: readonly ResourceFacts[];
  /** On-demand usage (charge type Usage only) by account and usage type, for what commitments could cover. */
  readonly onDemandMeters: readonly MeterSeries[];
  /** Owned and not yet at their end on `asOf`: active ones and those that are queued. By id. */
  readonly commitments: readonly Commitment[];
  /** What Savings Plans charge for the usage that the ledger knows, as known on `asOf`. */
  readonly savingsPlanRates: readonly SavingsPlanRate[];
  readonly commitmentFacts: CommitmentFacts;
  readonly awsRecommendations: readonly AwsRecommendation[];
  /** What Cost Optimization Hub says, with its own total: to hold our figures against, never to add. */
  readonly hub: HubSayings;
  /** What Cost Explorer's older engine says of machines; likewise. */
  readonly rightsizing: readonly RightsizingSaying[];
  readonly prices: readonly Price[];
  readonly hearing: readonly HearingFact[];
  readonly workloads: readonly PlannedWorkload[];
  readonly safetyNets: SafetyNets;
  readonly coverage: readonly Coverage[];
}
