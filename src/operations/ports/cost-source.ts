import type { Day, Month, Period } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { AnomalyMonitor, CostAnomaly } from '../../ledger/anomaly.ts';
import type { AttributionKey, AttributionLine, TagActivation, TagBackfill } from '../../ledger/attribution.ts';
import type { AwsRecommendation } from '../../ledger/aws-recommendation.ts';
import type { Charge } from '../../ledger/charge.ts';
import type { Fact } from '../../ledger/fact.ts';
import type { CostForecast } from '../../ledger/forecast.ts';
import type { HourlyControl, HourlyUsageDay } from '../../ledger/hourly-usage.ts';
import type { MonthComparison } from '../../ledger/month-comparison.ts';
import type { Price, PriceQuestion } from '../../ledger/price.ts';
import type { Slice, SliceDimension, SliceFilter } from '../../ledger/slice.ts';
import type { Coverage } from '../../ledger/snapshot.ts';
import type { CommitmentSource } from './commitment-source.ts';
import type { Connection, Reach } from './connections.ts';
import type { ControlTotal, ObservedResource, QuarantinedRow } from './ledger.ts';

/** Told before each page is used: the price of that page in US dollars ("0.01", or "0" where asking is free). */
export type PageBought = (requestCost: string) => Promise<void>;

export interface SlicePull {
  /** Batches as the pages arrive. Throws AdvisorError; nothing of a broken window may be published. */
  readonly charges: AsyncIterable<readonly Charge[]>;
  /** The ungrouped totals with the same filter; asked from the source on the first call. */
  readonly controls: () => Promise<readonly ControlTotal[]>;
  readonly quarantined: () => readonly QuarantinedRow[];
  /** Facts that fell out on the way (operation of a resource, account names); complete once `charges` has ended. */
  readonly observed: () => {
    readonly resources: readonly ObservedResource[];
    readonly accounts: readonly { readonly accountId: string; readonly accountName: string }[];
  };
}

/** What a payer can tell cost apart by. */
export interface AllocationKeys {
  readonly tags: readonly TagActivation[];
  readonly backfills: readonly TagBackfill[];
  readonly costCategories: readonly { readonly key: string; readonly effectiveFrom: Day | null }[];
}

export interface AttributionPull {
  readonly lines: readonly AttributionLine[];
  readonly quarantined: readonly QuarantinedRow[];
}

export interface AnomalyPull {
  readonly anomalies: readonly Fact<CostAnomaly>[];
  /** Null: not asked for. */
  readonly monitors: readonly Fact<AnomalyMonitor>[] | null;
  readonly unreadable: number;
}

export interface HourlyPull {
  readonly usage: readonly HourlyUsageDay[];
  readonly controls: readonly HourlyControl[];
  readonly quarantined: readonly QuarantinedRow[];
}

/** A question for sums alone: totals of days, a matrix of services and charge types, months by account. */
export interface SumQuestion {
  readonly window: Period;
  readonly granularity: 'DAILY' | 'MONTHLY';
  /** None: the ungrouped totals. Two at most. */
  readonly groupBy: readonly SliceDimension[];
  readonly filter: SliceFilter;
}

/** One sum of an answer, in FOCUS words. */
export interface CostSum {
  /** First day of the period that it sums. */
  readonly start: Day;
  /** In the order of `groupBy`; '' where the source says "none". */
  readonly keys: readonly string[];
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
  readonly currency: string;
  readonly estimated: boolean;
}

/** What is known of resources, shared by the slices of one sync: asked of the source once, and only when one of the ids is not known. */
export interface ResourceBook {
  /** The one account of each resource; a resource of two accounts has none. */
  accounts(resourceIds: ReadonlySet<string>, options: PullOptions): Promise<ReadonlyMap<string, string>>;
  /** The billing operation that tells a machine's platform or a database's engine. */
  platforms(resourceIds: ReadonlySet<string>, options: PullOptions): Promise<ReadonlyMap<string, string>>;
}

/** A resource as the ledger knows it already. */
export interface KnownResource {
  readonly resourceId: string;
  readonly accountId: string;
  readonly operation: string | null;
}

