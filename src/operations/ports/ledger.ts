import type { Day, Month, Period } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { AwsRecommendation } from '../../ledger/aws-recommendation.ts';
import type { Charge, ChargeCategory, PriceView } from '../../ledger/charge.ts';
import type { MonthState } from '../../ledger/month-state.ts';
import type { Price, PriceQuestion } from '../../ledger/price.ts';
import type { Tag } from '../../ledger/resource.ts';
import type { Coverage, Snapshot } from '../../ledger/snapshot.ts';
import type { Utilization } from '../../ledger/utilization.ts';
import type { TenantScope } from '../scope.ts';
import type { UnassignedAccount, WorkloadCost, WorkloadQuestion, WorkloadUsage } from './workload-facts.ts';

/** The source's own ungrouped total of one day, the control of a window. */
export interface ControlTotal {
  readonly day: Day;
  readonly currency: string;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
  /** The source still calls the day an estimate. */
  readonly estimated: boolean;
  /** Credits (negative) among the rows that the source could not make charges of: in the total, and rightly not among the lines. */
  readonly unreadCredits?: { readonly billedCost: DecimalString; readonly effectiveCost: DecimalString };
}

export interface QuarantinedRow {
  readonly reason: string;
  /** The row as far as it could be read, cut to 2,000 characters, without control characters. */
  readonly row: string;
}

/**
 * Charges as lines of Postgres's COPY text, with numbers for their words: what has many words in common is not spelt out a million times.
 * Every line must be one that the ledger's gate lets in (the writer checks it again); what is doubtful goes into `charges`.
 */
export interface PreparedCharges {
  /** The nth word is number n, from 1 on; 0 in a line is none. Asked before `lines`. */
  readonly accounts: () => Promise<readonly string[]>;
  readonly resources: () => AsyncIterable<readonly string[]>;
  readonly meters: () => Promise<readonly MeterParts[]>;
  /**
   * Whole lines, many in a text: day, account, meter, resource, chargeCategory, chargeType, currency, billedCost, effectiveCost, listCost,
   * contractedCost, usageQuantity. No two name the same thing.
   */
  readonly lines: () => AsyncIterable<string>;
}

/** Service, usage type, operation, unit, region. */
export type MeterParts = readonly [string | null, string | null, string | null, string | null, string | null];

export interface WindowInput {
  readonly connectionId: string;
  readonly runId: string;
  readonly sliceId: string;
  readonly window: Period;
  readonly priceView: PriceView;
  /** Only some accounts were asked for: what is not there is unknown. Left out: all were. */
  readonly isPartial?: boolean;
  /** Streamed into a TEMP table by COPY. Throwing here leaves the old window as it was. */
  readonly charges: AsyncIterable<readonly Charge[]>;
  /** Further charges, beside `charges`, from a source that can write them as the TEMP table takes them. */
  readonly prepared?: PreparedCharges;
  /** One per day and currency of the window; null where the source has no ungrouped total (files: the sum of all lines read). */
  readonly controls: () => Promise<readonly ControlTotal[]>;
  readonly quarantined: () => readonly QuarantinedRow[];
}

export interface WindowResult {
  readonly rows: number;
  readonly quarantined: number;
  /** billedCost of the control totals, by currency. */
  readonly totals: readonly { readonly currency: string; readonly billedCost: DecimalString; readonly residual: DecimalString }[];
  readonly tenants: number;
}

/** The one way in. Split by account assignment, reconciled, then the whole window replaced for every tenant in one transaction. */
export interface LedgerWriter {
  /**
   * NOT_RECONCILED when a day's lines exceed its control by more than 1 %; the old window stays. A smaller difference becomes an explicit
   * residual line (chargeType `__unattributed__`) of the connection's owner. An empty answer (no controls) replaces nothing: DATA_UNAVAILABLE.
   */
  replaceWindow(scope: TenantScope, input: WindowInput): Promise<WindowResult>;
}

