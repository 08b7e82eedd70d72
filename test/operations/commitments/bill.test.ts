import { describe, expect, it } from 'vitest';
import { DEFAULT_PURCHASE_POLICY } from '../../../src/advice/sizing/size.ts';
import { exact, plain, sumExact } from '../../../src/kernel/money.ts';
import type { MeterSeries, Snapshot } from '../../../src/ledger/snapshot.ts';
import { billCommitments } from '../../../src/operations/commitments/bill.ts';
import { judgedFacts } from '../../../src/operations/commitments/judged-facts.ts';
import { type WhatIfQuestion, whatIfOn } from '../../../src/operations/commitments/what-if.ts';
import type { Context } from '../../../src/operations/context.ts';
import type { PolicyStore } from '../../../src/operations/ports/policies.ts';
import { ALL_DAYS, factsOf, hoursOn, onDemandPrice, planRates } from '../../advice/sizing/support.ts';
import { aDetector, aMeterSeries, anInstance, aSnapshot, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { anAwsPlanAdvice } from '../../support/commitment-builders.ts';
import { noPolicies } from '../../support/no-policies.ts';

const machines = (dailyCost: number): MeterSeries => ({
  ...aMeterSeries(),
  days: ALL_DAYS.map((day) => ({
    day,
    usageQuantity: String(dailyCost),
    billedCost: String(dailyCost),
    effectiveCost: String(dailyCost),
  })),
});
const awsSays = anAwsPlanAdvice({ accountId: EXAMPLE_ACCOUNT_ID });

function world(given: Partial<Snapshot> = {}, policies = noPolicies): Context {
  const snapshot = aSnapshot({
    onDemandMeters: [machines(240)],
    savingsPlanRates: planRates(),
    prices: [onDemandPrice()],
    commitmentFacts: factsOf(
      ALL_DAYS.map((day) => hoursOn(day, [10])),
      { awsPlans: [awsSays] },
    ),
    ...given,
  });
  const ports = {
    snapshots: { snapshot: async () => snapshot },
    policies,
    recommendations: { current: async () => [] },
    exemptions: { current: async () => [] },
    ledgerReader: { freshness: async () => ({ dataAsOf: '2026-11-23' }) },
  } as unknown as Context['ports'];
  return {
    ports,
    now: () => new Date('2026-11-24T03:00:00Z'),
    scope: { tenantId: 't' },
    locale: 'en',
    progress: null,
  } as Context;
}

const COVERED = { fact: 'usageByAccount', regionId: null, state: 'covered', detail: null } as const;
const input = { detectors: [], policy: { ...DEFAULT_PURCHASE_POLICY, planTypes: ['Compute'] } };

const playedOn = async (question: WhatIfQuestion) => whatIfOn(await judgedFacts(world(), input), question);

const under = (text: string): PolicyStore => {
  const tenant = { layer: 'tenant', version: 1, text, reason: 'r', recordedBy: 'x', recordedAt: '2026-11-24' } as const;
  return { ...noPolicies, effective: async () => ({ integrator: null, tenant }) };
};

describe('commitments under a policy', () => {
  const asked = { detectors: [], policy: { planTypes: ['Compute'] } };
  const firstOf = async (policies: PolicyStore, policy: object = asked.policy) => {
    const { advice } = await billCommitments(world({}, policies), { ...asked, policy });
    return advice.map(({ termYears, proposedHourlyCommitment }) => [termYears, Number(proposedHourlyCommitment)] as const);
  };

  it('are bought as it says where the question does not', async () => {
    const [usual, half] = [await firstOf(noPolicies), await firstOf(under('version: 1\ncommitments: { tranchePercent: 35 }'))];
    expect(half[0]?.[1]).toBeCloseTo((usual[0]?.[1] ?? 0) / 2, 2);
    expect((await firstOf(under('version: 1\ncommitments: { hourlyCeiling: 1 }')))[0]?.[1]).toBeLessThanOrEqual(1);
    expect(await firstOf(under('version: 1\ncommitments: { planTypes: [Database] }'), {})).toEqual([]);
  });

  it('are bought as the question says where it does', async () => {
    const policies = under('version: 1\ncommitments: { tranchePercent: 35 }');
    expect(await firstOf(policies, { ...asked.policy, tranchePercent: 70 })).toEqual(await firstOf(noPolicies));
  });
});

describe('commitments from the bill', () => {
  it('proposes a first tranche, with a ladder that never climbs above the optimum', async () => {
    const { advice, groups } = await billCommitments(world(), input);
    expect(advice).toMatchObject([
      {
        sharingGroupId: EXAMPLE_ACCOUNT_ID,
        planType: 'Compute',
        optimalHourlyCommitment: '8',
        proposedHourlyCommitment: '5.6',
        yearlySavings: '17520',
        proposedYearlySavings: '12264',
        ladder: [
          { inMonths: 0, hourlyCommitment: '5.6' },
          { inMonths: 3, hourlyCommitment: '1.2' },
          { inMonths: 6, hourlyCommitment: '1.2' },
        ],
      },
    ]);
    expect(groups).toMatchObject([{ missing: [], resolution: 'hourly', knownByHourPercent: '100', pricedPercent: '100' }]);
  });

  it("leads from AWS's own figure to ours step by step, to the last digit", async () => {
    const machine = anInstance({ hourly: '1' });
    const detector = aDetector({
      savings: { low: '730', expected: '730', high: '730' },
      effect: { component: '*', monthlyCost: '730' },
      actionType: 'Delete',
    });
    const { groups } = await billCommitments(world({ resources: [machine] }), { ...input, detectors: [detector] });
    const aws = groups[0]?.aws[0];
    expect(aws?.steps).toEqual([
      { reason: 'daysAndRates', hourlyCommitment: '-0.5' },
      { reason: 'otherAdvice', hourlyCommitment: '-0.8' },
      { reason: 'otherPlans', hourlyCommitment: '0' },
      { reason: 'firstTranche', hourlyCommitment: '-2.16' },
    ]);
    const led = sumExact([aws?.hourlyCommitment ?? '', ...(aws?.steps ?? []).map((step) => step.hourlyCommitment)]);
    expect(plain(led)).toBe(aws?.proposedHourlyCommitment);
  });

  it('shows what a fall in usage does to what is bought', async () => {
    const { risk } = await billCommitments(world(), { ...input, policy: { ...input.policy, tranchePercent: 100 } });
    expect(risk.map(({ usageChangePercent, yearlySavings }) => [usageChangePercent, yearlySavings])).toEqual([
      [-10, '8760'],
      [-20, '0'],
      [-30, '-8760'],
    ]);
  });

  it('advises nothing on less than the look-back, and says what is missing', async () => {
    const report = await billCommitments(world({ spendWindow: { start: '2026-11-01', end: '2026-11-21' } }), input);
    expect(report.advice).toEqual([]);
    expect(report.groups).toMatchObject([{ missing: ['shortHistory'] }]);
  });

  it('plays a purchase of one’s own against the same hours', async () => {
    const ask = (hourlyCommitment: number, usageChangePercent: number, planType = 'Compute') =>
      playedOn({
        ...input,
        sharingGroupId: null,
        purchases: [{ planType, family: '', termYears: 1, paymentOption: 'NoUpfront', hourlyCommitment }],
        usageChangePercent,
      });
    expect(await ask(4, 0)).toMatchObject({ coveragePercent: '50', utilizationPercent: '100', yearlySavings: '8760' });
    expect(await ask(8, -50)).toMatchObject({ coveragePercent: '100', utilizationPercent: '50', unusedMonthlyCost: '2920' });
    await expect(ask(4, 0, 'Database')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const nobody = { ...input, sharingGroupId: '999999999999', purchases: [], usageChangePercent: 0 };
    await expect(playedOn(nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps the ceiling over all groups together, and lets no ladder climb above it', async () => {
    const accounts = [EXAMPLE_ACCOUNT_ID, '444455556666'].map((accountId) => ({
      accountId,
      accountName: null,
      sharingGroupId: null,
      runningCost: '10000',
    }));
    const given = {
      accounts,
      onDemandMeters: accounts.map(({ accountId }) => ({ ...machines(240), accountId })),
      coverage: accounts.map(({ accountId }) => ({ ...COVERED, accountId })),
      commitmentFacts: factsOf([]),
    };
    const { advice } = await billCommitments(world(given), { ...input, policy: { ...input.policy, hourlyCeiling: 3 } });
    expect(advice.map((item) => item.proposedHourlyCommitment)).toEqual(['1.5', '1.5']);
    expect(advice.map((item) => item.ladder)).toEqual([
      [{ inMonths: 0, hourlyCommitment: '1.5' }],
      [{ inMonths: 0, hourlyCommitment: '1.5' }],
    ]);
  });

  it('keeps groups apart that do not share: their advice is added, their usage is not', async () => {
    const accounts = [EXAMPLE_ACCOUNT_ID, '444455556666'].map((accountId) => ({
      accountId,
      accountName: null,
      sharingGroupId: null,
      runningCost: '10000',
    }));
    const meters = accounts.map(({ accountId }) => ({ ...machines(240), accountId }));
    const coverage = accounts.map(({ accountId }) => ({ ...COVERED, accountId }));
    const { advice, series } = await billCommitments(
      world({ accounts, onDemandMeters: meters, coverage, commitmentFacts: factsOf([]) }),
      input,
    );
    expect(advice.map((item) => item.sharingGroupId)).toEqual([EXAMPLE_ACCOUNT_ID, '444455556666']);
    expect(exact(series.onDemandCost).toNumber()).toBe(20);
  });
});
