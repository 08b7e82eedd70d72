import { z } from 'zod';
import { requestIdentity } from '../page-token.ts';
import { Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';

const schema = z.object({
  Status: z.enum(['Active', 'Inactive']).optional(),
  Type: z.enum(['AWSGenerated', 'UserDefined']).optional(),
  TagKeys: z.array(z.string()).optional(),
  MaxResults: z.int().min(1).max(1000).default(100),
  NextToken: z.string().nullish(),
});

/** The keys that resources carry; all of them active, but for a standing `tagsNotActive` fault. The payer alone may ask. */
export const listCostAllocationTags: Operation = (given, caller, { estate, faults, payerAccountId, tokens }) => {
  if (caller.accountId !== payerAccountId)
    throw new Refusal('AccessDeniedException', 'Linked accounts have no access to cost allocation tags.');
  const input = readInput(schema, given);
  const { accountId, regionId } = caller;
  const isOff = faults.stands('tagsNotActive', { service: 'ce', operation: 'ListCostAllocationTags', accountId, regionId });
  const Status = isOff ? 'Inactive' : 'Active';
  const keys = [...new Set(estate.resources().flatMap(({ tags }) => Object.keys(tags)))].sort();
  const tags = keys
    .map((TagKey) => ({ TagKey, Type: 'UserDefined', Status, LastUpdatedDate: `${estate.asOf}T00:00:00Z` }))
    .filter((tag) => input.Status === undefined || tag.Status === input.Status)
    .filter((tag) => input.Type === undefined || tag.Type === input.Type)
    .filter((tag) => input.TagKeys === undefined || input.TagKeys.includes(tag.TagKey));
  const identity = requestIdentity('ListCostAllocationTags', accountId, regionId, input);
  const place = input.NextToken ? tokens.read(identity, input.NextToken) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw new Refusal('ValidationException', 'Invalid page token');
  const end = place.offset + input.MaxResults;
  const page = tags.slice(place.offset, end);
  if (end >= tags.length) return { CostAllocationTags: page };
  return { CostAllocationTags: page, NextToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) };
};