export interface PullOptions {
  readonly pageBought: PageBought;
  /** Asked before each page that costs money; throws when no more may be bought (BUDGET_REACHED). */
  readonly beforePage?: () => void;
  readonly signal?: AbortSignal;
}

/** A role and whose chain asks for it. */
export type RoleReach = Pick<Connection, 'regionId' | 'endpointUrl'> & {
  readonly roleArn: string;
  readonly profile: string | null;
};

/** One statement of the policy that a customer grants us: read-only, and no wider than what is asked. */
export interface PolicyStatement {
  readonly sid: string;
  /** What it is for, for the person who grants it. */
  readonly because: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** AWS as the product sees it. One adapter; the sandbox is reached through it by its endpoint and nothing else. */
export interface CostSource {
  /** STS GetCallerIdentity. CREDENTIALS_MISSING, CREDENTIALS_REJECTED, SOURCE_UNREACHABLE. */
  identify(connection: Reach): Promise<{ readonly accountId: string; readonly arn: string }>;
  /**
   * Asks for the role once, with this external id or without one, and throws away what it gets. `refused`: AWS denied it; anything else that
   * goes wrong is thrown, since it proves nothing.
   */
  tryRole(reach: RoleReach, externalId: string | null): Promise<'assumed' | 'refused'>;
  /** The least that a customer must grant for everything that is asked. */
  permissions(place: { readonly billingViewArn: string | null }): readonly PolicyStatement[];
  listAllocationKeys(connection: Connection, options: PullOptions): Promise<AllocationKeys>;
  /** runningCost by account and the values of one key. */
  pullAttribution(
    connection: Connection,
    question: { readonly key: AttributionKey; readonly window: Period },
    options: PullOptions,
  ): Promise<AttributionPull>;
  /** AWS's own forecast by month. DATA_UNAVAILABLE for an account that is too young. */
  pullForecast(connection: Connection, window: Period, options: PullOptions): Promise<readonly Fact<CostForecast>[]>;
  /** What anomaly detection found, by the last day of each, and who watches, where that is wanted: it is a paid page of its own. */
  pullAnomalies(
    connection: Connection,
    question: { readonly window: Period; readonly areMonitorsWanted: boolean },
    options: PullOptions,
  ): Promise<AnomalyPull>;
  /** Why a month that is over differs from the one before. */
  pullComparison(connection: Connection, month: Month, options: PullOptions): Promise<MonthComparison>;
  /** One service's on-demand usage by the hour, at most the last two weeks. NOT_ENROLLED where the payer has not opted into hours. */
  pullHourlyUsage(
    connection: Connection,
    question: { readonly serviceName: string; readonly window: Period },
    options: PullOptions,
  ): Promise<HourlyPull>;
  /** `book` is for slices by resource; without one each asks for itself. */
  pullSlice(connection: Connection, slice: Slice, window: Period, options: PullOptions, book?: ResourceBook): SlicePull;
  /** Throws AdvisorError when any part cannot be read: there is nothing to compare with then. */
  pullSums(connection: Connection, question: SumQuestion, options: PullOptions): Promise<readonly CostSum[]>;
  resourceBook(
    connection: Connection,
    question: { readonly slices: readonly Slice[]; readonly window: Period; readonly known: readonly KnownResource[] },
  ): ResourceBook;
  /** Every region in use; a region or account that refuses becomes a coverage row, not a failure. */
  pullComputeOptimizer(
    connection: Connection,
    question: { readonly accountIds: readonly string[]; readonly regionIds: readonly string[]; readonly asOf: Day },
    options: PullOptions,
  ): Promise<{
    readonly recommendations: readonly AwsRecommendation[];
    readonly resources: readonly ObservedResource[];
    readonly coverage: readonly Coverage[];
  }>;
  /** What is committed, how it is used, what committing costs. */
  readonly commitments: CommitmentSource;
  pullPrices(connection: Connection, questions: readonly PriceQuestion[], options: PullOptions): Promise<readonly Price[]>;
}