/** Facts that are not charges. Each call replaces what the connection said before of the same kind, except where it says otherwise. */
export interface ObservationWriter {
  replaceAwsRecommendations(
    scope: TenantScope,
    input: {
      readonly connectionId: string;
      readonly runId: string;
      readonly recommendations: readonly AwsRecommendation[];
      readonly resources: readonly ObservedResource[];
      readonly coverage: readonly Coverage[];
    },
  ): Promise<void>;
  /**
   * Tags that a bill states: each resource keeps those of the newest day that any bill of the connection stated, what this bill does not name
   * stays. Answers how many resources changed. CONFLICT when the run was taken over; throwing in `resources` leaves all as it was.
   */
  mergeResourceTags(
    scope: TenantScope,
    input: {
      readonly connectionId: string;
      readonly runId: string;
      readonly resources: AsyncIterable<readonly TaggedResource[]>;
    },
  ): Promise<{ readonly changed: number }>;
  nameAccounts(
    scope: TenantScope,
    accounts: readonly { readonly accountId: string; readonly accountName: string }[],
  ): Promise<void>;
  savePrices(scope: TenantScope, prices: readonly Price[]): Promise<void>;
  /** The answers read since `since` (ISO instant), for those of the questions that have one. */
  prices(scope: TenantScope, questions: readonly PriceQuestion[], since: string): Promise<readonly Price[]>;
}

/** What a source other than the bill knows of a resource. */
export interface ObservedResource {
  readonly accountId: string;
  readonly regionId: string;
  readonly resourceId: string;
  readonly tags: readonly Tag[];
  readonly utilization: Utilization | null;
  /** Billing operation, where the source of this fact is the bill by operation. */
  readonly operation: string | null;
}

/** What a bill knows of a resource beside its cost. */
export interface TaggedResource extends Pick<ObservedResource, 'accountId' | 'resourceId' | 'tags'> {
  /** Day of the newest line, the one that stated the tags. */
  readonly seenOn: Day;
}

export interface SpendRow {
  readonly month: Month;
  readonly currency: string;
  readonly serviceName: string;
  readonly chargeCategory: ChargeCategory | null;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
}

export type CostBasis = 'runningCost' | 'invoiceCost';

export interface SpendByService {
  readonly month: Month;
  readonly serviceName: string;
  readonly currency: string;
  /** runningCost or invoiceCost, as asked. */
  readonly cost: DecimalString;
}

export interface Freshness {
  /** Last day of which any cost is known. */
  readonly dataAsOf: Day | null;
  /** Last day of which the invoice's own cost is known: it is asked less often than running cost. */
  readonly invoiceAsOf: Day | null;
  /** Months that the source calls closed. */
  readonly closedMonths: readonly Month[];
  readonly currencies: readonly string[];
  /** First day that the source is still filling in; null when none is. Such days, and figures that contain them, are provisional. */
  readonly provisionalFrom: Day | null;
  /** Every month of which cost is known, oldest first. */
  readonly months: readonly MonthFreshness[];
}

export interface MonthFreshness {
  readonly month: Month;
  readonly state: MonthState;
  /** Last day of the month that is known. */
  readonly dataAsOf: Day;
  /** What the month came to at its close and comes to now, where that differs or did: one a currency, invoiceCost. */
  readonly restatements: readonly {
    readonly currency: string;
    /** ISO instant of the last change. */
    readonly at: string;
    readonly closedCost: DecimalString;
    readonly cost: DecimalString;
  }[];
}

/** What every figure carries: until when it is known, and whether days are in it that the source is still filling in. */
interface Horizon {
  readonly dataAsOf: Day | null;
  readonly isProvisional: boolean;
}

/** A part that the source does not tell is null: Cost Explorer tells runningCost by service and invoiceCost by usage type. */
export interface Mover {
  readonly serviceName: string | null;
  readonly usageType: string | null;
  readonly regionId: string | null;
  readonly cost: DecimalString;
  readonly previousCost: DecimalString;
  readonly change: DecimalString;
}

