import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Operation } from '../world.ts';
import { pricePage, readPriceInput } from './price-pages.ts';
import { productsOf } from './product.ts';

const schema = z.object({
  ServiceCode: z.string(),
  AttributeName: z.string(),
  MaxResults: z.int().min(1).max(10_000).default(100),
  NextToken: z.string().optional(),
});

/** The values that one attribute takes among the products of a service. */
export const getAttributeValues: Operation = (given, _caller, world) => {
  const input = readPriceInput(schema, given);
  const values = new Set<string>();
  for (const { serviceCode, attributes } of productsOf(world.estate)) {
    const value = serviceCode === input.ServiceCode ? attributes.get(input.AttributeName) : undefined;
    if (value !== undefined) values.add(value);
  }
  if (values.size === 0) throw new Refusal('NotFoundException', 'The service or the attribute was not found.');
  const { page, next } = pricePage('GetAttributeValues', [...values].sort(), input, world);
  return { AttributeValues: page.map((Value) => ({ Value })), ...next };
};
