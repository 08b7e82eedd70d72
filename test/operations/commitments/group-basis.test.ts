import { describe, expect, it } from 'vitest';
import { DEFAULT_PURCHASE_POLICY, sizeGroup } from '../../../src/advice/sizing/size.ts';
import { NO_COMMITMENT_FACTS } from '../../../src/ledger/commitment-facts.ts';
import type { PlanPurchaseAdvice } from '../../../src/ledger/purchase-advice.ts';
import { basisOf } from '../../../src/operations/commitments/group-basis.ts';
import { ALL_DAYS, aView } from '../../advice/sizing/support.ts';
import { aMeterSeries, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { anAwsPlanAdvice } from '../../support/commitment-builders.ts';

const PAYER = '999988887777';
const days = ALL_DAYS.map((day) => ({ day, usageQuantity: '240', billedCost: '240', effectiveCost: '240' }));
const account = (accountId: string, sharingGroupId: string | null) => ({
  ...{ accountId, accountName: null, sharingGroupId, runningCost: '1' },
});
const alone = [account(EXAMPLE_ACCOUNT_ID, null)];

function besideAws(awsPlans: readonly PlanPurchaseAdvice[], accounts = alone, planTypes = DEFAULT_PURCHASE_POLICY.planTypes) {
  const view = aView({
    accounts,
    onDemandMeters: [{ ...aMeterSeries(), days }],
    commitmentFacts: { ...NO_COMMITMENT_FACTS, awsPlans },
  });
  const policy = { ...DEFAULT_PURCHASE_POLICY, planTypes };
  const sizing = sizeGroup(accounts[0]?.sharingGroupId ?? EXAMPLE_ACCOUNT_ID, view, policy);
  return basisOf(sizing, sizing, view, policy).aws.map(({ planType, hourlyCommitment }) => [planType, hourlyCommitment]);
}

describe("AWS's own figure beside ours", () => {
  it('is not hidden by the empty answer to another payer', () => {
    const empty = { ...anAwsPlanAdvice(), proposals: [] };
    expect(besideAws([empty, anAwsPlanAdvice({ accountId: EXAMPLE_ACCOUNT_ID })])).toEqual([['Compute', '8.5']]);
    expect(besideAws([empty])).toEqual([]);
  });

  it('is of the group itself or of members of it', () => {
    const group = [account(EXAMPLE_ACCOUNT_ID, PAYER), account('444455556666', null)];
    expect(besideAws([anAwsPlanAdvice({ accountId: '444455556666' }), anAwsPlanAdvice({ accountId: PAYER })], group)).toEqual([
      ['Compute', '8.5'],
    ]);
    expect(besideAws([anAwsPlanAdvice({ accountId: EXAMPLE_ACCOUNT_ID })], group)).toHaveLength(1);
    expect(besideAws([anAwsPlanAdvice({ accountId: '444455556666' })], group)).toEqual([]);
  });

  it('may leave the account out where there is but one group', () => {
    expect(besideAws([anAwsPlanAdvice()])).toHaveLength(1);
    expect(besideAws([anAwsPlanAdvice()], [...alone, account('444455556666', null)])).toEqual([]);
  });

  it('is of as many days as ours, and is not known on other days', () => {
    const said = anAwsPlanAdvice({ accountId: EXAMPLE_ACCOUNT_ID });
    const ofTwoMonths = {
      ...anAwsPlanAdvice({ accountId: EXAMPLE_ACCOUNT_ID, hourlyCommitment: '7' }),
      lookbackDays: 60 as const,
    };
    expect(besideAws([ofTwoMonths, said])).toEqual([['Compute', '8.5']]);
    expect(besideAws([ofTwoMonths])).toEqual([]);
  });

  it('is left out for plan types that were not sized', () => {
    const aws = (['Compute', 'SageMaker', 'Database'] as const).map((planType) => ({ ...anAwsPlanAdvice(), planType }));
    expect(besideAws(aws)).toEqual([['Compute', '8.5']]);
    expect(besideAws(aws, alone, ['EC2Instance'])).toEqual([]);
  });
});
