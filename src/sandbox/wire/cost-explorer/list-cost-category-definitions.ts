import { z } from 'zod';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';

const schema = z.object({
  EffectiveOn: z.string().optional(),
  MaxResults: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

/** The payer's cost categories with their values and their start. */
export const listCostCategoryDefinitions: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const { accounts, costCategories } = world.estate;
  const categories = costCategories().map(({ name, effectiveFrom, valueFor }) => {
    const values = [...new Set(accounts.map(({ accountId }) => valueFor(accountId)))].filter((value) => value !== '').sort();
    return {
      CostCategoryArn: `arn:aws:ce::${world.payerAccountId}:costcategory/${encodeURIComponent(name)}`,
      Name: name,
      EffectiveStart: `${effectiveFrom}T00:00:00Z`,
      NumberOfRules: values.length,
      ProcessingStatus: [{ Component: 'COST_EXPLORER', Status: 'APPLIED' }],
      Values: values,
    };
  });
  const request = { operation: 'ListCostCategoryDefinitions', input, token: input.NextToken, pageSize: input.MaxResults };
  const { page, nextToken } = tokenPage(categories, request, caller, world);
  return { CostCategoryReferences: page, ...(nextToken && { NextToken: nextToken }) };
};
