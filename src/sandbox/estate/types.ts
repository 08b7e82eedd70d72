import type { Day, Period } from '../../kernel/calendar.ts';

/** Amounts inside the sandbox: whole 1e-10 units of the currency, so that every grouping adds up to the last digit. */
export type TenBillionths = bigint;

/** One line of the fictional bill: one resource, one day, one usage type, one charge type. */
export interface EstateCharge {
  readonly day: Day;
  readonly accountId: string;
  /** As Cost Explorer names it. */
  readonly serviceName: string;
  readonly usageType: string;
  readonly operation: string;
  /** '' where AWS gives no region (tax, support). */
  readonly regionId: string;
  /** Cost Explorer RECORD_TYPE. */
  readonly recordType: string;
  /** null where the bill has no resource. */
  readonly resourceId: string | null;
  readonly usageQuantity: TenBillionths;
  readonly usageUnit: string;
  readonly unblendedCost: TenBillionths;
  readonly amortizedCost: TenBillionths;
  readonly netUnblendedCost: TenBillionths;
  readonly netAmortizedCost: TenBillionths;
}

export interface EstateAccount {
  readonly accountId: string;
  readonly accountName: string;
  readonly email: string;
  readonly isPayer: boolean;
  /** Names of the units it lies in, from the top down; left out: directly under the root. */
  readonly organizationalUnits?: readonly string[];
  /** Tags of the account itself. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What Compute Optimizer would have measured of one resource over its look-back. */
export interface EstateUtilization {
  readonly cpuMaximumPercent: number;
  readonly cpuAveragePercent: number;
  /** null: no agent. */
  readonly memoryMaximumPercent: number | null;
  readonly networkInMaximumBytesPerSecond: number;
  readonly networkOutMaximumBytesPerSecond: number;
  readonly ebsReadOpsPerSecondMaximum: number;
  readonly ebsWriteOpsPerSecondMaximum: number;
  readonly connectionsMaximum: number | null;
  readonly hoursMeasured: number;
}

export interface EstateResource {
  readonly accountId: string;
  readonly regionId: string;
  /** As the bill writes it. */
  readonly resourceId: string;
  readonly arn: string;
  readonly kind:
    | 'ec2'
    | 'autoScalingGroup'
    | 'ebs'
    | 'snapshot'
    | 'rds'
    | 'elastiCache'
    | 'memoryDb'
    | 'dynamoDb'
    | 'lambda'
    | 'sageMakerEndpoint'
    | 'fargate'
    | 'ecsService'
    | 'nat'
    | 'loadBalancer'
    | 's3'
    | 'publicIpv4'
    | 'other';
  /** "m5.xlarge", "gp2 500 GiB", "db.r5.large MySQL 5.7": what a person would call it. */
  readonly description: string;
  /** "m5.xlarge"; of an ECS service its task size in CPU units and MiB, "1024/2048". */
  readonly instanceType: string | null;
  readonly operatingSystem: 'Linux' | 'Windows' | 'RHEL' | null;
  /** The database that runs on it: of an `ec2` machine with a licence for SQL Server "sqlserver-ee" or "sqlserver-se". */
  readonly engine: {
    readonly name: string;
    readonly version: string;
    readonly multiAz: boolean;
    /** Of SQL Server, what CloudWatch Application Insights saw that it needs; left out: nobody set that up. */
    readonly editionNeeded?: 'Standard' | 'Enterprise';
  } | null;
  readonly sizeGib: number | null;
  readonly volumeType: string | null;
  readonly provisionedIops: number | null;
  /** EBS: the instance it hangs on; null when unattached. */
  readonly attachedTo: string | null;
  readonly unattachedSince: Day | null;
  readonly tags: Readonly<Record<string, string>>;
  /** First day on the bill, and the first day no longer on it (null: still there). */
  readonly from: Day;
  readonly until: Day | null;
  /** Over the `lookbackDays` before `asOf`. null where nothing is measured. */
  readonly utilization: EstateUtilization | null;
}

/** One planted waste, and what the bill would lose a month (730 h) if it were acted on, by replay of the estate without it. */
export interface PlantedWaste {
  readonly accountId: string;
  readonly regionId: string;
  readonly resourceId: string;
  readonly kind: string;
  readonly monthlyCost: string;
  readonly avoidableMonthlyCost: string;
}

/** Looks like waste and is not. */
export interface Decoy {
  readonly accountId: string;
  readonly regionId: string;
  readonly resourceId: string;
  readonly why: string;
}

/**
 * A list price of the sandbox's world. Real where a dated public price exists, else invented and marked so. `attributes` are what the price
 * list answers and filters on. Instances (AmazonEC2, AmazonRDS) carry `instanceType`, `vcpu` ("4"), `memory` ("16 GiB"), `regionCode`, `usagetype`,
 * `operation` and `productFamily`; EC2 also `operatingSystem`, `tenancy`, `preInstalledSw`, `capacitystatus`, `licenseModel`; RDS `databaseEngine` and
 * `deploymentOption`; volumes (`productFamily` "Storage") `volumeApiName`. The wire reads them to size Compute Optimizer's options.
 */
export interface SandboxPrice {
  readonly serviceCode: string;
  readonly regionId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly onDemand: string;
  readonly reserved1yNoUpfrontStandard: string | null;
  readonly reserved1yNoUpfrontConvertible: string | null;
  readonly source: string;
}

/** A Savings Plan that the payer bought: Compute, 1 year, no upfront. */
export interface EstateSavingsPlan {
  readonly arn: string;
  readonly start: Day;
  /** First day that it no longer covers. */
  readonly end: Day;
  readonly hourlyCommitment: TenBillionths;
}

/** A Reserved Instance that an account bought: standard, 1 year, no upfront, one instance. */
export interface EstateReservation {
  readonly arn: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly serviceName: string;
  /** What it covers, as the bill writes it. */
  readonly usageType: string;
  readonly operation: string;
  readonly instanceType: string;
  /** The resource that uses it, hour by hour. */
  readonly resourceId: string;
  readonly start: Day;
  /** First day that it no longer covers. */
  readonly end: Day;
  readonly hourlyRate: TenBillionths;
  readonly onDemandRate: TenBillionths;
}

/** What a Savings Plan charges for a unit of usage: one year, no upfront. Other terms and payments follow in `prices/offers.ts`. */
export interface SandboxPlanRate {
  readonly serviceCode: 'AmazonEC2' | 'AmazonECS' | 'AWSLambda' | 'AmazonRDS';
  readonly regionId: string;
  readonly usageType: string;
  readonly operation: string;
  readonly unit: 'Hrs' | 'Lambda-GB-Second';
  /** null: not usage of a machine. */
  readonly instanceType: string | null;
  readonly onDemand: TenBillionths;
  /** null: a Compute Savings Plan does not cover it. */
  readonly compute: TenBillionths | null;
  /** null: an EC2 Instance Savings Plan does not cover it. */
  readonly ec2Instance: TenBillionths | null;
  /** null: a Database Savings Plan does not cover it. */
  readonly database: TenBillionths | null;
}

/** Usage of one resource that Savings Plans could cover on a day, in AWS's order of application. */
export interface CoverableUsage {
  readonly accountId: string;
  readonly regionId: string;
  readonly usageType: string;
  readonly operation: string;
  /** 24 on-demand costs, UTC, in whole 1e-10 dollars: what is left of them after the plans of that day. */
  readonly onDemandCost: readonly number[];
  /** Likewise what the plans took over, at on-demand prices. */
  readonly coveredCost: readonly number[];
}

/** A tag key as the payer's cost allocation tags list it. */
export interface EstateTag {
  readonly key: string;
  /** The first day whose cost carries it; null: nobody switched it on. */
  readonly activatedOn: Day | null;
}

export interface EstateCostCategory {
  readonly name: string;
  readonly effectiveFrom: Day;
  /** '' for an account that is in none of its values. */
  readonly valueFor: (accountId: string) => string;
}

/** The fictional company: a function of (seed, asOf, resources, actions done). */
export interface Estate {
  readonly seed: number;
  readonly asOf: Day;
  readonly currency: 'USD';
  readonly accounts: readonly EstateAccount[];
  readonly regionIds: readonly string[];
  resources(): readonly EstateResource[];
  /** Daily lines in day order, resource by resource. Days up to but not including `asOf`. */
  charges(period: Period): Iterable<EstateCharge>;
  allocationTags(): readonly EstateTag[];
  costCategories(): readonly EstateCostCategory[];
  /** One day's lines hour by hour: 24 lists that add up to the day. */
  hours(day: Day): Iterable<readonly EstateCharge[]>;
  wastes(): readonly PlantedWaste[];
  decoys(): readonly Decoy[];
  prices(): readonly SandboxPrice[];
  savingsPlans(): readonly EstateSavingsPlan[];
  reservations(): readonly EstateReservation[];
  savingsPlanRates(): readonly SandboxPlanRate[];
  coverableUsage(day: Day): readonly CoverableUsage[];
  /** The company's migration plan with its hearing facts: the JSON that `plan import` takes. */
  plan(): unknown;
}
