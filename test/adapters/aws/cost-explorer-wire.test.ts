import { describe, expect, it } from 'vitest';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import type { Charge } from '../../../src/ledger/charge.ts';
import { COST_SLICES, RESOURCE_SLICES, type Slice } from '../../../src/ledger/slice.ts';
import type { SlicePull } from '../../../src/operations/ports/cost-source.ts';
import { aConnection, PAYER, refusal, type Script, type ScriptedAws, scriptedAws } from './scripted-aws.ts';

const WINDOW = { start: '2026-11-01', end: '2026-11-04' };
const bySlice = (id: string): Slice => [...COST_SLICES, ...RESOURCE_SLICES].find((item) => item.id === id) as Slice;

const metrics = (amount = '1') =>
  Object.fromEntries(['NetUnblendedCost', 'NetAmortizedCost'].map((name) => [name, { Amount: amount, Unit: 'USD' }]));
const page = (services: readonly string[], NextPageToken?: string) => ({
  json: {
    ...(NextPageToken && { NextPageToken }),
    ResultsByTime: [
      {
        TimePeriod: { Start: '2026-11-01', End: '2026-11-02' },
        Total: {},
        Groups: services.map((service) => ({ Keys: [PAYER, service], Metrics: metrics() })),
        Estimated: true,
      },
    ],
  },
});

interface Pulled {
  readonly charges: Charge[];
  readonly bought: string[];
  readonly pull: SlicePull;
}

async function pulled(aws: ScriptedAws, slice: Slice = bySlice('account-service'), window = WINDOW): Promise<Pulled> {
  const bought: string[] = [];
  const source = awsCostSource(openAws({ maxAttempts: 1 }));
  const pull = source.pullSlice(aConnection(aws.url), slice, window, {
    pageBought: async (cost) => {
      bought.push(cost);
    },
  });
  return { charges: (await Array.fromAsync(pull.charges)).flat(), bought, pull };
}

/** Page by page from a list of tokens: the first request has none. */
const book =
  (pages: readonly { readonly services: readonly string[] }[]): Script =>
  ({ body }) => {
    const at = body.NextPageToken ? Number(body.NextPageToken.slice(5)) : 0;
    return page(pages[at]?.services ?? [], at + 1 < pages.length ? `page-${at + 1}` : undefined);
  };

describe('reading a slice page by page', () => {
  it.each([1, 2, 7])('follows %i pages to the end, each noted as bought', async (count) => {
    await using aws = await scriptedAws(book(Array.from({ length: count }, (_, at) => ({ services: [`service ${at}`] }))));
    const { charges, bought } = await pulled(aws);
    expect(charges.map((charge) => charge.serviceName)).toEqual(Array.from({ length: count }, (_, at) => `service ${at}`));
    expect(bought).toEqual(Array(count).fill('0.01'));
  });

  it('goes on over an empty page in the middle and an empty one at the end', async () => {
    await using aws = await scriptedAws(book([{ services: ['a'] }, { services: [] }, { services: ['b'] }, { services: [] }]));
    expect((await pulled(aws)).charges.map((charge) => charge.serviceName)).toEqual(['a', 'b']);
  });

  it('stops at a token that comes twice', async () => {
    await using aws = await scriptedAws((_request, count) => page([`service ${count}`], 'page-again'));
    await expect(pulled(aws)).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
      message: expect.stringMatching(/token twice/),
    });
    expect(aws.requests).toHaveLength(2);
  });

  it('refuses pages that hold the same line twice', async () => {
    await using aws = await scriptedAws(book([{ services: ['a'] }, { services: ['a'] }]));
    await expect(pulled(aws)).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
      message: expect.stringMatching(/same line/),
    });
  });

  it.each(['InvalidNextTokenException', 'RequestChangedException'])('starts the window anew after %s', async (type) => {
    let refused = false;
    await using aws = await scriptedAws(({ body }) => {
      if (!body.NextPageToken) return page(['a'], 'page-1');
      if (refused) return page(['b']);
      refused = true;
      return refusal(type);
    });
    const { charges, bought } = await pulled(aws);
    expect(charges.map((charge) => charge.serviceName)).toEqual(['a', 'b']);
    expect(bought).toHaveLength(3);
  });

  it('gives up when the token is refused a third time', async () => {
    await using aws = await scriptedAws(({ body }) =>
      body.NextPageToken ? refusal('InvalidNextTokenException') : page(['a'], 'page-1'),
    );
    await expect(pulled(aws)).rejects.toMatchObject({ code: 'SOURCE_ANSWER_UNREADABLE' });
    expect(aws.requests).toHaveLength(6);
  });

  it('hands nothing on of a window that breaks off', async () => {
    await using aws = await scriptedAws(({ body }) =>
      body.NextPageToken ? refusal('DataUnavailableException') : page(['a'], 'page-1'),
    );
    const batches: unknown[] = [];
    const { charges } = awsCostSource(openAws({ maxAttempts: 1 })).pullSlice(
      aConnection(aws.url),
      bySlice('account-service'),
      WINDOW,
      {
        pageBought: async () => {},
      },
    );
    const reading = (async () => {
      for await (const batch of charges) batches.push(batch);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'DATA_UNAVAILABLE' });
    expect(batches).toEqual([]);
  });

  it('buys no page when the buyer says stop', async () => {
    let left = 1;
    await using aws = await scriptedAws(book([{ services: ['a'] }, { services: ['b'] }]));
    const pull = awsCostSource(openAws()).pullSlice(aConnection(aws.url), bySlice('account-service'), WINDOW, {
      beforePage: () => {
        if (left-- === 0) throw new Error('the budget is spent');
      },
      pageBought: async () => {},
    });
    await expect(Array.fromAsync(pull.charges)).rejects.toThrow('the budget is spent');
    expect(aws.requests).toHaveLength(1);
  });
});

