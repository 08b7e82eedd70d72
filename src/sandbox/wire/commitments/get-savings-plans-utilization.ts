import { z } from 'zod';
import { openBill } from '../cost-explorer/bill.ts';
import { expressionSchema } from '../cost-explorer/expression.ts';
import { intervalSchema } from '../cost-explorer/time-period.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { dataUnavailable, partsOf, readUsePeriod, timePeriod } from './period.ts';
import { figuresOf, planUses } from './plan-use.ts';
import { PLAIN_RULES } from './rules.ts';

const schema = z.object({
  TimePeriod: intervalSchema,
  Granularity: z.enum(['DAILY', 'MONTHLY', 'HOURLY']).optional(),
  Filter: expressionSchema.optional(),
});

/** How much of what the plans promise was used, day by day or month by month. Whoever owns no plan has no data. */
export const getSavingsPlansUtilization: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const period = readUsePeriod(input.TimePeriod, world.estate.asOf);
  const parts = partsOf(period, input.Granularity);
  const bill = await openBill(world, caller, PLAIN_RULES);
  const uses = planUses(bill, parts, input.Filter, world);
  if (uses.length === 0) throw dataUnavailable();
  const byTime = parts.flatMap((part, index) => {
    const own = uses.filter((use) => use.part === index);
    return own.length === 0 ? [] : [{ TimePeriod: timePeriod(part), ...figuresOf(own) }];
  });
  return { SavingsPlansUtilizationsByTime: byTime, Total: figuresOf(uses) };
};
