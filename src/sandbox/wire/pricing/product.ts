import { createHash } from 'node:crypto';
import { exact } from '../../../kernel/money.ts';
import type { Estate, SandboxPrice } from '../../estate/types.ts';

/** Offer terms and rates have the same codes in every AWS price list (read in real GetProducts answers, 2022 and 2026). */
const ON_DEMAND = 'JRTCKXETXF';
const HOURLY_RATE = '6YS6EN2CT7';
const RESERVED_STANDARD = '4NA7Y494T4';
const RESERVED_CONVERTIBLE = '7NE97W5U4E';

/** Location names of the price list, where it has them. */
const LOCATIONS: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'US East (N. Virginia)'],
  ['ap-northeast-1', 'Asia Pacific (Tokyo)'],
]);

/** A product as GetProducts answers it, and the attributes that filters look at. */
export interface Product {
  readonly serviceCode: string;
  readonly sku: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The item of `PriceList`: a JSON text. */
  readonly text: string;
}

const known = new WeakMap<Estate, readonly Product[]>();

/** All products of the estate's price list, in an order that never changes. */
export function productsOf(estate: Estate): readonly Product[] {
  const products = known.get(estate) ?? estate.prices().map((price) => productOf(price, estate));
  known.set(estate, products);
  return products;
}

function productOf(price: SandboxPrice, { asOf }: Estate): Product {
  const { productFamily, ...attributes } = {
    ...price.attributes,
    servicecode: price.serviceCode,
    regionCode: price.regionId,
    locationType: 'AWS Region',
    location: LOCATIONS.get(price.regionId) ?? price.regionId,
  } as Record<string, string>;
  const sku = skuOf(price);
  const item = {
    product: { ...(productFamily && { productFamily }), attributes, sku },
    serviceCode: price.serviceCode,
    terms: { OnDemand: onDemandTerms(price, sku, asOf), ...reservedTerms(price, sku, asOf) },
    version: `${asOf.replaceAll('-', '')}000000`,
    publicationDate: `${asOf}T00:00:00Z`,
  };
  const filterable = { ...attributes, sku, ...(productFamily && { productFamily }) };
  return { serviceCode: price.serviceCode, sku, attributes: new Map(Object.entries(filterable)), text: JSON.stringify(item) };
}

/** Sixteen capitals and digits, from what makes the product that product. */
function skuOf({ serviceCode, regionId, attributes, unit }: SandboxPrice): string {
  const parts = [serviceCode, regionId, unit, ...Object.entries(attributes).sort().flat()];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return BigInt(`0x${hash}`).toString(36).toUpperCase().slice(0, 16).padStart(16, '0');
}

function onDemandTerms(price: SandboxPrice, sku: string, asOf: string): object {
  const what = price.attributes.instanceType ?? price.attributes.usagetype ?? price.serviceCode;
  const description = `$${price.onDemand} per ${price.unit} of ${what} in ${price.regionId}`;
  return termOf(sku, ON_DEMAND, asOf, { unit: price.unit, amount: price.onDemand, description }, {});
}

function reservedTerms(price: SandboxPrice, sku: string, asOf: string): object {
  const offers = [
    [RESERVED_STANDARD, 'standard', price.reserved1yNoUpfrontStandard],
    [RESERVED_CONVERTIBLE, 'convertible', price.reserved1yNoUpfrontConvertible],
  ] as const;
  const terms = offers.map(([code, OfferingClass, amount]) =>
    amount === null
      ? {}
      : termOf(
          sku,
          code,
          asOf,
          { unit: 'Hrs', amount, description: `${price.attributes.instanceType ?? ''} reserved instance applied` },
          { LeaseContractLength: '1yr', OfferingClass, PurchaseOption: 'No Upfront' },
        ),
  );
  const Reserved = Object.assign({}, ...terms) as object;
  return Object.keys(Reserved).length === 0 ? {} : { Reserved };
}

function termOf(
  sku: string,
  offerTermCode: string,
  asOf: string,
  rate: { readonly unit: string; readonly amount: string; readonly description: string },
  termAttributes: object,
): object {
  const rateCode = `${sku}.${offerTermCode}.${HOURLY_RATE}`;
  const dimension = {
    unit: rate.unit,
    beginRange: '0',
    endRange: 'Inf',
    description: rate.description,
    appliesTo: [],
    rateCode,
    pricePerUnit: { USD: exact(rate.amount).toFixed(10) },
  };
  const effectiveDate = `${asOf.slice(0, 7)}-01T00:00:00Z`;
  const term = { priceDimensions: { [rateCode]: dimension }, sku, effectiveDate, offerTermCode, termAttributes };
  return { [`${sku}.${offerTermCode}`]: term };
}
