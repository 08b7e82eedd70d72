import { describe, expect, it } from 'vitest';
import { priceAnswerOf } from '../../../src/adapters/aws/pricing/mapper.ts';
import { fixture } from './fixture.ts';

const product = JSON.stringify(fixture('price-list-product.json'));
const tiered = JSON.stringify(fixture('price-list-tiered.json'));

describe('a list price', () => {
  it('is the on-demand rate of the one product', () => {
    expect(priceAnswerOf([product], 'onDemand')).toEqual({
      kind: 'price',
      amountPerUnit: '0.124',
      unit: 'Hrs',
      currency: 'USD',
      sku: 'AAAABBBBCCCCDDDD',
    });
  });

  it('is the first tier of a tiered price', () => {
    expect(priceAnswerOf([tiered], 'onDemand')).toMatchObject({ amountPerUnit: '0.114', unit: 'GB' });
  });

  it('is the effective hourly rate of a reserved term, its fee spread over the year', () => {
    expect(priceAnswerOf([product], 'reserved1yNoUpfrontStandard')).toMatchObject({ amountPerUnit: '0.078' });
    expect(priceAnswerOf([product], 'reserved1yNoUpfrontConvertible')).toMatchObject({ amountPerUnit: '0.091' });
  });

  it('is exact for every term and payment that is sold, with its fee and its day', () => {
    const dated = fixture('price-list-product.json');
    for (const offer of Object.values(dated.terms.Reserved))
      Object.assign(offer as object, { effectiveDate: '2026-10-01T00:00:00Z' });
    const text = JSON.stringify(dated);
    // 323 dollars over 8,760 hours beside 0.037 an hour.
    expect(priceAnswerOf([text], 'reserved1yPartialUpfrontStandard')).toEqual({
      kind: 'price',
      amountPerUnit: '0.0738721461',
      unit: 'Hrs',
      currency: 'USD',
      sku: 'AAAABBBBCCCCDDDD',
      effectiveFrom: '2026-10-01',
      upfront: '323',
      recurringPerUnit: '0.037',
    });
    expect(priceAnswerOf([text], 'reserved3yNoUpfrontStandard')).toMatchObject({ amountPerUnit: '0.053' });
    expect(priceAnswerOf([text], 'reserved3yAllUpfrontConvertible')).toEqual({ kind: 'notFound' });
    expect(priceAnswerOf([text], 'onDemand')).not.toHaveProperty('effectiveFrom');
  });

  it('is not found when there is no product, or no such term', () => {
    expect(priceAnswerOf([], 'onDemand')).toEqual({ kind: 'notFound' });
    expect(priceAnswerOf([tiered], 'reserved1yNoUpfrontStandard')).toEqual({ kind: 'notFound' });
  });

  it('is ambiguous when the attributes name several products', () => {
    expect(priceAnswerOf([product, tiered, product], 'onDemand')).toEqual({ kind: 'ambiguous', products: 3 });
  });

  it('is an error, not an absence, when the product cannot be read', () => {
    expect(() => priceAnswerOf([product.slice(0, 40)], 'onDemand')).toThrow(/not JSON/);
    expect(() => priceAnswerOf(['{"product":{}}'], 'onDemand')).toThrow(/missing/);
  });
});
