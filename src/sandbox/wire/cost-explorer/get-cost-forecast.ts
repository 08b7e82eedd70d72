import { z } from 'zod';
import { addDays, addMonths, daysIn, eachDay, firstDay, isDay, monthOf, type Period } from '../../../kernel/calendar.ts';
import { invalid, Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { type Bill, openBill } from './bill.ts';
import { billingViewSchema } from './billing-view.ts';
import { historyOf } from './charge-table.ts';
import { addUp, type Metric } from './cost-cells.ts';
import { compileExpression, type Expression, expressionSchema, MATCH_OPTIONS } from './expression.ts';
import { intervalSchema, resultPeriods } from './time-period.ts';
import { fitLine, quantileOfNormal } from './trend.ts';

const METRIC_OF = {
  AMORTIZED_COST: 'AmortizedCost',
  BLENDED_COST: 'BlendedCost',
  NET_AMORTIZED_COST: 'NetAmortizedCost',
  NET_UNBLENDED_COST: 'NetUnblendedCost',
  UNBLENDED_COST: 'UnblendedCost',
} as const satisfies Record<string, Metric>;

const schema = z.object({
  TimePeriod: intervalSchema,
  Metric: z.enum(Object.keys(METRIC_OF) as [keyof typeof METRIC_OF]),
  Granularity: z.enum(['DAILY', 'MONTHLY']),
  Filter: expressionSchema.optional(),
  PredictionIntervalLevel: z.int().min(51).max(99).default(80),
  BillingViewArn: billingViewSchema,
});

/** Days of the past that the line is laid through; fewer than a billing cycle are too few. */
const LEARNT_DAYS = 90;
const LEAST_DAYS = 31;
const LONGEST_MONTHS = { DAILY: 3, MONTHLY: 18 } as const;

/** The bill's own straight line into the future, with the interval that its scatter around that line gives. */
export const getCostForecast: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const period = readFuture(input.TimePeriod, input.Granularity, world);
  const { asOf } = world.estate;
  const history = { start: addDays(asOf, -LEARNT_DAYS), end: asOf };
  const rules = { allowsResourceId: false, matchOptions: new Set(MATCH_OPTIONS) };
  const bill = await openBill(world, caller, rules, input.BillingViewArn);
  const costs = dailyCosts(METRIC_OF[input.Metric], input.Filter, history, bill, world);
  if (costs.length < LEAST_DAYS) {
    throw new Refusal('DataUnavailableException', 'Insufficient amount of historical data to generate forecast');
  }
  const line = fitLine(costs);
  const width = quantileOfNormal(input.PredictionIntervalLevel / 100) * line.deviation;
  const meanOf = (days: Period): number => {
    let sum = 0;
    for (const day of eachDay(days)) sum += Math.max(0, line.at(costs.length + daysIn({ start: asOf, end: day })));
    return sum;
  };
  const results = resultPeriods(period, input.Granularity).map((days) => {
    const mean = meanOf(days);
    const half = width * Math.sqrt(daysIn(days));
    return {
      TimePeriod: { Start: days.start, End: days.end },
      MeanValue: mean.toFixed(10),
      PredictionIntervalLowerBound: Math.max(0, mean - half).toFixed(10),
      PredictionIntervalUpperBound: (mean + half).toFixed(10),
    };
  });
  return { Total: { Amount: meanOf(period).toFixed(10), Unit: 'USD' }, ForecastResultsByTime: results };
};

function readFuture(
  { Start: start, End: end }: z.output<typeof intervalSchema>,
  granularity: keyof typeof LONGEST_MONTHS,
  { estate }: World,
): Period {
  for (const day of [start, end])
    if (!isDay(day)) throw invalid(`Dates must be formatted as yyyy-MM-dd; "${day.slice(0, 40)}" is not`);
  if (start >= end) throw invalid('Start date (and hour) should be before end date (and hour)');
  if (start < estate.asOf) throw invalid('Start Date needs to be same as or later than the current date');
  if (end > firstDay(addMonths(monthOf(estate.asOf), LONGEST_MONTHS[granularity] + 1))) {
    throw invalid(`end date is too far in the future for ${granularity} granularity`);
  }
  return { start, end };
}

/** From the first day on which there was any cost. */
function dailyCosts(metric: Metric, filter: Expression | undefined, { start, end }: Period, bill: Bill, world: World): number[] {
  const matches = filter ? compileExpression(filter, bill.readers) : () => true;
  const known = historyOf(world.estate.asOf).start;
  const periods = resultPeriods({ start: start < known ? known : start, end }, 'DAILY');
  const cells = addUp(bill.table, bill.overlay, {
    periods,
    metrics: [metric],
    groupBy: [],
    accepts: (series) => bill.mayRead(series) && matches(series),
  });
  const costs = new Array<number>(periods.length).fill(0);
  for (const cell of cells.cells) costs[cells.periodOf(cell)] = Number(cells.metricsOf(cell)[metric]?.Amount);
  const first = cells.cells[0];
  return first === undefined ? [] : costs.slice(cells.periodOf(first));
}
