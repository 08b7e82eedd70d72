import {
  GetDimensionValuesCommand,
  type GetDimensionValuesCommandInput,
  GetTagsCommand,
  type GetTagsCommandInput,
} from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import type { EstateResource } from '../../../src/sandbox/estate/types.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const TimePeriod = { Start: '2026-11-01', End: '2026-11-10' };
const LINES = [
  { accountId: SHOP, serviceName: 'A', resourceId: 'i-1', unblendedCost: usd('1') },
  { accountId: SHOP, serviceName: 'B', resourceId: 'i-2', unblendedCost: usd('3') },
  { accountId: LEDGER, serviceName: 'C', resourceId: 'i-3', unblendedCost: usd('2') },
  { accountId: LEDGER, serviceName: 'long gone', until: '2026-10-20' },
];
const RESOURCES: readonly Partial<EstateResource>[] = [
  { accountId: SHOP, resourceId: 'i-1', tags: { env: 'prod', team: 'x' } },
  { accountId: SHOP, resourceId: 'i-2', tags: { env: 'dev', __proto__x: 'y' } },
  { accountId: LEDGER, resourceId: 'unbilled', tags: { never: 'seen' } },
];

const client = async () => clientsOf(await serveForTest(tinyEstate({ lines: LINES, resources: RESOURCES }))).costExplorer;
const dimension = async (input: Partial<GetDimensionValuesCommandInput>) =>
  (await client()).send(new GetDimensionValuesCommand({ TimePeriod, Dimension: 'SERVICE', ...input }));
const tags = async (input: Partial<GetTagsCommandInput>) => (await client()).send(new GetTagsCommand({ TimePeriod, ...input }));

describe('GetDimensionValues', () => {
  it('names the accounts', async () => {
    const answer = await dimension({ Dimension: 'LINKED_ACCOUNT' });
    expect(answer).toMatchObject({
      DimensionValues: [
        { Value: SHOP, Attributes: { description: 'Shop & Co "本店"' } },
        { Value: LEDGER, Attributes: { description: 'Ledger' } },
      ],
      ReturnSize: 2,
      TotalSize: 2,
    });
  });

  it('knows only what was active in the period', async () => {
    expect((await dimension({})).DimensionValues?.map(({ Value }) => Value)).toEqual(['A', 'B', 'C']);
  });

  it('searches and filters', async () => {
    const Filter = { Dimensions: { Key: 'LINKED_ACCOUNT' as const, Values: [SHOP] } };
    expect((await dimension({ Filter })).DimensionValues?.map(({ Value }) => Value)).toEqual(['A', 'B']);
    expect((await dimension({ SearchString: 'b' })).DimensionValues?.map(({ Value }) => Value)).toEqual(['B']);
  });

  it('sorts by cost', async () => {
    const answer = await dimension({ SortBy: [{ Key: 'UnblendedCost', SortOrder: 'DESCENDING' }] });
    expect(answer.DimensionValues?.map(({ Value }) => Value)).toEqual(['B', 'C', 'A']);
  });

  it('comes in pages, each with the size of all', async () => {
    const sender = await client();
    const first = await sender.send(new GetDimensionValuesCommand({ TimePeriod, Dimension: 'SERVICE', MaxResults: 2 }));
    expect([first.ReturnSize, first.TotalSize]).toEqual([2, 3]);
    const input = { TimePeriod, Dimension: 'SERVICE' as const, MaxResults: 2, NextPageToken: first.NextPageToken };
    const last = await sender.send(new GetDimensionValuesCommand(input));
    expect([last.DimensionValues?.map(({ Value }) => Value), last.NextPageToken]).toEqual([['C'], undefined]);
    const other = sender.send(new GetDimensionValuesCommand({ ...input, Dimension: 'REGION' }));
    await expect(other).rejects.toMatchObject({ name: 'RequestChangedException' });
  });

  it('refuses more than a thousand a page and dimensions that it does not know', async () => {
    await expect(dimension({ MaxResults: 1001 })).rejects.toThrow(
      /at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000/,
    );
    await expect(dimension({ Dimension: 'AZ' })).rejects.toThrow('Dimension AZ is not allowed.');
  });
});

describe('GetTags', () => {
  it('lists the keys of resources on the bill', async () => {
    expect(await tags({})).toMatchObject({ Tags: ['__proto__x', 'env', 'team'], ReturnSize: 3, TotalSize: 3 });
  });

  it('lists the values of one key, the empty one for lines without it', async () => {
    expect((await tags({ TagKey: 'env' })).Tags).toEqual(['', 'dev', 'prod']);
  });
});
