import { z } from 'zod';
import { isDay } from '../kernel/calendar.ts';
import { Exact, exact } from '../kernel/money.ts';

const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD');
const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'must be a decimal written as text, for example "1200.50"');
const name = z.string().trim().min(1).max(200);

const selector = z.strictObject({
  accountIds: z.array(z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits')).default([]),
  resourceIds: z.array(z.string().min(1).max(512)).default([]),
  tags: z.array(z.strictObject({ key: z.string().max(128), value: z.string().max(256) })).default([]),
});

/** What a line is for. Only `aws` is held against the bill; the others are kept apart from it. */
export const LINE_KINDS = ['aws', 'oneOff', 'reserve', 'operations'] as const;
/** Of the expected cost: planners round their unit prices. */
const MOST_ROUNDING = new Exact('0.02');

/** `quantity` counts units a month of `usageType` ("BoxUsage:m5.large" or "BoxUsage:*", no region); only then can it be held against the bill. */
const line = z
  .strictObject({
    serviceName: name.nullable().default(null),
    kind: z.enum(LINE_KINDS).default('aws'),
    expectedMonthlyCost: amount,
    usageType: z.string().trim().min(1).max(200).nullable().default(null),
    quantity: amount.nullable().default(null),
    unitPrice: amount.nullable().default(null),
    /** 0..1 of the list price that commitments were to take off. */
    discountRate: amount
      .refine((rate) => exact(rate).gte(0) && exact(rate).lt(1), 'must be at least 0 and below 1')
      .nullable()
      .default(null),
  })
  .superRefine(({ expectedMonthlyCost, quantity, unitPrice, discountRate }, context) => {
    if (quantity === null || unitPrice === null) return;
    const worked = exact(quantity)
      .mul(unitPrice)
      .mul(new Exact(1).minus(discountRate ?? 0));
    if (worked.minus(expectedMonthlyCost).abs().lte(exact(expectedMonthlyCost).abs().mul(MOST_ROUNDING).plus(1))) return;
    const message = `is not quantity x unitPrice x (1 - discountRate), which is ${worked.toDecimalPlaces(2).toFixed()}`;
    context.addIssue({ code: 'custom', path: ['expectedMonthlyCost'], message });
  });

const hearing = z.strictObject({
  environment: z.enum(['production', 'staging', 'development']).nullable().default(null),
  criticality: z.enum(['high', 'medium', 'low']).nullable().default(null),
  disasterRecoveryRole: z.enum(['active', 'standby', 'none']).nullable().default(null),
  operatingHours: z.string().max(200).nullable().default(null),
  licenceBound: z.boolean().nullable().default(null),
  endDate: day.nullable().default(null),
});

const workload = z.strictObject({
  name,
  owner: z.string().max(200).nullable().default(null),
  matches: selector,
  lines: z.array(line).default([]),
  /** What only a person can know of this workload. */
  hearing: hearing.nullable().default(null),
  onPremisesMonthlyCost: amount.nullable().default(null),
  onPremisesEndDate: day.nullable().default(null),
});

const wave = z.strictObject({
  name,
  cutOver: day,
  rampDays: z.number().int().min(0).max(366).default(0),
  workloads: z.array(workload),
});

/** The migration plan as a file: what somebody expected to pay, wave by wave. Amounts are decimals as text, in the plan's currency. */
export const Plan = z.strictObject({
  name,
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** The exchange rate that the plan assumed, units of its currency per US dollar; null when it is in US dollars. */
  planningRate: amount
    .refine((rate) => exact(rate).gt(0), 'must be above 0')
    .nullable()
    .default(null),
  taxIncluded: z.boolean().default(false),
  /** The consumption tax that the amounts include, in percent; needed when they include one. */
  taxPercent: amount
    .refine((rate) => exact(rate).gte(0) && exact(rate).lte(100), 'must be between 0 and 100')
    .nullable()
    .default(null),
  waves: z.array(wave),
});

/** As somebody hands it in: an older version, kept before `taxPercent` was asked for, may lack it. */
export const PlanFile = Plan.superRefine(({ taxIncluded, taxPercent }, context) => {
  if (!taxIncluded || taxPercent !== null) return;
  context.addIssue({
    code: 'custom',
    path: ['taxPercent'],
    message: 'is needed when the amounts include tax, for example "10"',
  });
});
export type Plan = z.infer<typeof Plan>;
export type PlannedLine = Plan['waves'][number]['workloads'][number]['lines'][number];
