import { oneLine } from '../../../kernel/text.ts';
import type { Commitment } from '../../../ledger/commitment.ts';
import type { Fact } from '../../../ledger/fact.ts';
import { decimalOf, neededDecimal, UnreadableFact } from '../decimals.ts';
import { SavingsPlan } from './schema.ts';
import { instantOf, paymentOptionOf, planTypeOf, stateOf, termYearsOf } from './words.ts';

const ARN = /^arn:aws[\w-]*:savingsplans:[\w-]*:(\d{12}):savingsplan\/.+$/s;

/** A plan as a fact about the account that owns it. */
export function savingsPlanFactOf(item: unknown): Fact<Commitment> {
  const read = SavingsPlan.safeParse(item);
  if (!read.success) throw new UnreadableFact(`no ${read.error.issues[0]?.path.join('.') ?? 'fields'}`);
  const plan = read.data;
  const ownerAccountId = ARN.exec(plan.savingsPlanArn)?.[1];
  if (!ownerAccountId) throw new UnreadableFact('an ARN that can be read');
  const commitmentId = oneLine(plan.savingsPlanArn, 500);
  return { accountId: ownerAccountId, day: null, key: commitmentId, body: commitmentOf(plan, commitmentId, ownerAccountId) };
}

function commitmentOf(plan: SavingsPlan, commitmentId: string, ownerAccountId: string): Commitment {
  return {
    commitmentId,
    category: 'Spend',
    planType: planTypeOf(plan.savingsPlanType),
    ownerAccountId,
    serviceName: null,
    regionId: plan.region ? oneLine(plan.region, 50) : null,
    instanceFamily: plan.ec2InstanceFamily ? oneLine(plan.ec2InstanceFamily, 50) : null,
    instanceType: null,
    platform: null,
    scope: null,
    offeringClass: null,
    termYears: termYearsOf(plan.termDurationInSeconds ?? 0),
    paymentOption: paymentOptionOf(plan.paymentOption),
    hourlyCommitment: neededDecimal(plan.commitment, 'commitment'),
    quantity: null,
    upfrontPayment: decimalOf(plan.upfrontPaymentAmount),
    recurringHourlyPayment: decimalOf(plan.recurringPaymentAmount),
    currency: oneLine(plan.currency ?? 'USD', 3),
    start: instantOf(plan.start, 'no start'),
    end: instantOf(plan.end, 'no end'),
    state: stateOf(plan.state),
  };
}
