import type { Expression, GetCostAndUsageCommandInput } from '@aws-sdk/client-cost-explorer';
import { addDays, addMonths, firstDay, monthOf, type Period } from '../../../kernel/calendar.ts';
import type { Slice, SliceDimension } from '../../../ledger/slice.ts';
import { COST_METRICS } from './costs.ts';

/** A request without its page token. Only `filter`, `groupBy`, `metrics` and `granularity` ever differ. */
export interface CostQuestion {
  readonly window: Period;
  readonly granularity: 'DAILY' | 'MONTHLY';
  readonly groupBy: readonly SliceDimension[];
  readonly metrics: readonly string[];
  readonly filter: Expression | undefined;
}

/** Months asked for in one go: bounds what is held in memory and what a dropped page token costs. */
const CHUNK_MONTHS = 2;

/** The grouped question of a slice. Quantities are asked only by usage type: any other sum mixes hours with gigabytes. */
export function groupedQuestion(slice: Slice, window: Period): CostQuestion {
  const metrics = slice.groupBy.includes('USAGE_TYPE') ? [...COST_METRICS, 'UsageQuantity'] : COST_METRICS;
  return { window, granularity: 'DAILY', groupBy: slice.groupBy, metrics, filter: filterOf(slice) };
}

/** The same question ungrouped: the source's own totals, against which the lines are reconciled. */
export function controlQuestion(slice: Slice, window: Period): CostQuestion {
  return { window, granularity: 'DAILY', groupBy: [], metrics: COST_METRICS, filter: filterOf(slice) };
}

/**
 * One more fact of each resource (its account, its operation), asked beside the charges. By month, since a fact needs no days: fewer
 * pages. The amount is not used, but the API wants a metric.
 */
export function resourceFactQuestion(slice: Slice, dimension: SliceDimension, window: Period): CostQuestion {
  return {
    window,
    granularity: 'MONTHLY',
    groupBy: ['RESOURCE_ID', dimension],
    metrics: ['UnblendedCost'],
    filter: filterOf(slice),
  };
}

export function inputOf(question: CostQuestion, token: string | undefined): GetCostAndUsageCommandInput {
  return {
    TimePeriod: { Start: question.window.start, End: question.window.end },
    Granularity: question.granularity,
    Metrics: [...question.metrics],
    ...(question.groupBy.length > 0 && { GroupBy: question.groupBy.map((Key) => ({ Type: 'DIMENSION', Key })) }),
    ...(question.filter && { Filter: question.filter }),
    ...(token && { NextPageToken: token }),
  };
}

export function filterOf(slice: Slice): Expression | undefined {
  const parts: Expression[] = [];
  if (slice.onlyServices) parts.push({ Dimensions: { Key: 'SERVICE', Values: [...slice.onlyServices] } });
  if (slice.onlyChargeTypes) parts.push({ Dimensions: { Key: 'RECORD_TYPE', Values: [...slice.onlyChargeTypes] } });
  if (slice.exceptChargeTypes) {
    parts.push({ Not: { Dimensions: { Key: 'RECORD_TYPE', Values: [...slice.exceptChargeTypes] } } });
  }
  return parts.length > 1 ? { And: parts } : parts[0];
}

/** The window in pieces of at most two calendar months, oldest first. */
export function chunksOf(window: Period): Period[] {
  const chunks: Period[] = [];
  for (let start = window.start; start < window.end; ) {
    const limit = firstDay(addMonths(monthOf(start), CHUNK_MONTHS));
    const end = limit < window.end ? limit : window.end;
    chunks.push({ start, end });
    start = end;
  }
  return chunks.length > 0 ? chunks : [{ start: window.start, end: addDays(window.start, 1) }];
}
