import { isDay } from '../../../kernel/calendar.ts';
import { type DecimalString, Exact, exact, isPlainDecimal, plain } from '../../../kernel/money.ts';
import type { PriceAnswer, PriceTerm } from '../../../ledger/price.ts';
import { unreadable } from '../request.ts';
import { type Offer, type PriceDimension, Product } from './schema.ts';

/** An upfront fee is spread over the hours of a year of 365 days, as AWS does for its effective hourly price. */
const HOURS_PER_YEAR = 8760;

/** The answer to one question from the products that its attributes name: none and several are answers too. */
export function priceAnswerOf(products: readonly unknown[], term: PriceTerm): PriceAnswer {
  if (products.length === 0) return { kind: 'notFound' };
  if (products.length > 1) return { kind: 'ambiguous', products: products.length };
  const product = readProduct(products[0]);
  return term === 'onDemand' ? onDemandPrice(product) : reservedPrice(product, term);
}

/** The SDK hands each product on as a JSON text in an object of its own. */
function readProduct(item: unknown): Product {
  try {
    return Product.parse(JSON.parse(String(item)));
  } catch (error) {
    throw unreadable('A product of the AWS price list', error instanceof SyntaxError ? 'it is not JSON' : 'parts are missing');
  }
}

/** Tiered prices start at 0: the first tier is what the next unit of a small user costs. */
function onDemandPrice(product: Product): PriceAnswer {
  const [offer] = Object.values(product.terms.OnDemand ?? {});
  const first = offer && dimensionsOf(offer).find(({ beginRange }) => !beginRange || Number(beginRange) === 0);
  const price = first && amountOf(first);
  if (!first || !price) return { kind: 'notFound' };
  return {
    kind: 'price',
    amountPerUnit: plain(exact(price.amount)),
    unit: first.unit,
    currency: price.currency,
    sku: product.product.sku,
    ...since(offer),
  };
}

function reservedPrice(product: Product, term: ReservedTerm): PriceAnswer {
  const [, years = '', payment = '', offeringClass = ''] = RESERVED.exec(term) ?? [];
  const offer = Object.values(product.terms.Reserved ?? {}).find(
    ({ termAttributes }) =>
      termAttributes?.LeaseContractLength === `${years}yr` &&
      termAttributes.PurchaseOption?.replaceAll(' ', '') === payment &&
      // RDS has one class and names none.
      (termAttributes.OfferingClass ?? 'standard') === offeringClass.toLowerCase(),
  );
  const hourly = offer && dimensionsOf(offer).find(({ unit }) => /^Hrs$/i.test(unit));
  const price = hourly && amountOf(hourly);
  if (!offer || !price) return { kind: 'notFound' };
  const upfront = dimensionsOf(offer).find(({ unit }) => unit === 'Quantity');
  const fee = (upfront && amountOf(upfront)?.amount) ?? '0';
  const effective = exact(price.amount)
    .plus(new Exact(fee).div(HOURS_PER_YEAR * Number(years)))
    .toDecimalPlaces(10);
  return {
    kind: 'price',
    amountPerUnit: plain(effective),
    unit: 'Hrs',
    currency: price.currency,
    sku: product.product.sku,
    ...since(offer),
    ...(!exact(fee).isZero() && { upfront: plain(exact(fee)), recurringPerUnit: plain(exact(price.amount)) }),
  };
}

type ReservedTerm = Exclude<PriceTerm, 'onDemand'>;
const RESERVED = /^reserved(\d)y(NoUpfront|PartialUpfront|AllUpfront)(Standard|Convertible)$/;

/** The day from which the offer holds. */
function since({ effectiveDate }: Offer): { readonly effectiveFrom?: string } {
  const day = effectiveDate?.slice(0, 10) ?? '';
  return isDay(day) ? { effectiveFrom: day } : {};
}

function dimensionsOf(offer: Offer): PriceDimension[] {
  return Object.values(offer.priceDimensions);
}

/** US dollars where there are any (CNY in the China partition). */
function amountOf({ pricePerUnit }: PriceDimension): { amount: DecimalString; currency: string } | null {
  const currency = 'USD' in pricePerUnit ? 'USD' : Object.keys(pricePerUnit)[0];
  const amount = currency === undefined ? undefined : pricePerUnit[currency];
  if (currency === undefined || amount === undefined || !isPlainDecimal(amount)) return null;
  return { amount, currency };
}
