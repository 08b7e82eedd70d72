import type { Expression, GetCostAndUsageCommandInput } from '@aws-sdk/client-cost-explorer';
import type { Period } from '../../../kernel/calendar.ts';
import type { Slice, SliceDimension, SliceFilter } from '../../../ledger/slice.ts';
import type { SumQuestion } from '../../../operations/ports/cost-source.ts';
import { COST_METRICS } from './costs.ts';

/** What an answer is grouped by: a dimension by its name, or a tag or cost category by its key. */
type GroupKey = SliceDimension | { readonly type: 'TAG' | 'COST_CATEGORY'; readonly key: string };

/** A request without its page token. Only `filter`, `groupBy`, `metrics` and `granularity` ever differ. */
export interface CostQuestion {
  readonly window: Period;
  readonly granularity: 'DAILY' | 'MONTHLY' | 'HOURLY';
  readonly groupBy: readonly GroupKey[];
  readonly metrics: readonly string[];
  readonly filter: Expression | undefined;
}

/** The grouped question of a slice. Quantities are asked only by usage type: any other sum mixes hours with gigabytes. */
export function groupedQuestion(slice: Slice, window: Period): CostQuestion {
  const metrics = slice.groupBy.includes('USAGE_TYPE') ? [...COST_METRICS, 'UsageQuantity'] : COST_METRICS;
  return { window, granularity: 'DAILY', groupBy: slice.groupBy, metrics, filter: filterOf(slice) };
}

/** The same question ungrouped: the source's own totals, against which the lines are reconciled. */
export function controlQuestion(slice: Slice, window: Period): CostQuestion {
  return { window, granularity: 'DAILY', groupBy: [], metrics: COST_METRICS, filter: filterOf(slice) };
}

/** Sums alone, of whatever grain. */
export function sumQuestion({ window, granularity, groupBy, filter }: SumQuestion): CostQuestion {
  return { window, granularity, groupBy, metrics: COST_METRICS, filter: filterOf(filter) };
}

/**
 * One more fact of each resource (its account, its operation), asked beside the charges, for several services at once. By month, since a
 * fact needs no days: fewer pages. The amount is not used, but the API wants a metric.
 */
export function resourceFactQuestion(services: readonly string[], dimension: SliceDimension, window: Period): CostQuestion {
  return {
    window,
    granularity: 'MONTHLY',
    groupBy: ['RESOURCE_ID', dimension],
    metrics: ['UnblendedCost'],
    filter: filterOf({ onlyServices: services }),
  };
}

/** Usage on demand of one service by the hour: what commitments have left over. */
export function hourlyQuestion(serviceName: string, window: Period, groupBy: readonly SliceDimension[]): CostQuestion {
  const filter = filterOf({ onlyServices: [serviceName], onlyChargeTypes: ['Usage'] });
  const metrics = groupBy.length > 0 ? [...COST_METRICS, 'UsageQuantity'] : COST_METRICS;
  return { window, granularity: 'HOURLY', groupBy, metrics, filter };
}

export function inputOf(question: CostQuestion, token: string | undefined): GetCostAndUsageCommandInput {
  return {
    TimePeriod: timePeriodOf(question),
    Granularity: question.granularity,
    Metrics: [...question.metrics],
    ...(question.groupBy.length > 0 && { GroupBy: question.groupBy.map(groupOf) }),
    ...(question.filter && { Filter: question.filter }),
    ...(token && { NextPageToken: token }),
  };
}

function groupOf(group: GroupKey): { Type: 'DIMENSION' | 'TAG' | 'COST_CATEGORY'; Key: string } {
  return typeof group === 'string' ? { Type: 'DIMENSION', Key: group } : { Type: group.type, Key: group.key };
}

function timePeriodOf({ window: { start, end }, granularity }: CostQuestion): { Start: string; End: string } {
  return granularity === 'HOURLY' ? { Start: `${start}T00:00:00Z`, End: `${end}T00:00:00Z` } : { Start: start, End: end };
}

export function filterOf(slice: SliceFilter): Expression | undefined {
  const parts: Expression[] = [];
  if (slice.onlyAccounts) parts.push({ Dimensions: { Key: 'LINKED_ACCOUNT', Values: [...slice.onlyAccounts] } });
  if (slice.onlyServices) parts.push({ Dimensions: { Key: 'SERVICE', Values: [...slice.onlyServices] } });
  if (slice.onlyChargeTypes) parts.push({ Dimensions: { Key: 'RECORD_TYPE', Values: [...slice.onlyChargeTypes] } });
  if (slice.exceptChargeTypes) {
    parts.push({ Not: { Dimensions: { Key: 'RECORD_TYPE', Values: [...slice.exceptChargeTypes] } } });
  }
  return parts.length > 1 ? { And: parts } : parts[0];
}
