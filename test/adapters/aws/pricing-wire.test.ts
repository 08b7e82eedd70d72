import { describe, expect, it } from 'vitest';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import type { PriceQuestion } from '../../../src/ledger/price.ts';
import { fixture } from './fixture.ts';
import { aConnection, refusal, scriptedAws } from './scripted-aws.ts';

const QUESTION: PriceQuestion = {
  serviceCode: 'AmazonEC2',
  regionId: 'ap-northeast-1',
  attributes: { instanceType: 'm5.large', operatingSystem: 'Linux' },
  term: 'onDemand',
};
const product = JSON.stringify(fixture('price-list-product.json'));
const source = () => awsCostSource(openAws({ maxAttempts: 1, now: () => new Date('2026-11-24T01:02:03Z') }));

describe('asking the price list', () => {
  it('asks each question once, by its attributes and its region', async () => {
    const bought: string[] = [];
    await using aws = await scriptedAws(() => ({ json: { PriceList: [product] } }));
    const prices = await source().pullPrices(aConnection(aws.url), [QUESTION, { ...QUESTION }], {
      pageBought: async (cost) => {
        bought.push(cost);
      },
    });
    expect(prices).toEqual([
      {
        question: QUESTION,
        answer: { kind: 'price', amountPerUnit: '0.124', unit: 'Hrs', currency: 'USD', sku: 'AAAABBBBCCCCDDDD' },
        readAt: '2026-11-24T01:02:03.000Z',
      },
    ]);
    expect(aws.requests).toHaveLength(1);
    expect(bought).toEqual(['0']);
    expect(aws.requests[0]?.body.Filters).toEqual([
      { Type: 'TERM_MATCH', Field: 'instanceType', Value: 'm5.large' },
      { Type: 'TERM_MATCH', Field: 'operatingSystem', Value: 'Linux' },
      { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'ap-northeast-1' },
    ]);
  });

  it('counts the products of all pages', async () => {
    await using aws = await scriptedAws(({ body }) => ({
      json: { PriceList: [product], ...(!body.NextToken && { NextToken: 'more' }) },
    }));
    const [price] = await source().pullPrices(aConnection(aws.url), [QUESTION], { pageBought: async () => {} });
    expect(price?.answer).toEqual({ kind: 'ambiguous', products: 2 });
  });

  it('names the permission when it is refused', async () => {
    await using aws = await scriptedAws(() => refusal('AccessDeniedException'));
    const asking = source().pullPrices(aConnection(aws.url), [QUESTION], { pageBought: async () => {} });
    await expect(asking).rejects.toMatchObject({
      code: 'ACCESS_DENIED_BY_AWS',
      message: expect.stringMatching(/allow pricing:GetProducts/),
    });
  });
});
