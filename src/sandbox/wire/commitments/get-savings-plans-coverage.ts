import { z } from 'zod';
import { type Exact, exact } from '../../../kernel/money.ts';
import { openBill } from '../cost-explorer/bill.ts';
import type { Series } from '../cost-explorer/charge-table.ts';
import { compileExpression, dimensionKeys, expressionSchema } from '../cost-explorer/expression.ts';
import { intervalSchema } from '../cost-explorer/time-period.ts';
import { invalid } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { partsOf, readUsePeriod, timePeriod } from './period.ts';
import { PLAIN_RULES } from './rules.ts';
import { commitmentPage, percent, sumsOf, text } from './sums.ts';

/** What coverage is grouped by, and the dimension of the bill that tells it. */
const GROUPS: Readonly<Record<string, string>> = {
  INSTANCE_FAMILY: 'INSTANCE_TYPE_FAMILY',
  REGION: 'REGION',
  SERVICE: 'SERVICE',
};
const FILTERABLE = new Set(['LINKED_ACCOUNT', 'REGION', 'SERVICE', 'INSTANCE_FAMILY', 'INSTANCE_TYPE_FAMILY']);

const schema = z.object({
  TimePeriod: intervalSchema,
  Granularity: z.enum(['DAILY', 'MONTHLY', 'HOURLY']).optional(),
  GroupBy: z.array(z.object({ Type: z.literal('DIMENSION'), Key: z.string() })).default([]),
  Filter: expressionSchema.optional(),
  Metrics: z.array(z.literal('SpendCoveredBySavingsPlans')).optional(),
  MaxResults: z.int().min(1).default(20),
  NextToken: z.string().optional(),
});

interface Covered {
  covered: Exact;
  onDemand: Exact;
}

/** How much of what plans could cover they did cover, at on-demand prices: by time, or by family, region and service. */
export const getSavingsPlansCoverage: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  if (input.GroupBy.length > 0 && input.Granularity) throw invalid("Granularity and GroupBy can't be used together");
  const strange = input.GroupBy.find(({ Key }) => !(Key in GROUPS));
  if (strange)
    throw invalid(`Group Definition dimension ${strange.Key} is invalid. Valid values are ${Object.keys(GROUPS).join(', ')}`);
  const refused = input.Filter && dimensionKeys(input.Filter).find((key) => !FILTERABLE.has(key));
  if (refused) throw invalid(`Dimension ${refused} is not allowed.`);
  const parts = partsOf(readUsePeriod(input.TimePeriod, world.estate.asOf), input.Granularity);
  const bill = await openBill(world, caller, PLAIN_RULES);
  const readers = { ...bill.readers, dimension: (key: string) => bill.readers.dimension(GROUPS[key] ?? key) };
  const matches = input.Filter ? compileExpression(input.Filter, readers) : () => true;
  const isCoverable = coverable(world);
  const groupBy = [
    ...input.GroupBy.map(({ Key }) => readers.dimension(Key)),
    (series: Series) => (series.recordType === 'Usage' ? 'onDemand' : 'covered'),
  ];
  const found = new Map<string, { readonly part: number; readonly keys: readonly string[]; readonly spend: Covered }>();
  for (const sum of sumsOf(bill, parts, groupBy, (series) => isCoverable(series) && matches(series))) {
    const keys = sum.keys.slice(0, -1);
    const id = JSON.stringify([sum.part, keys]);
    const known = found.get(id) ?? { part: sum.part, keys, spend: { covered: exact(0), onDemand: exact(0) } };
    known.spend[sum.keys.at(-1) === 'onDemand' ? 'onDemand' : 'covered'] = sum.unblended;
    found.set(id, known);
  }
  const paging = { token: input.NextToken || undefined, size: input.MaxResults };
  const { page, nextToken } = commitmentPage('GetSavingsPlansCoverage', [...found.values()], input, paging, caller, world);
  const SavingsPlansCoverages = page.map(({ part, keys, spend }) => ({
    Attributes: Object.fromEntries(input.GroupBy.map(({ Key }, index) => [Key, keys[index] ?? ''])),
    Coverage: coverageOf(spend),
    TimePeriod: timePeriod(parts[part] ?? { start: '', end: '' }),
  }));
  return { SavingsPlansCoverages, ...(nextToken && { NextToken: nextToken }) };
};

function coverageOf({ covered, onDemand }: Covered) {
  const whole = covered.plus(onDemand);
  return {
    SpendCoveredBySavingsPlans: text(covered),
    OnDemandCost: text(onDemand),
    TotalCost: text(whole),
    CoveragePercentage: percent(covered, whole),
  };
}

/** Covered usage, and on-demand usage for which a Compute plan has a rate. */
function coverable({ estate }: World): (series: Series) => boolean {
  const rated = estate.savingsPlanRates().filter(({ compute }) => compute !== null);
  const known = new Set(rated.map(({ usageType, operation }) => `${usageType}\n${operation}`));
  return ({ recordType, usageType, operation }) =>
    recordType === 'SavingsPlanCoveredUsage' || (recordType === 'Usage' && known.has(`${usageType}\n${operation}`));
}
