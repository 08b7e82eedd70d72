import { z } from 'zod';
import { addDays } from '../../../kernel/calendar.ts';
import { invalid } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import type { BillRules } from './bill.ts';
import { dimensionKeys, expressionSchema } from './expression.ts';
import { answerCosts, costInputSchema } from './get-cost-and-usage.ts';

const schema = costInputSchema.extend({ Filter: expressionSchema, Metrics: z.array(z.string()).default(['UnblendedCost']) });

const RULES: BillRules = { allowsResourceId: true, matchOptions: new Set(['EQUALS', 'CASE_SENSITIVE']) };

const KEPT_DAYS = 14;

/** Cost by resource, of the last 14 days. Must filter or group by RESOURCE_ID. */
export const getCostAndUsageWithResources: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const keys = [
    ...dimensionKeys(input.Filter),
    ...input.GroupBy.filter(({ Type }) => Type === 'DIMENSION').map(({ Key }) => Key),
  ];
  if (!keys.includes('RESOURCE_ID')) {
    throw invalid('GetCostAndUsageWithResources requires RESOURCE_ID in the filter or in the group by clause');
  }
  if (input.TimePeriod.Start < addDays(world.estate.asOf, -KEPT_DAYS)) {
    throw invalid(`start date is too old for resource level data, the max supported days is ${KEPT_DAYS} days`);
  }
  return answerCosts({ operation: 'GetCostAndUsageWithResources', input, rules: RULES }, caller, world);
};
