import type { z } from 'zod';
import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { ActionType, Effort } from '../ledger/aws-recommendation.ts';
import type { PriceBasis, PriceQuestion } from '../ledger/price.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import type { ResourceType } from '../ledger/resource-type.ts';
import type { FactKind } from '../ledger/snapshot.ts';
import type { BestPractice } from './best-practice.ts';
import type { SnapshotView } from './snapshot-view.ts';

export const CATEGORIES = [
  'compute',
  'storage',
  'database',
  'network',
  'observability',
  'licences',
  'migration',
  'commitments',
  'governance',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Facts behind a finding, flat and serialisable; sentences are made from them when someone reads. Amounts are decimal strings. */
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

/** Money a month (730 h), in the snapshot's currency. low <= expected <= high, never negative. */
export interface SavingsRange {
  readonly low: DecimalString;
  readonly expected: DecimalString;
  readonly high: DecimalString;
}

/** How often the true saving lies inside the range, 0..1, with what widens it. */
export interface Confidence {
  readonly level: number;
  /** Message ids: 'memoryNotMeasured', 'shortHistory', 'purposeUnknown', 'listPrice', 'dailyDataOnly', … */
  readonly because: readonly string[];
}

/** What a detector judges: a resource, or something wider (an account's usage) where the bill names no resource. */
export interface Subject {
  readonly accountId: string;
  readonly regionId: string | null;
  readonly resourceId: string | null;
  readonly resourceType: ResourceType;
}

/**
 * What the action changes, for the stack. `component` names the part of the resource's cost that it acts on; '*' is the whole resource
 * (delete); 'traffic' is what it takes in and hands out, apart from what it holds; 'own:…' is what only
 * the organisation's own rule of that name acts on. `monthlyCost` is that part's cost today at its on-demand equivalent, a bound for everything that acts on it.
 */
export interface Effect {
  readonly component:
    | '*'
    | 'compute'
    | 'concurrency'
    | 'storage'
    | 'iops'
    | 'traffic'
    | 'extendedSupport'
    | 'hours'
    | 'commitment'
    | `own:${string}`;
  readonly monthlyCost: DecimalString;
  /** 0..1 of that part's usage, at on-demand prices, that goes; left out: all of it, or as much as the saving says. */
  readonly share?: DecimalString;
  /** The usage type that what stays is billed as: commitments discount each type differently. Left out: the same. */
  readonly targetMeterKind?: string;
}

/** What AWS itself says of the same, under AWS's own names. Compute Optimizer and the Hub say one thing: it is counted once, and never added to ours. */
export interface SecondSource {
  readonly source: 'ComputeOptimizer' | 'CostOptimizationHub';
  readonly estimatedMonthlySavings: DecimalString | null;
  /** The ARN that Compute Optimizer judged; left out where it said nothing. */
  readonly arn?: string;
  /** Left out where the Hub says nothing. */
  readonly hubRecommendationId?: string;
}

/** One adviser of AWS's that says the same, under its own id there. Never added to our figures. */
export interface AwsWord {
  readonly source: 'ComputeOptimizer' | 'CostOptimizationHub' | 'CostExplorer';
  /** Compute Optimizer: the ARN it judged; the Hub: its recommendation id; Cost Explorer, which gives none: the resource id. */
  readonly id: string;
  readonly estimatedMonthlySavings: DecimalString | null;
}

export type Outcome<E extends Evidence = Evidence> =
  | {
      readonly kind: 'finding';
      readonly evidence: E;
      readonly savings: SavingsRange;
      readonly confidence: Confidence;
      readonly priceBasis: PriceBasis;
      readonly effect: Effect;
      /** The AWS recommendation that says the same, if one does. */
      readonly secondSource?: SecondSource;
    }
  /** `measured`: what was looked at and the limit it was held against, for whoever asks why there is no advice. */
  | { readonly kind: 'healthy'; readonly measured?: Evidence }
  | { readonly kind: 'notApplicable'; readonly because: string }
  | { readonly kind: 'unknown'; readonly missing: readonly string[] };

export interface FactRead {
  readonly fact: FactKind;
  readonly lookbackDays: number;
}

/** Where the facts may come from; shown in the catalogue and to whoever asks why there is no advice. */
export type WorksWith = 'CostExplorer' | 'CostExplorerByResource' | 'CUR' | 'FOCUS' | 'ComputeOptimizer';

export interface EvaluateContext<T> {
  readonly thresholds: T;
  readonly view: SnapshotView;
  readonly asOf: Day;
}

/** What an author writes. `id` = file name = resource-state; `category` = folder. */
export interface DetectorDefinition<Id extends string, S extends Subject, T extends z.ZodObject, E extends Evidence> {
  readonly id: Id;
  /** Raise when the arithmetic changes; stored with each finding. */
  readonly revision: number;
  readonly category: Category;
  readonly bestPractices: readonly BestPractice[];
  readonly resourceType: ResourceType;
  readonly actionType: ActionType;
  readonly effort: Effort;
  readonly rollbackPossible: boolean;
  readonly restartNeeded: boolean;
  readonly reads: readonly FactRead[];
  readonly worksWith: readonly WorksWith[];
  /** A strict object: each threshold with default, bounds, unit in its name and one describing sentence. */
  readonly thresholds: T;
  /** The evidence, described field by field; placeholders of the prose are checked against it. */
  readonly evidence: z.ZodType<E>;
  /** A subject that gives a finding, with the evidence expected: documentation that runs as a test. */
  readonly example: { readonly subject: S; readonly evidence: E; readonly view: SnapshotView };
  /** 'stackedUsage' judges on what the other advice leaves (commitments); everything else judges 'facts'. */
  readonly judges?: 'facts' | 'stackedUsage';
  /** Which subjects. Left out: every resource of `resourceType`, in the one pass over the resources. */
  readonly select?: (view: SnapshotView) => Iterable<S>;
  /** The list prices that `evaluate` will ask the view for. */
  readonly pricesNeeded?: (subject: S, context: EvaluateContext<z.infer<T>>) => readonly PriceQuestion[];
  readonly evaluate: (subject: S, context: EvaluateContext<z.infer<T>>) => Outcome<E>;
}

/** What the engine, the catalogue and the API see: the author's types closed over, so that a list of detectors can be looped over. */
export interface Detector
  extends Omit<DetectorDefinition<string, Subject, z.ZodObject, Evidence>, 'select' | 'evaluate' | 'example' | 'pricesNeeded'> {
  readonly judges: 'facts' | 'stackedUsage';
  /** null: all resources of `resourceType`. */
  readonly select: ((view: SnapshotView) => Iterable<Subject>) | null;
  /** Throws INVALID_INPUT when the thresholds are not of the schema. */
  readonly evaluate: (subject: Subject, view: SnapshotView, thresholds?: unknown) => Outcome;
  readonly pricesNeeded: (subject: Subject, view: SnapshotView, thresholds?: unknown) => readonly PriceQuestion[];
  readonly runExample: () => {
    readonly subject: Subject;
    readonly view: SnapshotView;
    readonly outcome: Outcome;
    readonly expected: Evidence;
  };
}

/** The resource of a detector that judges resources one by one. */
export type ResourceSubject = ResourceFacts;
