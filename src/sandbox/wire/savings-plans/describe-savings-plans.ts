import { z } from 'zod';
import type { EstateSavingsPlan } from '../../estate/types.ts';
import { amountText } from '../cost-explorer/amount.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { offeringId } from './offerings.ts';
import { planPage } from './plan-pages.ts';

const STATES = [
  'payment-pending',
  'payment-failed',
  'active',
  'retired',
  'queued',
  'queued-deleted',
  'pending-return',
  'returned',
] as const;
const FILTERS = [
  'region',
  'ec2-instance-family',
  'commitment',
  'upfront',
  'term',
  'savings-plan-type',
  'payment-option',
  'start',
  'end',
  'instance-family',
] as const;

const schema = z.object({
  savingsPlanArns: z.array(z.string()).optional(),
  savingsPlanIds: z.array(z.string()).optional(),
  states: z.array(z.enum(STATES)).default([]),
  filters: z.array(z.object({ name: z.enum(FILTERS), values: z.array(z.string()) })).default([]),
  maxResults: z.int().min(1).max(1000).optional(),
  nextToken: z.string().optional(),
});

/** The plans that the caller's own account bought. Member accounts bought none in this company. */
export const describeSavingsPlans: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const own = caller.accountId === world.payerAccountId ? world.estate.savingsPlans() : [];
  const plans = own
    .map((plan) => planOf(plan, world))
    .filter((plan) => input.savingsPlanArns?.includes(plan.savingsPlanArn) ?? true)
    .filter((plan) => input.savingsPlanIds?.includes(plan.savingsPlanId) ?? true)
    .filter((plan) => input.states.length === 0 || input.states.some((state) => state === plan.state))
    .filter((plan) => input.filters.every(({ name, values }) => values.includes(MEMBERS[name](plan))));
  const { page, next } = planPage('DescribeSavingsPlans', plans, input, caller, world);
  return { savingsPlans: page, ...next };
};

type Plan = ReturnType<typeof planOf>;

const MEMBERS: Readonly<Record<(typeof FILTERS)[number], (plan: Plan) => string>> = {
  region: (plan) => plan.region,
  'ec2-instance-family': () => '',
  'instance-family': () => '',
  commitment: (plan) => plan.commitment,
  upfront: (plan) => plan.upfrontPaymentAmount,
  term: (plan) => String(plan.termDurationInSeconds),
  'savings-plan-type': (plan) => plan.savingsPlanType,
  'payment-option': (plan) => plan.paymentOption,
  start: (plan) => plan.start,
  end: (plan) => plan.end,
};

const SECONDS_PER_YEAR = 31_536_000;

/** A Compute plan is of no region: AWS leaves the text empty. A plan ends a second before the next could begin. */
function planOf(plan: EstateSavingsPlan, { estate }: World) {
  const commitment = amountText(plan.hourlyCommitment);
  return {
    offeringId: offeringId('Compute', { termYears: 1, paymentOption: 'No Upfront' }),
    savingsPlanId: plan.arn.slice(plan.arn.lastIndexOf('/') + 1),
    savingsPlanArn: plan.arn,
    description: '1 year No Upfront Compute Savings Plan',
    start: `${plan.start}T00:00:00.000Z`,
    end: new Date(Date.parse(`${plan.end}T00:00:00Z`) - 1000).toISOString(),
    state: estate.asOf < plan.end ? 'active' : 'retired',
    region: '',
    savingsPlanType: 'Compute',
    paymentOption: 'No Upfront',
    productTypes: ['EC2', 'Fargate', 'Lambda'],
    currency: 'USD',
    commitment,
    upfrontPaymentAmount: '0.0',
    recurringPaymentAmount: commitment,
    termDurationInSeconds: SECONDS_PER_YEAR,
    tags: {},
  };
}
