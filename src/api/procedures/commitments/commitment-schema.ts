import { z } from 'zod';
import type { PurchaseWish } from '../../../advice/policy/purchase.ts';
import { RESERVED } from '../../../advice/sizing/node-rates.ts';
import { LOOKBACK_DAYS } from '../../../advice/sizing/size.ts';
import { COMMITMENT_STATES, PAYMENT_OPTIONS, PLAN_TYPES } from '../../../ledger/commitment.ts';
import { currency, day, decimal, month } from '../../schema.ts';

export const planType = z.enum([...PLAN_TYPES, RESERVED]);
/** Texts, since a list in an address has nothing else. */
export const termYears = z.enum(['1', '3']);
export const paymentOption = z.enum(PAYMENT_OPTIONS);
const hourly = decimal.meta({ description: 'Dollars an hour.' });

/** How to buy. What is left out, the tenant's policy decides, and where it is silent: one year, nothing upfront, a first tranche of 70 %. */
export const policyInput = {
  currency: currency.optional().meta({ description: 'Needed where there is more than one.' }),
  termYears: z.array(termYears).min(1).max(2).optional(),
  paymentOptions: z.array(paymentOption).min(1).max(3).optional(),
  planTypes: z.array(planType).min(1).max(5).optional(),
  lookbackDays: z
    .number()
    .int()
    .refine((days) => LOOKBACK_DAYS.some((known) => known === days), `Give ${LOOKBACK_DAYS.join(', ')}.`)
    .optional()
    .meta({ description: `${LOOKBACK_DAYS.join(', ')}: the days that AWS's own advice looks back on.` }),
  tranchePercent: z.number().min(1).max(100).optional().meta({ description: 'Share of the optimum that is bought first.' }),
  hourlyCeiling: z.number().positive().max(1_000_000).optional(),
  latestBreakEvenMonth: z.number().int().min(1).max(36).optional(),
};

type PolicyInput = z.infer<z.ZodObject<typeof policyInput>>;

export const yearsOf = (text: z.infer<typeof termYears>): 1 | 3 => (text === '3' ? 3 : 1);

/** What was asked for; the rest is the policy's. */
export function wishOf(input: PolicyInput): PurchaseWish {
  const { paymentOptions, planTypes, lookbackDays, tranchePercent, hourlyCeiling, latestBreakEvenMonth } = input;
  const given = { paymentOptions, planTypes, lookbackDays, tranchePercent, hourlyCeiling, latestBreakEvenMonth };
  return { ...given, termYears: input.termYears?.map(yearsOf) };
}

export const commitmentAdvice = z
  .object({
    sharingGroupId: z.string(),
    planType: z.string(),
    family: z.string().meta({ description: 'Empty: all usage that the plan covers.' }),
    termYears: z.number().int(),
    paymentOption: z.string(),
    optimalHourlyCommitment: hourly,
    proposedHourlyCommitment: hourly.meta({ description: 'What to buy first, dollars an hour, in steps of AWS.' }),
    yearlySavings: decimal.meta({ description: 'At the optimum.' }),
    proposedYearlySavings: decimal,
    utilizationPercent: decimal,
    breakEvenMonth: z.number().int().nullable().meta({ description: 'null: it never pays for itself.' }),
    ladder: z.array(z.object({ inMonths: z.number().int(), hourlyCommitment: hourly })),
  })
  .meta({ id: 'CommitmentAdvice' });

