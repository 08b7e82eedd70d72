import { z } from 'zod';
import { PAYMENT_OPTIONS } from '../../estate/prices/offers.ts';
import type { SandboxPlanRate } from '../../estate/types.ts';
import { amountText } from '../cost-explorer/amount.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { durationSeconds, familyOf, idOf, type OfferingRate, offeringRates, PLAN_TYPES } from './offerings.ts';
import { planPage } from './plan-pages.ts';

const FILTERS = ['region', 'instanceFamily', 'instanceType', 'productDescription', 'tenancy', 'productId'] as const;
const words = z.array(z.string()).default([]);

const schema = z.object({
  savingsPlanOfferingIds: words,
  savingsPlanPaymentOptions: z.array(z.enum(PAYMENT_OPTIONS)).default([]),
  savingsPlanTypes: z.array(z.enum(PLAN_TYPES)).default([]),
  products: words,
  serviceCodes: words,
  usageTypes: words,
  operations: words,
  filters: z.array(z.object({ name: z.enum(FILTERS), values: z.array(z.string()) })).default([]),
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().optional(),
});

/** What the plans on sale charge for each kind of usage. Whoever filters by nothing gets everything, page by page. */
export const describeSavingsPlansOfferingRates: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const lists: readonly (readonly [readonly string[], (rate: OfferingRate) => string])[] = [
    [input.savingsPlanOfferingIds, ({ offering }) => idOf(offering)],
    [input.savingsPlanPaymentOptions, ({ offering }) => offering.paymentOption],
    [input.savingsPlanTypes, ({ offering }) => offering.planType],
    [input.products, ({ usage }) => PRODUCTS[usage.serviceCode]],
    [input.serviceCodes, ({ usage }) => usage.serviceCode],
    [input.usageTypes, ({ usage }) => usage.usageType],
    [input.operations, ({ usage }) => usage.operation],
  ];
  const found = offeringRates(world.estate).filter(
    (rate) =>
      lists.every(([wanted, read]) => wanted.length === 0 || wanted.includes(read(rate))) &&
      input.filters.every(({ name, values }) => values.includes(propertiesOf(rate.usage).get(name) ?? '')),
  );
  const { page, next } = planPage('DescribeSavingsPlansOfferingRates', found, input, caller, world);
  return { searchResults: page.map(rateOf), ...next };
};

const PRODUCTS: Readonly<Record<SandboxPlanRate['serviceCode'], string>> = {
  AmazonEC2: 'EC2',
  AmazonECS: 'Fargate',
  AWSLambda: 'Lambda',
  AmazonRDS: 'RDS',
};
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  RunInstances: 'Linux/UNIX',
  'RunInstances:0002': 'Windows',
  'RunInstances:0010': 'Red Hat Enterprise Linux',
};

function propertiesOf({ regionId, instanceType, operation }: SandboxPlanRate): ReadonlyMap<string, string> {
  const region = [['region', regionId]] as const;
  if (instanceType === null) return new Map(region);
  return new Map<string, string>([
    ...region,
    ['instanceType', instanceType],
    ['instanceFamily', familyOf(instanceType)],
    ['productDescription', DESCRIPTIONS[operation] ?? 'Linux/UNIX'],
    ['tenancy', 'shared'],
  ]);
}

function rateOf({ offering, usage, rate }: OfferingRate) {
  return {
    savingsPlanOffering: {
      offeringId: idOf(offering),
      paymentOption: offering.paymentOption,
      planType: offering.planType,
      durationSeconds: durationSeconds(offering),
      currency: 'USD',
      planDescription: `${offering.termYears} year ${offering.paymentOption} ${offering.planType} Savings Plan`,
    },
    rate: amountText(rate),
    unit: usage.unit,
    productType: PRODUCTS[usage.serviceCode],
    serviceCode: usage.serviceCode,
    usageType: usage.usageType,
    operation: usage.operation,
    properties: Array.from(propertiesOf(usage), ([name, value]) => ({ name, value })),
  };
}
