import { z } from 'zod';
import { isDay } from '../kernel/calendar.ts';

const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD');
const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'must be a decimal written as text, for example "1200.50"');
const name = z.string().trim().min(1).max(200);

const selector = z.strictObject({
  accountIds: z.array(z.string().regex(/^\d{12}$/)).default([]),
  resourceIds: z.array(z.string().min(1).max(512)).default([]),
  tags: z.array(z.strictObject({ key: z.string().max(128), value: z.string().max(256) })).default([]),
});

const line = z.strictObject({
  serviceName: name.nullable().default(null),
  expectedMonthlyCost: amount,
  quantity: amount.nullable().default(null),
  unitPrice: amount.nullable().default(null),
  discountRate: amount.nullable().default(null),
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
  planningRate: amount.nullable().default(null),
  taxIncluded: z.boolean().default(false),
  waves: z.array(wave),
});
export type Plan = z.infer<typeof Plan>;
