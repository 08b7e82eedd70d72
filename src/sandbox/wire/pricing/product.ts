import { createHash } from 'node:crypto';
import { exact } from '../../../kernel/money.ts';
import { decimal, units } from '../../estate/amounts.ts';
import { feesOf, OFFERS, type Offer, offerRate } from '../../estate/prices/offers.ts';
import type { Estate, SandboxPrice, TenBillionths } from '../../estate/types.ts';

/** Offer terms and rates have the same codes in every AWS price list (read in real GetProducts answers, 2022 and 2026). */
const ON_DEMAND = 'JRTCKXETXF';
const HOURLY_RATE = '6YS6EN2CT7';
const UPFRONT_FEE = '2TG2D8R56U';
/** Offer codes of reserved terms: the first of each class as in those answers, the others as public price lists of 2022 have them. */
const RESERVED_CODES: Readonly<Record<'standard' | 'convertible', Readonly<Record<string, string>>>> = {
  standard: {
    '1 No Upfront': '4NA7Y494T4',
    '1 Partial Upfront': 'HU7G6KETJZ',
    '1 All Upfront': '6QCMYABX3D',
    '3 No Upfront': 'BPH4J8HBKS',
    '3 Partial Upfront': '38NPMPTW36',
    '3 All Upfront': 'NQ3QZPMQV9',
  },
  convertible: {
    '1 No Upfront': '7NE97W5U4E',
    '1 Partial Upfront': 'CUZHX8X6JH',
    '1 All Upfront': 'VJWZNREJX2',
    '3 No Upfront': 'Z2E3P23VKM',
    '3 Partial Upfront': 'R5XV2EPZQZ',
    '3 All Upfront': 'MZU6U2429S',
  },
};

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
  return termOf(sku, ON_DEMAND, asOf, [{ code: HOURLY_RATE, unit: price.unit, amount: price.onDemand, description }], {});
}

/** Every offer of a Reserved Instance that has one: its fee as "Quantity", what is left as "Hrs". RDS sells no three years without a fee. */
function reservedTerms(price: SandboxPrice, sku: string, asOf: string): object {
  const classes = [
    ['standard', price.reserved1yNoUpfrontStandard],
    ['convertible', price.reserved1yNoUpfrontConvertible],
  ] as const;
  const terms = classes.flatMap(([offeringClass, oneYearNoUpfront]) => {
    if (oneYearNoUpfront === null) return [];
    return OFFERS.filter((offer) => isSold(price, offer)).map((offer) =>
      reservedTerm(price, sku, asOf, offer, offeringClass, units(oneYearNoUpfront)),
    );
  });
  const Reserved = Object.assign({}, ...terms) as object;
  return Object.keys(Reserved).length === 0 ? {} : { Reserved };
}

function isSold({ serviceCode }: SandboxPrice, { termYears, paymentOption }: Offer): boolean {
  return serviceCode !== 'AmazonRDS' || termYears === 1 || paymentOption !== 'No Upfront';
}

function reservedTerm(
  price: SandboxPrice,
  sku: string,
  asOf: string,
  offer: Offer,
  OfferingClass: keyof typeof RESERVED_CODES,
  oneYearNoUpfront: TenBillionths,
): object {
  const { upfront, recurring } = feesOf(offerRate(oneYearNoUpfront, offer), offer);
  const what = `${price.attributes.instanceType ?? ''} reserved instance applied`;
  const rates: Rate[] = [{ code: HOURLY_RATE, unit: 'Hrs', amount: decimal(recurring), description: what }];
  if (upfront > 0n) rates.push({ code: UPFRONT_FEE, unit: 'Quantity', amount: decimal(upfront), description: 'Upfront Fee' });
  const code = RESERVED_CODES[OfferingClass][`${offer.termYears} ${offer.paymentOption}`] ?? '';
  return termOf(sku, code, asOf, rates, {
    LeaseContractLength: `${offer.termYears}yr`,
    OfferingClass,
    PurchaseOption: offer.paymentOption,
  });
}

interface Rate {
  readonly code: string;
  readonly unit: string;
  readonly amount: string;
  readonly description: string;
}

function termOf(sku: string, offerTermCode: string, asOf: string, rates: readonly Rate[], termAttributes: object): object {
  const dimensions = rates.map(({ code, unit, amount, description }) => {
    const rateCode = `${sku}.${offerTermCode}.${code}`;
    const isTiered = unit !== 'Quantity';
    return [
      rateCode,
      {
        unit,
        ...(isTiered && { beginRange: '0', endRange: 'Inf' }),
        description,
        appliesTo: [],
        rateCode,
        pricePerUnit: { USD: exact(amount).toFixed(10) },
      },
    ] as const;
  });
  const effectiveDate = `${asOf.slice(0, 7)}-01T00:00:00Z`;
  const term = { priceDimensions: Object.fromEntries(dimensions), sku, effectiveDate, offerTermCode, termAttributes };
  return { [`${sku}.${offerTermCode}`]: term };
}
