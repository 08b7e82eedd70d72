import { describe, expect, it } from 'vitest';
import { decimal, units } from '../../../src/sandbox/estate/amounts.ts';
import { createEstate, halfOf, halfOfClass, successorOf } from '../../../src/sandbox/estate/index.ts';

const prices = createEstate({ seed: 1, asOf: '2026-11-24', resources: 60 }).prices();

describe('the price list of the fictional world', () => {
  it('names each product once and says where its price is from', () => {
    const names = prices.map(({ serviceCode, attributes }) =>
      [serviceCode, attributes.usagetype, attributes.operation, attributes.operatingSystem, attributes.databaseEngine].join('|'),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(prices.every(({ source }) => /\d{4}-\d{2}|^invented/.test(source))).toBe(true);
  });

  it('has the published prices of m5.large', () => {
    const find = (regionId: string, operatingSystem: string) =>
      prices.find(
        (price) =>
          price.regionId === regionId &&
          price.attributes.instanceType === 'm5.large' &&
          price.attributes.operatingSystem === operatingSystem,
      );
    expect(find('us-east-1', 'Linux')).toMatchObject({
      onDemand: '0.096',
      reserved1yNoUpfrontStandard: '0.061',
      reserved1yNoUpfrontConvertible: '0.071',
    });
    expect(find('us-east-1', 'Windows')?.onDemand).toBe('0.188');
    expect(find('ap-northeast-1', 'Linux')?.onDemand).toBe('0.124');
    // The licence costs the same under a commitment: 0.099 + 0.092.
    expect(find('ap-northeast-1', 'Windows')?.reserved1yNoUpfrontConvertible).toBe('0.191');
  });

  it('makes a commitment cheaper than on demand, everywhere', () => {
    for (const { onDemand, reserved1yNoUpfrontConvertible: convertible } of prices) {
      if (convertible !== null) expect(units(convertible)).toBeLessThan(units(onDemand));
    }
  });

  it('knows the next smaller size and the current generation', () => {
    expect([halfOf('m5.4xlarge'), halfOf('t3.nano'), halfOfClass('db.r5.xlarge'), halfOfClass('db.r5.large')]).toEqual([
      'm5.2xlarge',
      null,
      'db.r5.large',
      null,
    ]);
    expect([successorOf('m4.xlarge'), successorOf('t2.large'), successorOf('m5.large')]).toEqual(['m5.xlarge', 't3.large', null]);
  });
});

describe('amounts', () => {
  it('come back as they went in', () => {
    for (const text of ['0', '0.0000000001', '-12.34', '1050', '0.1']) expect(decimal(units(text))).toBe(text);
    expect(() => units('1e3')).toThrow(/not a decimal/);
  });
});