export const groupBasis = z
  .object({
    sharingGroupId: z.string(),
    missing: z.array(z.string()).meta({ description: 'Message ids of missing facts; then there is no advice for the group.' }),
    lookbackDays: z.number().int().meta({ description: 'Settled days that it was sized on.' }),
    resolution: z.enum(['hourly', 'mixed', 'daily']),
    knownByHourPercent: decimal,
    pricedPercent: decimal,
    rateSources: z.array(z.string()),
    hourlyOnDemandCost: hourly,
    arriving: z.object({ accountIds: z.array(z.string()), hourlyCost: hourly }),
    unknownServices: z.array(z.string()),
    databases: z
      .array(z.object({ planRates: z.enum(['rates', 'notCovered', 'engineUnknown', 'notAsked']), hourlyOnDemandCost: hourly }))
      .meta({
        description: 'Nodes of services with Database Savings Plans, by what is known of the rates of such plans for them.',
      }),
    recentCommitments: z
      .array(z.string())
      .meta({ description: 'They began within the look-back or are queued: what they will cover is not sized yet.' }),
    alternatives: z
      .array(z.object({ planTypes: z.array(z.string()), hourlyCommitment: hourly, yearlySavings: decimal }))
      .meta({ description: 'Other ways to buy for the same usage: never to be added up.' }),
    aws: z
      .array(
        z.object({
          planType: z.string(),
          lookbackDays: z.number().int(),
          hourlyCommitment: hourly,
          estimatedMonthlySavings: decimal.nullable(),
          steps: z.array(
            z.object({
              reason: z.enum(['daysAndRates', 'otherAdvice', 'otherPlans', 'firstTranche']),
              hourlyCommitment: hourly,
            }),
          ),
          proposedHourlyCommitment: hourly,
        }),
      )
      .meta({ description: "AWS's own figure; it and its steps add up to what is proposed first." }),
  })
  .meta({ id: 'CommitmentBasis' });

export const comingWave = z
  .object({
    wave: z.string(),
    cutOver: day,
    workloads: z.array(z.string()),
    sizedFrom: day.meta({ description: 'The first day of looking on which all of them are sized.' }),
  })
  .meta({
    id: 'ComingWave',
    description: 'A wave of the plan with workloads that have not been there for 30 settled days: no part of what is proposed.',
  });

export const position = z
  .object({
    isOwnedKnown: z.boolean(),
    owned: z.array(
      z.object({
        commitmentId: z.string(),
        category: z.enum(['Spend', 'Usage']),
        planType: z.enum(PLAN_TYPES).nullable(),
        serviceName: z.string().nullable(),
        instanceType: z.string().nullable(),
        regionId: z.string().nullable(),
        ownerAccountId: z.string().nullable(),
        hourlyCost: decimal.nullable(),
        startsOn: day,
        endsOn: day,
        daysLeft: z.number().int(),
        state: z.enum(COMMITMENT_STATES),
        lastMonth: z
          .object({
            month,
            utilizationPercent: decimal,
            unusedMonthlyCost: decimal.nullable(),
            monthlyNetSavings: decimal.nullable(),
          })
          .nullable(),
      }),
    ),
    months: z.array(
      z.object({
        month,
        until: day,
        coveragePercent: decimal.nullable(),
        utilizationPercent: decimal.nullable(),
        effectiveSavingsRatePercent: decimal.nullable(),
        unusedCost: decimal.nullable(),
      }),
    ),
  })
  .meta({ id: 'CommitmentPosition', description: 'What is owned, how it is used, and when it ends; null is not known.' });

const gapOf = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), monthlyCost: decimal.nullable(), ...shape });

export const gap = z
  .discriminatedUnion('kind', [
    gapOf('uncovered', { sharingGroupId: z.string(), hourlyCommitment: hourly }),
    gapOf('unused', { commitmentId: z.string(), ownerAccountId: z.string().nullable(), utilizationPercent: decimal }),
    gapOf('expiring', {
      commitmentId: z.string(),
      ownerAccountId: z.string().nullable(),
      endsOn: day,
      withinDays: z.number().int(),
    }),
    gapOf('strandedByAdvice', {
      accountId: z.string(),
      resourceId: z.string().nullable(),
      recommendationId: z.string(),
      until: day.nullable(),
    }),
    gapOf('betterPlanType', { sharingGroupId: z.string(), planTypes: z.array(z.string()) }),
    gapOf('databasePlans', { sharingGroupId: z.string(), because: z.enum(['notAsked', 'engineUnknown']) }).meta({
      description:
        'Whether a Database Savings Plan covers them is not known. The amount is what these databases cost on demand, not what a plan would save.',
    }),
  ])
  .meta({
    id: 'CommitmentGap',
    description: 'What is not as it should be, a month of 730 h; null is not known. Never added to the advice.',
  });
