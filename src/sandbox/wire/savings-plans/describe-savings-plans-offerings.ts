import { z } from 'zod';
import { PAYMENT_OPTIONS } from '../../estate/prices/offers.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { durationSeconds, idOf, type Offering, offeringRates, PLAN_TYPES, type PlanType } from './offerings.ts';
import { planPage } from './plan-pages.ts';

const words = z.array(z.string()).default([]);

const schema = z.object({
  offeringIds: words,
  paymentOptions: z.array(z.enum(PAYMENT_OPTIONS)).default([]),
  productType: z.string().optional(),
  planTypes: z.array(z.enum(PLAN_TYPES)).default([]),
  durations: z.array(z.int().min(0)).default([]),
  currencies: words,
  filters: z.array(z.object({ name: z.enum(['region', 'instanceFamily']), values: z.array(z.string()) })).default([]),
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().optional(),
});

/** The plans on sale: Compute, Database, and EC2 Instance by family and region. */
export const describeSavingsPlansOfferings: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const offerings = new Map(offeringRates(world.estate).map(({ offering }) => [idOf(offering), offering]));
  const any = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value);
  const found = [...offerings].filter(
    ([id, offering]) =>
      any(input.offeringIds, id) &&
      any<string>(input.paymentOptions, offering.paymentOption) &&
      any<string>(input.planTypes, offering.planType) &&
      any(input.durations, durationSeconds(offering)) &&
      any(input.currencies, 'USD') &&
      (input.productType === undefined || productTypesOf(offering).includes(input.productType)) &&
      input.filters.every(({ name, values }) => values.includes((name === 'region' ? offering.regionId : offering.family) ?? '')),
  );
  const { page, next } = planPage('DescribeSavingsPlansOfferings', found, input, caller, world);
  return { searchResults: page.map(([id, offering]) => offeringOf(id, offering)), ...next };
};

function productTypesOf({ planType }: Offering): string[] {
  return PRODUCT_TYPES[planType];
}

const PRODUCT_TYPES: Readonly<Record<PlanType, string[]>> = {
  Compute: ['EC2', 'Fargate', 'Lambda'],
  EC2Instance: ['EC2'],
  Database: ['RDS'],
};

function offeringOf(id: string, offering: Offering) {
  const { family, regionId, planType, paymentOption, termYears } = offering;
  return {
    offeringId: id,
    productTypes: productTypesOf(offering),
    planType,
    description: `${termYears} year ${paymentOption} ${planType} Savings Plan`,
    paymentOption,
    durationSeconds: durationSeconds(offering),
    currency: 'USD',
    serviceCode: `${planType}SavingsPlans`,
    usageType: `${planType}SP:${termYears}yr${paymentOption.replace(' ', '')}`,
    operation: '',
    properties: [
      ...(family ? [{ name: 'instanceFamily', value: family }] : []),
      ...(regionId ? [{ name: 'region', value: regionId }] : []),
    ],
  };
}