describe('the question', () => {
  it('names metrics, groups and filter, and speaks JSON 1.1 with a signature', async () => {
    await using aws = await scriptedAws(book([{ services: ['a'] }]));
    await pulled(aws, bySlice('account-service-running'));
    expect(aws.requests[0]).toMatchObject({
      target: 'AWSInsightsIndexService.GetCostAndUsage',
      contentType: 'application/x-amz-json-1.1',
      body: {
        TimePeriod: { Start: '2026-11-01', End: '2026-11-04' },
        Granularity: 'DAILY',
        Metrics: ['NetUnblendedCost', 'UnblendedCost', 'NetAmortizedCost', 'AmortizedCost'],
        GroupBy: [
          { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
          { Type: 'DIMENSION', Key: 'SERVICE' },
        ],
        Filter: { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund', 'Support', 'Tax'] } } },
      },
    });
    expect(aws.requests[0]?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=sandbox\/\d{8}\/[\w-]+\/ce\//);
  });

  it('asks for quantities by usage type alone, and joins two filters with And', async () => {
    await using aws = await scriptedAws(() => page([]));
    await pulled(aws, bySlice('account-usage-type-on-demand'));
    expect(aws.requests[0]?.body.Metrics).toContain('UsageQuantity');
    expect(aws.requests[0]?.body.Filter.And).toHaveLength(2);
  });

  it('cuts a long history into pieces of two months', async () => {
    await using aws = await scriptedAws(() => ({ json: { ResultsByTime: [] } }));
    await pulled(aws, bySlice('account-service'), { start: '2025-10-01', end: '2026-11-24' });
    expect(aws.requests.map(({ body }) => [body.TimePeriod.Start, body.TimePeriod.End])).toEqual([
      ['2025-10-01', '2025-12-01'],
      ['2025-12-01', '2026-02-01'],
      ['2026-02-01', '2026-04-01'],
      ['2026-04-01', '2026-06-01'],
      ['2026-06-01', '2026-08-01'],
      ['2026-08-01', '2026-10-01'],
      ['2026-10-01', '2026-11-24'],
    ]);
  });

  it('asks the controls ungrouped with the same filter, and pays for them too', async () => {
    await using aws = await scriptedAws(({ body }) =>
      body.GroupBy
        ? page(['a'])
        : {
            json: {
              ResultsByTime: [
                { TimePeriod: { Start: '2026-11-01', End: '2026-11-02' }, Total: metrics('7.5'), Groups: [], Estimated: false },
              ],
            },
          },
    );
    const { pull, bought } = await pulled(aws, bySlice('account-service-running'));
    expect(await pull.controls()).toEqual([
      { day: '2026-11-01', billedCost: '7.5', effectiveCost: '7.5', currency: 'USD', estimated: false },
    ]);
    expect(aws.requests[1]?.body.Filter).toEqual(aws.requests[0]?.body.Filter);
    expect(bought).toEqual(['0.01', '0.01']);
  });
});

describe('a slice by resource', () => {
  const EC2 = 'resource:Amazon Elastic Compute Cloud - Compute';
  const window = { start: '2026-11-10', end: '2026-11-24' };
  const group = (...Keys: string[]) => ({ Keys, Metrics: metrics() });
  const answers: Readonly<Record<string, unknown[]>> = {
    USAGE_TYPE: [
      group('i-1', 'APN1-BoxUsage:m5.large'),
      group('i-2', 'BoxUsage:t3.micro'),
      group('NoResourceId', 'APN1-BoxUsage:m5.large'),
    ],
    LINKED_ACCOUNT: [
      group('i-1', '444455556666'),
      group('i-2', '444455556666'),
      group('i-2', PAYER),
      group('NoResourceId', PAYER),
    ],
    OPERATION: [group('i-1', 'RunInstances:0002'), group('i-1', 'InterZone-In'), group('i-2', 'RunInstances')],
  };
  const script: Script = ({ body }) => ({
    json: {
      ResultsByTime: [
        {
          TimePeriod:
            body.Granularity === 'DAILY' ? { Start: '2026-11-10', End: '2026-11-11' } : { Start: window.start, End: window.end },
          Total: {},
          Groups: answers[body.GroupBy[1].Key],
          Estimated: true,
        },
      ],
    },
  });

  it('joins usage, account and platform by resource', async () => {
    await using aws = await scriptedAws(script);
    const { charges, pull, bought } = await pulled(aws, bySlice(EC2), window);
    expect(charges.map(({ resourceId, subAccountId, regionId }) => [resourceId, subAccountId, regionId])).toEqual([
      ['i-1', '444455556666', 'ap-northeast-1'],
      ['i-2', null, 'us-east-1'],
      [null, null, 'ap-northeast-1'],
    ]);
    expect(pull.observed().resources).toMatchObject([
      { resourceId: 'i-1', operation: 'RunInstances:0002', accountId: '444455556666' },
    ]);
    expect(new Set(aws.requests.map((request) => request.operation))).toEqual(new Set(['GetCostAndUsageWithResources']));
    expect(bought).toHaveLength(3);
  });

  it.each([
    ['DataUnavailableException', 'DATA_UNAVAILABLE'],
    ['AccessDeniedException', 'ACCESS_DENIED_BY_AWS'],
  ])('says what to switch on after %s', async (type, code) => {
    await using aws = await scriptedAws(() => refusal(type));
    await expect(pulled(aws, bySlice(EC2), window)).rejects.toMatchObject({
      code,
      nextStep: expect.stringMatching(/switch on resource-level data/i),
    });
  });
});
