import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';

const schema = z.object({
  Status: z.enum(['Active', 'Inactive']).optional(),
  Type: z.enum(['AWSGenerated', 'UserDefined']).optional(),
  TagKeys: z.array(z.string()).optional(),
  MaxResults: z.int().min(1).max(1000).default(100),
  NextToken: z.string().nullish(),
});

/** The payer's tag keys and whether, and since when, the bill carries them; none, while a `tagsNotActive` fault stands. The payer alone may ask. */
export const listCostAllocationTags: Operation = (given, caller, world) => {
  if (caller.accountId !== world.payerAccountId)
    throw new Refusal('AccessDeniedException', 'Linked accounts have no access to cost allocation tags.');
  const input = readInput(schema, given);
  const operation = 'ListCostAllocationTags';
  const { accountId, regionId } = caller;
  const areOff = world.faults.stands('tagsNotActive', { service: 'ce', operation, accountId, regionId });
  const tags = world.estate
    .allocationTags()
    .map(({ key, activatedOn }) => ({ key, activatedOn: areOff ? null : activatedOn }))
    .map(({ key, activatedOn }) => ({
      TagKey: key,
      Type: 'UserDefined',
      Status: activatedOn === null ? 'Inactive' : 'Active',
      ...(activatedOn !== null && { LastUpdatedDate: `${activatedOn}T09:00:00Z` }),
    }))
    .filter((tag) => input.Status === undefined || tag.Status === input.Status)
    .filter((tag) => input.Type === undefined || tag.Type === input.Type)
    .filter((tag) => input.TagKeys === undefined || input.TagKeys.includes(tag.TagKey));
  const request = { operation, input, token: input.NextToken ?? undefined, pageSize: input.MaxResults };
  const { page, nextToken } = tokenPage(tags, request, caller, world);
  return { CostAllocationTags: page, ...(nextToken && { NextToken: nextToken }) };
};
