import { z } from 'zod';
import { requestIdentity } from '../page-token.ts';
import { invalid, Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Caller, Operation, World } from '../world.ts';
import { type BillRules, openBill } from './bill.ts';
import { billingViewSchema } from './billing-view.ts';
import { addUp, METRICS, type Metric } from './cost-cells.ts';
import { groupedPage, ungroupedAnswer } from './cost-pages.ts';
import { compileExpression, type Expression, expressionSchema, MATCH_OPTIONS } from './expression.ts';
import { type GroupDefinition, groupBySchema, groupReaders } from './group-by.ts';
import { intervalSchema, readPeriod, resultPeriods } from './time-period.ts';

export const costInputSchema = z.object({
  TimePeriod: intervalSchema,
  Granularity: z.enum(['DAILY', 'MONTHLY', 'HOURLY']),
  Metrics: z.array(z.string()).min(1),
  Filter: expressionSchema.optional(),
  GroupBy: groupBySchema,
  NextPageToken: z.string().optional(),
  BillingViewArn: billingViewSchema,
});

export interface CostRequest {
  readonly operation: string;
  readonly input: Omit<z.output<typeof costInputSchema>, 'Filter'> & { readonly Filter?: Expression | undefined };
  readonly rules: BillRules;
}

const RULES: BillRules = { allowsResourceId: false, matchOptions: new Set(MATCH_OPTIONS) };

/** Cost and usage of the whole history, by at most two keys. */
export const getCostAndUsage: Operation = (input, caller, world) =>
  answerCosts({ operation: 'GetCostAndUsage', input: readInput(costInputSchema, input), rules: RULES }, caller, world);

export async function answerCosts({ operation, input, rules }: CostRequest, caller: Caller, world: World): Promise<object> {
  if (input.Granularity === 'HOURLY') throw notOptedIntoHours();
  const period = readPeriod(input.TimePeriod, world.estate.asOf);
  const periods = resultPeriods(period, input.Granularity);
  const metrics = input.Metrics.map(readMetric);
  const { table, overlay, readers, mayRead } = await openBill(world, caller, rules, input.BillingViewArn);
  const groupBy = groupReaders(input.GroupBy, readers);
  const matches = input.Filter ? compileExpression(input.Filter, readers) : () => true;
  const identity = requestIdentity(operation, caller.accountId, '', input);
  const cells = await world.results.get(`${identity} ${world.faults.billRevision()}`, async () =>
    addUp(table, overlay, { periods, metrics, groupBy, accepts: (series) => mayRead(series) && matches(series) }),
  );
  if (input.GroupBy.length === 0) return ungroupedAnswer(cells, periods, world);
  const definitions: readonly GroupDefinition[] = input.GroupBy.map(({ Type, Key }) => ({ Type, Key }));
  return groupedPage(cells, periods, definitions, world, {
    identity,
    token: input.NextPageToken || undefined,
    emptyPageNext: () => world.faults.meet({ service: 'ce', operation, ...caller }, ['emptyPage']) !== undefined,
  });
}

function readMetric(name: string): Metric {
  const metric = METRICS.find((known) => known === name);
  if (metric) return metric;
  throw invalid(`Metric ${name} is invalid. Valid values are ${METRICS.join(', ')}`);
}

/** Hourly data is an option that the fictional company did not buy. */
function notOptedIntoHours(): Refusal {
  return new Refusal(
    'AccessDeniedException',
    'Hourly granularity is not enabled for this account: opt in through Cost Management preferences.',
  );
}
