import { DescribeServicesCommand, type Filter, GetAttributeValuesCommand, GetProductsCommand } from '@aws-sdk/client-pricing';
import { describe, expect, it } from 'vitest';
import type { SandboxPrice } from '../../../src/sandbox/estate/types.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { tinyEstate } from './tiny-estate.ts';

interface PriceDimension {
  readonly unit: string;
  readonly pricePerUnit: { readonly USD: string };
}

const price = (instanceType: string, regionId: string, onDemand: string, reserved: string | null = null): SandboxPrice => ({
  serviceCode: 'AmazonEC2',
  regionId,
  attributes: { instanceType, operatingSystem: 'Linux', productFamily: 'Compute Instance' },
  unit: 'Hrs',
  onDemand,
  reserved1yNoUpfrontStandard: reserved,
  reserved1yNoUpfrontConvertible: null,
  source: 'invented',
});
const GP3: SandboxPrice = {
  ...price('', 'us-east-1', '0.08'),
  attributes: { volumeApiName: 'gp3', productFamily: 'Storage' },
  unit: 'GB-Mo',
};
const PRICES = [
  price('m5.large', 'us-east-1', '0.096', '0.061'),
  price('m5.large', 'ap-northeast-1', '0.124'),
  price('m5.xlarge', 'us-east-1', '0.192'),
  GP3,
  { ...GP3, serviceCode: 'AmazonRDS' },
];
const client = async () => clientsOf(await serveForTest(tinyEstate({ prices: PRICES })), { region: 'us-east-1' }).pricing;
const where = (Field: string, Value: string, Type: Filter['Type'] = 'TERM_MATCH'): Filter => ({ Type, Field, Value });

async function products(...Filters: Filter[]) {
  const { PriceList = [] } = await (await client()).send(
    new GetProductsCommand({ ServiceCode: 'AmazonEC2', FormatVersion: 'aws_v1', Filters }),
  );
  return PriceList.map((text: unknown) => JSON.parse(String(text)));
}

describe('GetProducts', () => {
  it('answers a product as a JSON text with its terms', async () => {
    const [product, ...others] = await products(where('instanceType', 'm5.large'), where('regionCode', 'us-east-1'));
    expect(others).toEqual([]);
    const { sku } = product.product;
    expect(sku).toMatch(/^[0-9A-Z]{16}$/);
    expect(product).toMatchObject({
      serviceCode: 'AmazonEC2',
      product: {
        productFamily: 'Compute Instance',
        attributes: { servicecode: 'AmazonEC2', location: 'US East (N. Virginia)', instanceType: 'm5.large' },
      },
      terms: {
        OnDemand: {
          [`${sku}.JRTCKXETXF`]: {
            offerTermCode: 'JRTCKXETXF',
            priceDimensions: {
              [`${sku}.JRTCKXETXF.6YS6EN2CT7`]: {
                unit: 'Hrs',
                beginRange: '0',
                endRange: 'Inf',
                pricePerUnit: { USD: '0.0960000000' },
              },
            },
          },
        },
        Reserved: {
          [`${sku}.4NA7Y494T4`]: {
            priceDimensions: { [`${sku}.4NA7Y494T4.6YS6EN2CT7`]: { pricePerUnit: { USD: '0.0610000000' } } },
            termAttributes: { LeaseContractLength: '1yr', OfferingClass: 'standard', PurchaseOption: 'No Upfront' },
          },
        },
      },
    });
    expect(Object.keys(product.terms.Reserved)).toHaveLength(6);
  });

  it('offers a Reserved Instance for each term and payment, whose fee and hours are one price', async () => {
    const [product] = await products(where('instanceType', 'm5.large'), where('regionCode', 'us-east-1'));
    const offers: { termAttributes: Record<string, string>; priceDimensions: Record<string, PriceDimension> }[] = Object.values(
      product.terms.Reserved,
    );
    const hourly = offers.map(({ termAttributes, priceDimensions }) => {
      const hours = termAttributes.LeaseContractLength === '3yr' ? 26_280 : 8_760;
      const amountIn = (unit: string) =>
        Number(Object.values(priceDimensions).find((dimension) => dimension.unit === unit)?.pricePerUnit.USD ?? 0);
      return [
        `${termAttributes.LeaseContractLength} ${termAttributes.PurchaseOption}`,
        (amountIn('Hrs') + amountIn('Quantity') / hours).toFixed(3),
      ];
    });
    expect(Object.fromEntries(hourly)).toEqual({
      '1yr No Upfront': '0.061',
      '1yr Partial Upfront': '0.058',
      '1yr All Upfront': '0.057',
      '3yr No Upfront': '0.042',
      '3yr Partial Upfront': '0.039',
      '3yr All Upfront': '0.038',
    });
  });

  it('has no Reserved terms where there is no such offer', async () => {
    const [product] = await products(where('regionCode', 'ap-northeast-1'));
    expect(Object.keys(product.terms)).toEqual(['OnDemand']);
  });

  it.each<[string, Filter[], number]>([
    ['nothing: the whole service', [], 4],
    ['TERM_MATCH, the whole value', [where('instanceType', 'm5')], 0],
    ['EQUALS', [where('instanceType', 'm5.xlarge', 'EQUALS')], 1],
    ['CONTAINS', [where('instanceType', 'large', 'CONTAINS')], 3],
    ['ANY_OF', [where('instanceType', 'm5.xlarge,m5.large', 'ANY_OF')], 3],
    ['NONE_OF, met by what lacks the attribute too', [where('instanceType', 'm5.large', 'NONE_OF')], 2],
    ['the product family', [where('productFamily', 'Storage')], 1],
    ['all of several', [where('instanceType', 'm5.large'), where('regionCode', 'us-east-1')], 1],
    ['an attribute that nothing has', [where('colour', 'blue')], 0],
  ])('filters by %s', async (_what, filters, count) => {
    expect(await products(...filters)).toHaveLength(count);
  });

  it('comes in pages', async () => {
    const sender = await client();
    const input = { ServiceCode: 'AmazonEC2', MaxResults: 3 };
    const first = await sender.send(new GetProductsCommand(input));
    const last = await sender.send(new GetProductsCommand({ ...input, NextToken: first.NextToken }));
    expect([first.PriceList?.length, last.PriceList?.length, last.NextToken]).toEqual([3, 1, undefined]);
    const other = sender.send(new GetProductsCommand({ ...input, ServiceCode: 'AmazonRDS', NextToken: first.NextToken }));
    await expect(other).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  it('refuses unknown services and pages of more than a hundred', async () => {
    const sender = await client();
    await expect(sender.send(new GetProductsCommand({ ServiceCode: 'AmazonTea' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    await expect(sender.send(new GetProductsCommand({ ServiceCode: 'AmazonEC2', MaxResults: 101 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('the rest of the price list', () => {
  it('describes its services', async () => {
    const { Services } = await (await client()).send(new DescribeServicesCommand({}));
    expect(Services?.map(({ ServiceCode }) => ServiceCode)).toEqual(['AmazonEC2', 'AmazonRDS']);
    expect(Services?.[0]?.AttributeNames).toEqual(expect.arrayContaining(['instanceType', 'volumeApiName', 'regionCode']));
  });

  it('lists the values of an attribute', async () => {
    const command = new GetAttributeValuesCommand({ ServiceCode: 'AmazonEC2', AttributeName: 'instanceType' });
    expect((await (await client()).send(command)).AttributeValues).toEqual([{ Value: 'm5.large' }, { Value: 'm5.xlarge' }]);
  });
});
