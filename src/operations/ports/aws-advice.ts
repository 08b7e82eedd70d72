import type { Day } from '../../kernel/calendar.ts';
import type {
  ComputeOptimizerEnrolment,
  ComputeOptimizerPreferences,
  ComputeOptimizerSummary,
} from '../../ledger/compute-optimizer-facts.ts';
import type { Fact } from '../../ledger/fact.ts';
import type { HubEnrolment, HubRecommendation, HubTotal } from '../../ledger/hub-facts.ts';
import type { OrganizationAccount } from '../../ledger/organization.ts';
import type { RightsizingAdvice, RightsizingSummary } from '../../ledger/rightsizing-advice.ts';
import type { Connection } from './connections.ts';
import type { PullOptions } from './cost-source.ts';

/** Where Compute Optimizer is asked about itself. */
export interface ComputeOptimizerPlaces {
  readonly accountIds: readonly string[];
  readonly regionIds: readonly string[];
  /** One machine of each account and region of which one is known: preferences can be asked of a resource only. */
  readonly machineArns: readonly string[];
}

export interface ComputeOptimizerSettings {
  readonly enrolments: readonly Fact<ComputeOptimizerEnrolment>[];
  readonly preferences: readonly Fact<ComputeOptimizerPreferences>[];
  readonly summaries: readonly Fact<ComputeOptimizerSummary>[];
  /** What did not answer or could not be read, one sentence each. */
  readonly gaps: readonly string[];
}

export interface HubStatus {
  /** The connection's own account takes part. */
  readonly isEnrolled: boolean;
  readonly enrolments: readonly Fact<HubEnrolment>[];
}

export interface HubAnswer extends HubStatus {
  readonly recommendations: readonly Fact<HubRecommendation>[];
  /** Null where the account takes no part. */
  readonly total: HubTotal | null;
  /** Why items could not be read, one entry each. */
  readonly unread: readonly string[];
}

export interface OrganizationStanding {
  /** `alone`: in no organisation. `member`: in one that another account manages. */
  readonly standing: 'management' | 'member' | 'alone';
  readonly organizationId: string | null;
}

export interface OrganizationAnswer extends OrganizationStanding {
  /** Empty where the account may not list them. */
  readonly accounts: readonly Fact<OrganizationAccount>[];
  /** What was refused or could not be read beside the names, one sentence each. */
  readonly gaps: readonly string[];
}

export interface RightsizingAnswer {
  readonly advice: readonly Fact<RightsizingAdvice>[];
  readonly summary: Fact<RightsizingSummary>;
  /** Why items could not be read, one entry each. */
  readonly unread: readonly string[];
}

/** A tag key that AWS may split the bill by. */
export interface CostAllocationTag {
  readonly key: string;
  readonly isActive: boolean;
}

/** AWS's own advice beside the recommendations: who takes part, how things are judged, what AWS says it all adds up to. */
export interface AwsAdvice {
  /** Throws only when nothing answers at all. */
  pullComputeOptimizerSettings(
    connection: Connection,
    places: ComputeOptimizerPlaces,
    options: PullOptions,
  ): Promise<ComputeOptimizerSettings>;
  /** Of the whole organisation; of the connection's own account alone where it may not ask for others. */
  computeOptimizerEnrolments(
    connection: Connection,
    regionId: string,
    options: PullOptions,
  ): Promise<readonly Fact<ComputeOptimizerEnrolment>[]>;
  /** Cost Optimization Hub, which answers for the whole organisation from one region. */
  pullHub(connection: Connection, asOf: Day, options: PullOptions): Promise<HubAnswer>;
  hubStatus(connection: Connection, options: PullOptions): Promise<HubStatus>;
  /** Names, states, units and tags of the accounts. ACCESS_DENIED_BY_AWS when the management account itself may not list them. */
  pullOrganization(connection: Connection, options: PullOptions): Promise<OrganizationAnswer>;
  organizationStanding(connection: Connection, options: PullOptions): Promise<OrganizationStanding>;
  /** Cost Explorer, each page paid. EC2 only; no advice is an answer. */
  pullRightsizing(connection: Connection, options: PullOptions): Promise<RightsizingAnswer>;
  /** One page of Cost Explorer for each hundred keys. */
  costAllocationTags(connection: Connection, options: PullOptions): Promise<readonly CostAllocationTag[]>;
}
