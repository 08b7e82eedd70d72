import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Operation } from '../world.ts';
import { pricePage, readPriceInput } from './price-pages.ts';
import { type Product, productsOf } from './product.ts';

const FORMAT = 'aws_v1';

const filter = z.object({
  Type: z.enum(['TERM_MATCH', 'EQUALS', 'CONTAINS', 'ANY_OF', 'NONE_OF']),
  Field: z.string().min(1).max(1024),
  Value: z.string().min(1).max(1024),
});
type Filter = z.output<typeof filter>;

const schema = z.object({
  ServiceCode: z.string(),
  Filters: z.array(filter).max(50).default([]),
  FormatVersion: z.enum([FORMAT]).default(FORMAT),
  MaxResults: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

/** Products of one service whose attributes match all filters, each as a JSON text. */
export const getProducts: Operation = (given, _caller, world) => {
  const input = readPriceInput(schema, given);
  const products = productsOf(world.estate).filter(({ serviceCode }) => serviceCode === input.ServiceCode);
  if (products.length === 0)
    throw new Refusal('NotFoundException', `The service ${input.ServiceCode.slice(0, 100)} was not found.`);
  const wanted = products.filter((product) => input.Filters.every((one) => matches(product, one)));
  const { page, next } = pricePage('GetProducts', wanted, input, world);
  return { FormatVersion: FORMAT, PriceList: page.map(({ text }) => text), ...next };
};

/** ANY_OF and NONE_OF take several values, apart by commas. */
function matches({ attributes }: Product, { Type: type, Field: field, Value: value }: Filter): boolean {
  const actual = attributes.get(field);
  if (type === 'NONE_OF') return actual === undefined || !value.split(',').includes(actual);
  if (actual === undefined) return false;
  if (type === 'CONTAINS') return actual.includes(value);
  if (type === 'ANY_OF') return value.split(',').includes(actual);
  return actual === value;
}
