import { z } from 'zod';
import type { Period } from '../../../kernel/calendar.ts';
import { requestIdentity } from '../page-token.ts';
import { invalid, Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Caller, Operation, World } from '../world.ts';
import { earlierGroups } from './allocation-dates.ts';
import { type BillRules, openBill } from './bill.ts';
import { billingViewSchema } from './billing-view.ts';
import { addUp, METRICS, type Metric } from './cost-cells.ts';
import { groupedPage, ungroupedAnswer } from './cost-pages.ts';
import { compileExpression, type Expression, expressionSchema, MATCH_OPTIONS } from './expression.ts';
import { type GroupDefinition, groupBySchema, groupReaders } from './group-by.ts';
import { intervalSchema, readHours, readPeriod, resultPeriods } from './time-period.ts';

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
  const period =
    input.Granularity === 'HOURLY'
      ? hoursAsked(operation, input, caller, world)
      : readPeriod(input.TimePeriod, world.estate.asOf);
  const periods = resultPeriods(period, input.Granularity);
  const metrics = input.Metrics.map(readMetric);
  const byHour = input.Granularity === 'HOURLY';
  const { table, overlay, readers, mayRead } = await openBill(world, caller, { ...rules, byHour }, input.BillingViewArn);
  const groupBy = groupReaders(input.GroupBy, readers);
  const earlier = earlierGroups(input.GroupBy, groupBy, table, world);
  const matches = input.Filter ? compileExpression(input.Filter, readers) : () => true;
  const identity = requestIdentity(operation, caller.accountId, '', input);
  const cells = await world.results.get(`${identity} ${world.faults.billRevision()}`, async () =>
    addUp(table, overlay, { periods, metrics, groupBy, earlier, accepts: (series) => mayRead(series) && matches(series) }),
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

/** Hours are an option of the payer's; by resource they are not modelled, nor by tag. */
function hoursAsked(operation: string, input: CostRequest['input'], caller: Caller, world: World): Period {
  const isOff = world.faults.meet({ service: 'ce', operation, ...caller }, ['hourlyNotEnabled']) !== undefined;
  if (isOff || operation !== 'GetCostAndUsage') {
    throw new Refusal(
      'AccessDeniedException',
      'Hourly granularity is not enabled for this account: opt in through Cost Management preferences.',
    );
  }
  if (input.GroupBy.some(({ Type }) => Type === 'TAG')) throw invalid('The sandbox does not group hours by tag');
  return readHours(input.TimePeriod, world.estate.asOf);
}
