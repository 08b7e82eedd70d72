import { z } from 'zod';
import { oneLine } from '../../../kernel/text.ts';
import { PAYMENT_OPTIONS } from '../../../ledger/commitment.ts';
import type { SavingsPlanRate } from '../../../ledger/savings-plan-rate.ts';
import type { FactPull } from '../../../operations/ports/commitment-source.ts';
import { neededDecimal, readRows, UnreadableFact } from '../decimals.ts';
import { paymentOptionOf, planTypeOf, termYearsOf } from './words.ts';

/** A row of DescribeSavingsPlansOfferingRates, as far as we read it. */
const Row = z.object({
  savingsPlanOffering: z.object({
    paymentOption: z.string(),
    planType: z.string(),
    durationSeconds: z.number(),
    currency: z.string(),
  }),
  rate: z.string(),
  unit: z.string(),
  serviceCode: z.string(),
  usageType: z.string(),
  operation: z.string().nullish(),
  properties: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })).nullish(),
});

/** One fact for each kind of usage and plan, with all its terms and payments. `day`: when we read it. */
export function ratesOf(rows: readonly unknown[], day: string): FactPull<SavingsPlanRate> {
  const { results, unread } = readRows(rows, rateOf);
  const facts = [...Map.groupBy(results, ({ about }) => keyOf(about))].map(([key, group]) => {
    const rates = group.map(({ rate }) => rate).sort((a, b) => a.termYears - b.termYears || order(a) - order(b));
    return { accountId: null, day, key, body: { ...(group[0]?.about as About), rates } };
  });
  return { facts, unread };
}

type About = Omit<SavingsPlanRate, 'rates'>;
type Rate = SavingsPlanRate['rates'][number];

const order = ({ paymentOption }: Rate): number => PAYMENT_OPTIONS.indexOf(paymentOption);

function keyOf({ planType, serviceCode, regionId, usageType, operation, productDescription, tenancy, currency }: About): string {
  return JSON.stringify([planType, serviceCode, regionId, usageType, operation, productDescription, tenancy, currency]);
}

function rateOf(item: unknown): { readonly about: About; readonly rate: Rate } {
  const read = Row.safeParse(item);
  if (!read.success) throw new UnreadableFact(`no ${read.error.issues[0]?.path.join('.') ?? 'fields'}`);
  const row = read.data;
  const property = (name: string): string | null => {
    const value = row.properties?.find((one) => one.name === name)?.value;
    return value ? oneLine(value, 100) : null;
  };
  const planType = planTypeOf(row.savingsPlanOffering.planType);
  const termYears = termYearsOf(row.savingsPlanOffering.durationSeconds);
  const paymentOption = paymentOptionOf(row.savingsPlanOffering.paymentOption);
  if (termYears === null || paymentOption === null) throw new UnreadableFact('a term and a payment that we know');
  return {
    about: {
      planType,
      serviceCode: oneLine(row.serviceCode, 100),
      regionId: property('region'),
      instanceFamily: planType === 'EC2Instance' ? property('instanceFamily') : null,
      usageType: oneLine(row.usageType, 255),
      operation: oneLine(row.operation ?? '', 255),
      productDescription: property('productDescription'),
      tenancy: property('tenancy'),
      unit: oneLine(row.unit, 50),
      currency: oneLine(row.savingsPlanOffering.currency, 3),
    },
    rate: { termYears, paymentOption, rate: neededDecimal(row.rate, 'rate') },
  };
}
