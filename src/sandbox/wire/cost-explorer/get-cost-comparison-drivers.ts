import { z } from 'zod';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { type Compared, compareMonths, comparisonShape, metricsOf, selectorOf, sumOf } from './comparison.ts';

const schema = z.object({ ...comparisonShape, MaxResults: z.int().min(1).max(10).default(10) });

/** Record types as the drivers name them (service model of 2026-08). */
const TYPE_OF: Readonly<Record<string, string>> = {
  Usage: 'USAGE_CHANGE',
  DiscountedUsage: 'RESERVATION_USAGE',
  RIFee: 'RECURRING_RESERVATION_FEE',
  SavingsPlanCoveredUsage: 'SAVINGS_PLAN_USAGE',
  SavingsPlanNegation: 'SAVINGS_PLAN_USAGE',
  SavingsPlanRecurringFee: 'SAVINGS_PLAN_RECURRING_FEE',
  Credit: 'CREDIT',
  Refund: 'REFUND',
  Tax: 'TAX',
  Support: 'SUPPORT_FEE',
};
const SELECTED = ['SERVICE', 'USAGE_TYPE'];

/** What made the difference between two months: by service and usage type, each with the kinds of charge behind it. */
export const getCostComparisonDrivers: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const metric = input.MetricForComparison;
  const compared = await compareMonths(input, [...SELECTED, 'RECORD_TYPE'], caller, world);
  const changed = compared.filter(({ baseline, comparison }) => baseline !== comparison);
  const groups = [...Map.groupBy(changed, ({ keys }) => JSON.stringify(keys.filter((_key, index) => index !== 2))).values()];
  const drivers = groups.map((group) => ({
    CostSelector: selectorOf([...SELECTED, ...input.GroupBy.map(({ Key }) => Key)], selectedKeys(group)),
    Metrics: metricsOf(sumOf(group), metric),
    CostDrivers: group.map((item) => ({
      Type: TYPE_OF[item.keys[2] ?? ''] ?? 'OUT_OF_CYCLE_CHARGE',
      Name: item.keys[2] ?? '',
      Metrics: metricsOf(item, metric),
    })),
  }));
  const request = { operation: 'GetCostComparisonDrivers', input, token: input.NextPageToken, pageSize: input.MaxResults };
  const { page, nextToken } = tokenPage(drivers, request, caller, world);
  return { CostComparisonDrivers: page, ...(nextToken && { NextPageToken: nextToken }) };
};

function selectedKeys(group: readonly Compared[]): string[] {
  return (group[0]?.keys ?? []).filter((_key, index) => index !== 2);
}
