import { z } from 'zod';
import { addMonths, firstDay, isDay, monthOf, type Period } from '../../../kernel/calendar.ts';
import { invalid } from '../refusal.ts';
import type { Caller, World } from '../world.ts';
import { amountText, tenBillionthsOf } from './amount.ts';
import { openBill } from './bill.ts';
import { billingViewSchema } from './billing-view.ts';
import { historyOf } from './charge-table.ts';
import { addUp, METRICS, type Metric } from './cost-cells.ts';
import { compileExpression, expressionSchema, MATCH_OPTIONS } from './expression.ts';
import { groupBySchema, groupReaders } from './group-by.ts';
import { intervalSchema } from './time-period.ts';

export const comparisonShape = {
  BaselineTimePeriod: intervalSchema,
  ComparisonTimePeriod: intervalSchema,
  MetricForComparison: z.string(),
  Filter: expressionSchema.optional(),
  GroupBy: groupBySchema,
  NextPageToken: z.string().optional(),
  BillingViewArn: billingViewSchema,
};
const comparisonSchema = z.object(comparisonShape);
export type ComparisonInput = z.output<typeof comparisonSchema>;

/** Two months of one group, in ten-billionths. */
export interface Compared {
  readonly keys: readonly string[];
  readonly baseline: bigint;
  readonly comparison: bigint;
}

/** What each group cost in the two months; largest difference first. */
export async function compareMonths(
  input: ComparisonInput,
  dimensions: readonly string[],
  caller: Caller,
  world: World,
): Promise<readonly Compared[]> {
  const periods = [readMonth(input.BaselineTimePeriod, world), readMonth(input.ComparisonTimePeriod, world)];
  const metric = readMetric(input.MetricForComparison);
  const rules = { allowsResourceId: false, matchOptions: new Set(MATCH_OPTIONS) };
  const bill = await openBill(world, caller, rules, input.BillingViewArn);
  const matches = input.Filter ? compileExpression(input.Filter, bill.readers) : () => true;
  const groupBy = [...dimensions.map((key) => bill.readers.dimension(key)), ...groupReaders(input.GroupBy, bill.readers)];
  const found = new Map<string, { keys: readonly string[]; amounts: [bigint, bigint] }>();
  for (const [index, period] of periods.entries()) {
    const cells = addUp(bill.table, bill.overlay, {
      periods: [period],
      metrics: [metric],
      groupBy,
      accepts: (series) => bill.mayRead(series) && matches(series),
    });
    for (const cell of cells.cells) {
      const keys = cells.keysOf(cell);
      const group = found.get(JSON.stringify(keys)) ?? { keys, amounts: [0n, 0n] };
      group.amounts[index === 0 ? 0 : 1] = tenBillionthsOf(cells.metricsOf(cell)[metric]?.Amount ?? '0');
      found.set(JSON.stringify(keys), group);
    }
  }
  return [...found.values()]
    .map(({ keys, amounts: [baseline, comparison] }) => ({ keys, baseline, comparison }))
    .sort((a, b) => compareBig(size(b), size(a)) || (a.keys.join('\n') < b.keys.join('\n') ? -1 : 1));
}

/** As AWS writes a pair of months. */
export function metricsOf({ baseline, comparison }: Pick<Compared, 'baseline' | 'comparison'>, metric: string): object {
  return {
    [metric]: {
      BaselineTimePeriodAmount: amountText(baseline),
      ComparisonTimePeriodAmount: amountText(comparison),
      Difference: amountText(comparison - baseline),
      Unit: 'USD',
    },
  };
}

export function sumOf(items: readonly Compared[]): Pick<Compared, 'baseline' | 'comparison'> {
  return {
    baseline: items.reduce((sum, item) => sum + item.baseline, 0n),
    comparison: items.reduce((sum, item) => sum + item.comparison, 0n),
  };
}

/** A filter that names a group: `And` of its keys. */
export function selectorOf(names: readonly string[], keys: readonly string[]): object {
  const parts = names.map((Key, index) => ({ Dimensions: { Key, Values: [keys[index] ?? ''] } }));
  return parts.length > 1 ? { And: parts } : (parts[0] ?? {});
}

function readMonth({ Start: start, End: end }: z.output<typeof intervalSchema>, { estate }: World): Period {
  const isMonth = isDay(start) && start.endsWith('-01') && end === firstDay(addMonths(monthOf(start), 1));
  if (!isMonth) throw invalid('Time period must start and end on the first day of a month, with a duration of exactly one month');
  if (end > estate.asOf) throw invalid('Time period must be a month that is over');
  if (start < historyOf(estate.asOf).start) throw invalid('Time period must be within the last 13 months');
  return { start, end };
}

function readMetric(name: string): Metric {
  const metric = METRICS.find((known) => known === name && known.endsWith('Cost'));
  if (metric) return metric;
  throw invalid(`MetricForComparison ${name} is invalid`);
}

function size({ baseline, comparison }: Compared): bigint {
  return comparison > baseline ? comparison - baseline : baseline - comparison;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
