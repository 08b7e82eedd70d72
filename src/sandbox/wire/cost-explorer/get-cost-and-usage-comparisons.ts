import { z } from 'zod';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { compareMonths, comparisonShape, metricsOf, selectorOf, sumOf } from './comparison.ts';

const schema = z.object({ ...comparisonShape, MaxResults: z.int().min(1).max(2000).default(2000) });

/** Two months side by side, group by group, with the total of all. */
export const getCostAndUsageComparisons: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const metric = input.MetricForComparison;
  const compared = await compareMonths(input, [], caller, world);
  const names = input.GroupBy.map(({ Key }) => Key);
  const all = compared.map((item) => ({
    ...(names.length > 0 && { CostAndUsageSelector: selectorOf(names, item.keys) }),
    Metrics: metricsOf(item, metric),
  }));
  const request = { operation: 'GetCostAndUsageComparisons', input, token: input.NextPageToken, pageSize: input.MaxResults };
  const { page, nextToken } = tokenPage(all, request, caller, world);
  return {
    CostAndUsageComparisons: page,
    TotalCostAndUsage: metricsOf(sumOf(compared), metric),
    ...(nextToken && { NextPageToken: nextToken }),
  };
};
