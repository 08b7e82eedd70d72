import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Operation } from '../world.ts';
import { pricePage, readPriceInput } from './price-pages.ts';
import { productsOf } from './product.ts';

const schema = z.object({
  ServiceCode: z.string().optional(),
  FormatVersion: z.string().optional(),
  MaxResults: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

/** The services of the price list with the attributes that their products have. */
export const describeServices: Operation = (given, _caller, world) => {
  const input = readPriceInput(schema, given);
  const attributes = new Map<string, Set<string>>();
  for (const product of productsOf(world.estate)) {
    const names = attributes.get(product.serviceCode) ?? new Set();
    attributes.set(product.serviceCode, names);
    for (const name of product.attributes.keys()) names.add(name);
  }
  const services = [...attributes]
    .filter(([code]) => input.ServiceCode === undefined || code === input.ServiceCode)
    .map(([ServiceCode, names]) => ({ ServiceCode, AttributeNames: [...names].sort() }))
    .sort((a, b) => (a.ServiceCode < b.ServiceCode ? -1 : 1));
  if (services.length === 0) throw new Refusal('NotFoundException', 'The service was not found.');
  const { page, next } = pricePage('DescribeServices', services, input, world);
  return { FormatVersion: 'aws_v1', Services: page, ...next };
};
