import { type Day, dayOf } from '../../../kernel/calendar.ts';
import { type DecimalString, Exact, plain } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { AwsRecommendation, AwsRecommendationOption } from '../../../ledger/aws-recommendation.ts';
import type { Tag } from '../../../ledger/resource.ts';
import type { ObservedResource } from '../../../operations/ports/ledger.ts';
import { placeOf } from './place.ts';
import type { Opportunity, Option, Tags, UtilizationMetrics } from './schema.ts';
import { findingOf, normalised, utilizationOf } from './words.ts';

/** What one item of an answer says: a recommendation, and what was measured on the way. */
export interface Observation {
  readonly recommendation: AwsRecommendation;
  readonly resource: ObservedResource;
}

/** Throws (zod's error or a word) when the item cannot be read; the caller counts it. */
export type ItemMapper = (item: unknown, asOf: Day) => Observation;

interface Parts {
  readonly kind: AwsRecommendation['kind'];
  readonly arn: string;
  readonly resourceType: string;
  readonly item: {
    readonly accountId?: string | null | undefined;
    readonly finding?: string | null | undefined;
    readonly findingReasonCodes?: readonly string[] | null | undefined;
    readonly utilizationMetrics?: UtilizationMetrics;
    readonly lastRefreshTimestamp?: Date | null | undefined;
    readonly tags?: Tags;
  };
  readonly lookbackDays: number | null | undefined;
  readonly current: string | null | undefined;
  readonly engine?: string | null | undefined;
  readonly options: readonly AwsRecommendationOption[];
}

/** "DAYS_14 is the default" (Compute Optimizer guide, rightsizing preferences, read 2026-11). */
const DEFAULT_LOOKBACK_DAYS = 14;

export function observation(asOf: Day, parts: Parts): Observation {
  const { item } = parts;
  const place = placeOf(parts.arn);
  const finding = findingOf(item.finding);
  if (!finding) throw new Error(`the finding "${oneLine(item.finding ?? '', 40)}" is not known`);
  const lookbackDays = Math.round(parts.lookbackDays ?? DEFAULT_LOOKBACK_DAYS);
  const refreshedOn = (item.lastRefreshTimestamp && dayOf(item.lastRefreshTimestamp)) || asOf;
  const identity = { accountId: item.accountId ?? place.accountId, regionId: place.regionId, resourceId: place.resourceId };
  return {
    recommendation: {
      source: 'ComputeOptimizer',
      kind: parts.kind,
      arn: oneLine(parts.arn, 2048),
      ...identity,
      resourceType: parts.resourceType,
      finding,
      findingReasonCodes: (item.findingReasonCodes ?? []).map((code) => oneLine(code, 100)),
      current: parts.current ? oneLine(parts.current, 200) : null,
      ...(parts.engine && { engine: oneLine(parts.engine, 50) }),
      lookbackDays,
      refreshedOn,
      options: [...parts.options].sort((a, b) => a.rank - b.rank),
    },
    resource: {
      ...identity,
      tags: tagsOf(item.tags),
      utilization: utilizationOf(item.utilizationMetrics, { lookbackDays, asOf: refreshedOn }),
      operation: null,
    },
  };
}

type AnyOption = Partial<Option> & { readonly rank?: number | null | undefined };

export function optionOf(option: AnyOption, target: string | null | undefined): AwsRecommendationOption {
  const cpu = (option.projectedUtilizationMetrics ?? []).find(
    (metric) => normalised(metric.name) === 'CPU' && normalised(metric.statistic) === 'MAXIMUM',
  );
  return {
    rank: option.rank ?? 0,
    target: oneLine(target ?? '', 200),
    performanceRisk: option.performanceRisk ?? null,
    migrationEffort: option.migrationEffort ?? null,
    platformDifferences: option.platformDifferences ?? [],
    projectedCpuMaximumPercent: cpu?.value ?? null,
    ...savingsOf(option),
  };
}

/**
 * AWS states the saving before and after the customer's discounts; they are the same saving, never added. After discounts is what the bill
 * would lose, so it comes first. A missing figure stays null.
 */
export function savingsOf(item: {
  readonly savingsOpportunity?: Opportunity;
  readonly savingsOpportunityAfterDiscounts?: Opportunity;
}): { estimatedMonthlySavings: DecimalString | null; currency: string | null } {
  for (const opportunity of [item.savingsOpportunityAfterDiscounts, item.savingsOpportunity]) {
    const { value, currency } = opportunity?.estimatedMonthlySavings ?? {};
    if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e15) continue;
    return { estimatedMonthlySavings: plain(new Exact(value).toDecimalPlaces(10)), currency: currency ?? null };
  }
  return { estimatedMonthlySavings: null, currency: null };
}

function tagsOf(tags: Tags): readonly Tag[] {
  return (tags ?? []).map(({ key, value }) => ({ key: oneLine(key, 128), value: oneLine(value ?? '', 256) }));
}
