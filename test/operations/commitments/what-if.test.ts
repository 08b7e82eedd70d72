import { describe, expect, it } from 'vitest';
import { DEFAULT_PURCHASE_POLICY } from '../../../src/advice/sizing/size.ts';
import type { Snapshot } from '../../../src/ledger/snapshot.ts';
import { judgedFacts } from '../../../src/operations/commitments/judged-facts.ts';
import { whatIfOn } from '../../../src/operations/commitments/what-if.ts';
import type { Context } from '../../../src/operations/context.ts';
import { ALL_DAYS, aView } from '../../advice/sizing/support.ts';
import { aMeterSeries, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { noPolicies } from '../../support/no-policies.ts';

const days = ALL_DAYS.map((day) => ({ day, usageQuantity: '240', billedCost: '240', effectiveCost: '240' }));

async function ask(
  given: Partial<Snapshot>,
  purchase: { planType?: string; family?: string } = {},
  sharingGroupId: string | null = null,
) {
  const { snapshot } = aView({ onDemandMeters: [{ ...aMeterSeries(), days }], ...given });
  const ports = {
    snapshots: { snapshot: async () => snapshot },
    policies: noPolicies,
    recommendations: { current: async () => [] },
    exemptions: { current: async () => [] },
    ledgerReader: { freshness: async () => ({ dataAsOf: '2026-11-23' }) },
  };
  const context = { ports, now: () => new Date('2026-11-24T03:00:00Z'), scope: { tenantId: 't' } } as unknown as Context;
  const one = { planType: 'Compute', family: '', termYears: 1, paymentOption: 'NoUpfront', hourlyCommitment: 4, ...purchase };
  return whatIfOn(await judgedFacts(context, { detectors: [] }), {
    policy: DEFAULT_PURCHASE_POLICY,
    sharingGroupId,
    purchases: [one],
    usageChangePercent: 0,
  });
}

describe('a purchase of one’s own', () => {
  it('is played for the plan of a family and for one that covers all', async () => {
    expect(await ask({})).toMatchObject({ sharingGroupId: EXAMPLE_ACCOUNT_ID, hourlyOnDemandCost: '10', hourlyCost: '9' });
    const family = { planType: 'EC2Instance', family: 'm5 in ap-northeast-1' };
    expect(await ask({}, family)).toMatchObject({ hourlyCost: '7.3333333333' });
  });

  it('is not played for accounts that cannot be sized: what is missing is said in words', async () => {
    const short = { spendWindow: { start: '2026-11-01', end: '2026-11-21' } };
    await expect(ask(short)).rejects.toMatchObject({
      code: 'DATA_UNAVAILABLE',
      message: `The usage of ${EXAMPLE_ACCOUNT_ID} cannot be sized: The history is shorter than the look-back`,
    });
    const unread = { fact: 'usageByAccount', accountId: EXAMPLE_ACCOUNT_ID, regionId: null, detail: null } as const;
    await expect(ask({ coverage: [{ ...unread, state: 'accessDenied' }] })).rejects.toMatchObject({
      code: 'DATA_UNAVAILABLE',
      message: expect.stringContaining('Cost by account and usage type may not be read with these credentials'),
    });
  });

  it('has no family where the plan covers all of them', async () => {
    const named = { planType: 'Compute', family: 'm5 in ap-northeast-1\u001b[2J' };
    await expect(ask({}, named)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'A Compute plan is not bound to one family, but "m5 in ap-northeast-1\ufffd[2J" was given',
    });
  });

  it('names the groups that there are, as one line whatever they are called', async () => {
    const account = { accountId: EXAMPLE_ACCOUNT_ID, accountName: null, sharingGroupId: 'payer\n\u202e1', runningCost: '1' };
    await expect(ask({ accounts: [account] }, {}, 'another')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      nextStep: 'Name one of payer\ufffd\ufffd1.',
    });
  });
});
