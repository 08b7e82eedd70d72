import {
  GetCostAndUsageCommand,
  ListCostAllocationTagBackfillHistoryCommand,
  ListCostAllocationTagsCommand,
  ListCostCategoryDefinitionsCommand,
} from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../../src/sandbox/estate/types.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { aResource, LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const TAGGED = 'i-0000000000000001';

function estate(): Estate {
  const tiny = tinyEstate({
    asOf: '2026-11-10',
    lines: [{ resourceId: TAGGED, unblendedCost: usd('2') }, { accountId: LEDGER }],
    resources: [aResource({ resourceId: TAGGED, tags: { project: 'shop' } })],
  });
  return {
    ...tiny,
    allocationTags: () => [
      { key: 'memo', activatedOn: null },
      { key: 'project', activatedOn: '2026-11-05' },
    ],
    costCategories: () => [
      { name: 'Team', effectiveFrom: '2026-11-03', valueFor: (accountId) => (accountId === SHOP ? 'shop' : '') },
    ],
  };
}

async function groups(url: string, Type: 'TAG' | 'COST_CATEGORY', Key: string) {
  const { costExplorer } = clientsOf({ url });
  const { ResultsByTime = [] } = await costExplorer.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: '2026-11-02', End: '2026-11-06' },
      Granularity: 'DAILY',
      Metrics: ['UnblendedCost'],
      GroupBy: [{ Type, Key }],
    }),
  );
  return ResultsByTime.map(({ Groups = [] }) =>
    Groups.map(({ Keys, Metrics }) => `${Keys?.[0]} ${Metrics?.UnblendedCost?.Amount}`),
  );
}

describe('a tag that was switched on late', () => {
  it('is on the bill from that day on, and says so in the list of tags', async () => {
    const { url } = await serveForTest(estate());
    expect(await groups(url, 'TAG', 'project')).toEqual([
      ['project$ 3'],
      ['project$ 3'],
      ['project$ 3'],
      ['project$ 1', 'project$shop 2'],
    ]);
    const { costExplorer } = clientsOf({ url });
    const { CostAllocationTags, NextToken } = await costExplorer.send(new ListCostAllocationTagsCommand({ MaxResults: 1 }));
    expect(CostAllocationTags).toEqual([{ TagKey: 'memo', Type: 'UserDefined', Status: 'Inactive' }]);
    const rest = await costExplorer.send(new ListCostAllocationTagsCommand({ MaxResults: 1, NextToken }));
    expect(rest.CostAllocationTags).toMatchObject([
      { TagKey: 'project', Status: 'Active', LastUpdatedDate: '2026-11-05T09:00:00Z' },
    ]);
  });

  it('is on the bill of earlier days once a backfill is done, which is told when it is', async () => {
    const sandbox = await serveForTest(estate());
    sandbox.faults.add({ kind: 'tagBackfill', from: '2026-11-03', completedOn: '2026-11-09' });
    sandbox.faults.add({ kind: 'tagBackfill', from: '2026-01-01', completedOn: '2026-11-12' });
    expect((await groups(sandbox.url, 'TAG', 'project')).map((day) => day.length)).toEqual([1, 2, 2, 2]);
    const history = await clientsOf(sandbox).costExplorer.send(new ListCostAllocationTagBackfillHistoryCommand({}));
    expect(history.BackfillRequests?.map((request) => request.BackfillStatus)).toEqual(['SUCCEEDED', 'PROCESSING']);
  });
});

it('a cost category has its values from its start on', async () => {
  const { url } = await serveForTest(estate());
  expect(await groups(url, 'COST_CATEGORY', 'Team')).toEqual([
    ['Team$ 3'],
    ['Team$ 1', 'Team$shop 2'],
    ['Team$ 1', 'Team$shop 2'],
    ['Team$ 1', 'Team$shop 2'],
  ]);
  const listed = await clientsOf({ url }).costExplorer.send(new ListCostCategoryDefinitionsCommand({}));
  expect(listed.CostCategoryReferences).toMatchObject([
    { Name: 'Team', EffectiveStart: '2026-11-03T00:00:00Z', Values: ['shop'] },
  ]);
});
