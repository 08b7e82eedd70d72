import { ListCostAllocationTagsCommand } from '@aws-sdk/client-cost-explorer';
import { expect, it } from 'vitest';
import { clientsOf, serveForTest } from './clients.ts';
import { tinyEstate } from './tiny-estate.ts';

it('lists the keys that resources carry, page by page, active unless told otherwise', async () => {
  const sandbox = await serveForTest(tinyEstate({ resources: [{ tags: { b: '1', a: '2' } }, { tags: { a: '3', c: '4' } }] }));
  const { costExplorer } = clientsOf(sandbox);
  const first = await costExplorer.send(new ListCostAllocationTagsCommand({ MaxResults: 2 }));
  const rest = await costExplorer.send(new ListCostAllocationTagsCommand({ MaxResults: 2, NextToken: first.NextToken }));
  const all = [...(first.CostAllocationTags ?? []), ...(rest.CostAllocationTags ?? [])];
  expect(all.map(({ TagKey, Status }) => [TagKey, Status])).toEqual([
    ['a', 'Active'],
    ['b', 'Active'],
    ['c', 'Active'],
  ]);
  sandbox.faults.add({ kind: 'tagsNotActive' });
  const active = await costExplorer.send(new ListCostAllocationTagsCommand({ Status: 'Active' }));
  expect(active.CostAllocationTags).toEqual([]);
});
