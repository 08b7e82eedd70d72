import { z } from 'zod';
import { openBill } from '../cost-explorer/bill.ts';
import { expressionSchema } from '../cost-explorer/expression.ts';
import { intervalSchema } from '../cost-explorer/time-period.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { dataUnavailable, readUsePeriod, timePeriod } from './period.ts';
import { attributesOf, figuresOf, type PlanUse, planUses } from './plan-use.ts';
import { PLAIN_RULES } from './rules.ts';
import { commitmentPage } from './sums.ts';

const DATA_TYPES = ['ATTRIBUTES', 'UTILIZATION', 'AMORTIZED_COMMITMENT', 'SAVINGS'] as const;

const schema = z.object({
  TimePeriod: intervalSchema,
  Filter: expressionSchema.optional(),
  DataType: z.array(z.enum(DATA_TYPES)).default([...DATA_TYPES]),
  MaxResults: z.int().min(1).default(20),
  NextToken: z.string().optional(),
});

/** The same plan by plan over the whole period, with what each plan is. */
export const getSavingsPlansUtilizationDetails: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const period = readUsePeriod(input.TimePeriod, world.estate.asOf);
  const bill = await openBill(world, caller, PLAIN_RULES);
  const uses = planUses(bill, [period], input.Filter, world);
  if (uses.length === 0) throw dataUnavailable();
  const paging = { token: input.NextToken || undefined, size: input.MaxResults };
  const { page, nextToken } = commitmentPage('GetSavingsPlansUtilizationDetails', uses, input, paging, caller, world);
  return {
    SavingsPlansUtilizationDetails: page.map((use) => detailOf(use, input.DataType, world)),
    Total: figuresOf(uses),
    TimePeriod: timePeriod(period),
    ...(nextToken && { NextToken: nextToken }),
  };
};

function detailOf(use: PlanUse, wanted: readonly (typeof DATA_TYPES)[number][], world: World) {
  const plan = world.estate.savingsPlans().find(({ arn }) => arn === use.arn);
  const { Utilization, Savings, AmortizedCommitment } = figuresOf([use]);
  return {
    SavingsPlanArn: use.arn,
    ...(plan && wanted.includes('ATTRIBUTES') && { Attributes: attributesOf(plan, world) }),
    ...(wanted.includes('UTILIZATION') && { Utilization }),
    ...(wanted.includes('SAVINGS') && { Savings }),
    ...(wanted.includes('AMORTIZED_COMMITMENT') && { AmortizedCommitment }),
  };
}