export interface Movers extends Horizon {
  /** False: nothing is known of the month before, and there is no list. */
  readonly isComparable: boolean;
  /** Largest change first, up or down. A month that is not over stands beside a whole one. */
  readonly movers: readonly Mover[];
}

export interface WorkloadSpend {
  /** null: what no workload has. */
  readonly workload: string | null;
  readonly wave: string | null;
  /** The cut-over of its wave, of the first wave for what no workload has; the first known day where that is later. */
  readonly since: Day;
  /** null: nothing is known since then. */
  readonly cost: DecimalString | null;
}

export interface SpendByWorkload extends Horizon {
  readonly planVersion: number;
  /** In list order, what no workload has at the end: together all cost, each from its own first day. */
  readonly workloads: readonly WorkloadSpend[];
}

/** One day on which an export and Cost Explorer do not say the same, over one connection. */
export interface ExportDifference {
  readonly day: Day;
  /** Null: the whole payer's day. */
  readonly accountId: string | null;
  readonly currency: string;
  /** billedCost of each. */
  readonly exportCost: DecimalString;
  readonly costExplorerCost: DecimalString;
}

export interface LedgerReader {
  freshness(scope: TenantScope): Promise<Freshness>;
  spendByService(
    scope: TenantScope,
    question: { readonly period: Period; readonly basis: CostBasis; readonly currency: string },
  ): Promise<readonly SpendByService[]>;
  /** What changed most from the month before. */
  movers(
    scope: TenantScope,
    question: {
      readonly month: Month;
      readonly basis: CostBasis;
      readonly currency: string;
      readonly limit: number;
    },
  ): Promise<Movers>;
  /** What each workload of the newest plan paid, by service and month; with what none has it sums to the tenant's cost. */
  workloadCosts(scope: TenantScope, question: WorkloadQuestion): Promise<readonly WorkloadCost[]>;
  /** The part of it that no workload has, by account. */
  unassignedAccounts(scope: TenantScope, question: WorkloadQuestion): Promise<readonly UnassignedAccount[]>;
  workloadUsage(scope: TenantScope, question: WorkloadQuestion): Promise<readonly WorkloadUsage[]>;
  /** Cost of each workload of the newest plan since its cut-over; null without a plan, or where it has no workload. */
  spendByWorkload(
    scope: TenantScope,
    question: { readonly basis: CostBasis; readonly currency: string },
  ): Promise<SpendByWorkload | null>;
  /** Sums of an imported file's lines, as they lie in the ledger. */
  /**
   * The export of a connection held against its Cost Explorer: days that both have told, before `until`. Differences of more than 0.5 % and
   * 1.00 in the day's currency, the largest first.
   */
  compareExport(
    scope: TenantScope,
    connectionId: string,
    until: Day,
  ): Promise<{ readonly period: Period | null; readonly days: number; readonly differences: readonly ExportDifference[] }>;
  importedTotals(scope: TenantScope, connectionId: string, runId: string): Promise<readonly SpendRow[]>;
}

export interface SnapshotQuestion {
  readonly asOf: Day;
  readonly currency: string | null;
  /** Length of `spendWindow`; left out: 30. */
  readonly spendDays?: number;
}

export interface SnapshotReader {
  /** One value for one currency. NOT_FOUND when the ledger is empty; INVALID_INPUT when `currency` is null and the tenant has several. */
  snapshot(scope: TenantScope, question: SnapshotQuestion): Promise<Snapshot>;
  /**
   * Another `version` whenever a snapshot of the same day could be another one, or what people said of the advice has changed. It never comes
   * back, and differs where nothing was changed but written again.
   */
  version(scope: TenantScope): Promise<{ readonly version: string; readonly priceView: PriceView }>;
}
