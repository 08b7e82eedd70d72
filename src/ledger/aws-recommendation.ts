import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';

/** Cost Optimization Hub's ActionType (service model, 2026-08). */
export const ACTION_TYPES = [
  'Delete',
  'Stop',
  'ScaleIn',
  'Rightsize',
  'Upgrade',
  'MigrateToGraviton',
  'PurchaseSavingsPlans',
  'PurchaseReservedInstances',
] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

export const EFFORTS = ['VeryLow', 'Low', 'Medium', 'High', 'VeryHigh'] as const;
export type Effort = (typeof EFFORTS)[number];

/** Findings are normalised: upper-cased words become CamelCase ("OVER_PROVISIONED" -> "Overprovisioned"). */
export type AwsFinding =
  | 'Overprovisioned'
  | 'Underprovisioned'
  | 'Optimized'
  | 'NotOptimized'
  | 'Idle'
  | 'Unattached'
  | 'Unused'
  | 'Unavailable';

export interface AwsRecommendationOption {
  readonly rank: number;
  /** Instance type, DB class or volume description that AWS proposes. */
  readonly target: string;
  readonly performanceRisk: number | null;
  readonly migrationEffort: string | null;
  readonly platformDifferences: readonly string[];
  readonly projectedCpuMaximumPercent: number | null;
  /** AWS's own figure; null when AWS gives none (null is not zero). Never added to ours. */
  readonly estimatedMonthlySavings: DecimalString | null;
  readonly currency: string | null;
}

/** What was judged. A database's instance and its storage are judged apart; `idle` is any resource that does nothing. */
export type AwsRecommendationKind =
  | 'ec2Instance'
  | 'autoScalingGroup'
  | 'ebsVolume'
  | 'rdsInstance'
  | 'rdsStorage'
  | 'ecsService'
  | 'lambdaFunction'
  | 'license'
  | 'idle';

/** What AWS itself says of one resource: an observed fact, merged as a second source and never added up with ours. */
export interface AwsRecommendation {
  /** Compute Optimizer where it says it itself; the Hub where only that does. */
  readonly source: 'ComputeOptimizer' | 'CostOptimizationHub';
  readonly kind: AwsRecommendationKind;
  readonly arn: string;
  readonly accountId: string;
  readonly regionId: string;
  /** The id as the bill writes it: "i-0abc", "vol-0abc", or the ARN where the bill uses that. */
  readonly resourceId: string;
  readonly resourceType: string;
  readonly finding: AwsFinding;
  readonly findingReasonCodes: readonly string[];
  readonly current: string | null;
  /** Databases: the engine in AWS's word ("postgres", "mysql"); left out elsewhere and where AWS names none. */
  readonly engine?: string;
  readonly lookbackDays: number;
  readonly refreshedOn: Day;
  readonly options: readonly AwsRecommendationOption[];
  /** The same advice in Cost Optimization Hub, under its id there; left out where the Hub says nothing of it. Never added to the options' savings. */
  readonly hub?: { readonly recommendationId: string; readonly monthlySavings: DecimalString | null };
}

/** The advice without AWS's figures, where those are at prices that the reader is not to know: unknown, not zero. */
export function withoutMoney({ hub, options, ...said }: AwsRecommendation): AwsRecommendation {
  return {
    ...said,
    options: options.map((option) => ({ ...option, estimatedMonthlySavings: null, currency: null })),
    ...(hub && { hub: { ...hub, monthlySavings: null } }),
  };
}
