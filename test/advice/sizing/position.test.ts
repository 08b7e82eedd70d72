import { describe, expect, it } from 'vitest';
import { positionOf } from '../../../src/advice/sizing/position.ts';
import { NO_COMMITMENT_FACTS } from '../../../src/ledger/commitment-facts.ts';
import type { PlanCoverage, PlanUtilization, ReservationUtilization } from '../../../src/ledger/commitment-use.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import { aSavingsPlan, aSnapshot } from '../../support/builders.ts';

const PLAN = aSavingsPlan().commitmentId;
const use = (given: Partial<PlanUtilization> = {}): PlanUtilization => ({
  commitmentId: PLAN,
  until: '2026-11-01',
  commitment: '744',
  used: '669.6',
  unused: '74.4',
  utilizationPercent: '90',
  onDemandEquivalent: '892.8',
  netSavings: '148.8',
  ...given,
});
const coverage = (covered: string, onDemand: string): PlanCoverage => ({
  serviceName: SERVICE.ec2Compute,
  regionId: 'ap-northeast-1',
  instanceFamily: 'm5',
  until: '2026-11-01',
  covered,
  onDemand,
  coveragePercent: '0',
});
const ofMonth = <Body>(body: Body, day = '2026-10-01') => ({ connectionId: 'c', day, body });
const facts = { ...NO_COMMITMENT_FACTS, isOwnedKnown: true };

describe('how commitments stand', () => {
  it('says of each when it ends, and what the bill then grows by, as a month of 730 hours', () => {
    const snapshot = aSnapshot({
      asOf: '2026-11-24',
      commitments: [aSavingsPlan({ end: '2026-12-31T23:59:59.000Z' })],
      commitmentFacts: { ...facts, planUse: [ofMonth(use())] },
    });
    expect(positionOf(snapshot).owned).toMatchObject([
      {
        hourlyCost: '1',
        endsOn: '2027-01-01',
        daysLeft: 38,
        lastMonth: { month: '2026-10', utilizationPercent: '90', unusedMonthlyCost: '73', monthlyNetSavings: '146' },
      },
    ]);
  });

  it('takes the newest month, puts what ends first to the front, and spreads an upfront fee over the term', () => {
    const reservation = aSavingsPlan({
      commitmentId: 'arn:aws:rds:1',
      category: 'Usage',
      planType: null,
      hourlyCommitment: null,
      recurringHourlyPayment: '0.5',
      upfrontPayment: '876',
      start: '2026-01-01T00:00:00.000Z',
      end: '2026-12-31T23:59:59.000Z',
    });
    const snapshot = aSnapshot({
      commitments: [aSavingsPlan(), reservation],
      commitmentFacts: { ...facts, planUse: [ofMonth(use({ utilizationPercent: '50' }), '2026-11-01'), ofMonth(use())] },
    });
    const [first, second] = positionOf(snapshot).owned;
    expect([first?.commitmentId, first?.hourlyCost, first?.lastMonth]).toEqual(['arn:aws:rds:1', '0.6', null]);
    expect(second?.lastMonth?.month).toBe('2026-11');
  });

  it('works out the effective savings rate of a month: what was paid beside what it costs on demand', () => {
    // Covered for 892.80 on demand by 744 paid, 100 more left on demand, and a reserved machine for 60 that would cost 100.
    const machine: ReservationUtilization = {
      serviceName: SERVICE.ec2Compute,
      commitmentId: 'ri',
      until: '2026-11-01',
      purchasedHours: '744',
      usedHours: '744',
      unusedHours: '0',
      purchasedUnits: null,
      usedUnits: null,
      utilizationPercent: '100',
      amortizedFee: '60',
      unusedFee: '0',
      onDemandEquivalent: '100',
      netSavings: '40',
    };
    const months = positionOf(
      aSnapshot({
        commitmentFacts: {
          ...facts,
          planUse: [ofMonth(use())],
          planCoverage: [ofMonth(coverage('892.8', '60')), ofMonth(coverage('0', '40'))],
          reservationUse: [ofMonth(machine), ofMonth({ ...machine, serviceName: SERVICE.rds })],
        },
      }),
    ).months;
    expect(months).toEqual([
      {
        month: '2026-10',
        until: '2026-11-01',
        coveragePercent: '90.85',
        utilizationPercent: '90',
        // (892.8 + 100 + 100 - 744 - 60 - 100) / 1092.8
        effectiveSavingsRatePercent: '17.28',
        unusedCost: '74.4',
      },
    ]);
  });

  it('does not know what was not read: no coverage is no 0 percent, and no list is not nothing owned', () => {
    const months = positionOf(aSnapshot({ commitmentFacts: { ...facts, planUse: [ofMonth(use())] } })).months;
    expect(months).toMatchObject([{ coveragePercent: null, effectiveSavingsRatePercent: null, utilizationPercent: '90' }]);
    expect(positionOf(aSnapshot({ commitmentFacts: NO_COMMITMENT_FACTS })).isOwnedKnown).toBe(false);
  });

  it('knows no savings rate of usage that plans cover while nothing is known of these plans: they are not free', () => {
    const planCoverage = [ofMonth(coverage('200', '100'))];
    const [month] = positionOf(aSnapshot({ commitmentFacts: { ...facts, planCoverage } })).months;
    expect(month).toMatchObject({ coveragePercent: '66.67', effectiveSavingsRatePercent: null, unusedCost: null });
  });

  it('takes no plan for none only where the list of what is owned says so', () => {
    const planCoverage = [ofMonth(coverage('0', '100'))];
    const monthOf = (given: Parameters<typeof aSnapshot>[0]) => positionOf(aSnapshot(given)).months;
    expect(monthOf({ commitmentFacts: { ...facts, planCoverage } })).toMatchObject([
      { coveragePercent: '0', effectiveSavingsRatePercent: '0', unusedCost: '0' },
    ]);
    const unknown = [{ effectiveSavingsRatePercent: null, unusedCost: null }];
    expect(monthOf({ commitmentFacts: { ...facts, planCoverage, isOwnedKnown: false } })).toMatchObject(unknown);
    expect(monthOf({ commitments: [aSavingsPlan()], commitmentFacts: { ...facts, planCoverage } })).toMatchObject(unknown);
    const notYet = [aSavingsPlan({ start: '2026-11-01T00:00:00.000Z' })];
    expect(monthOf({ commitments: notYet, commitmentFacts: { ...facts, planCoverage } })).toMatchObject([{ unusedCost: '0' }]);
  });

  it('does not know what reservations cost for nothing where their fee is not known', () => {
    const machine = {
      ...{ serviceName: SERVICE.ec2Compute, commitmentId: 'ri', until: '2026-11-01', utilizationPercent: '50' },
      ...{ purchasedHours: '744', usedHours: '372', unusedHours: '372', purchasedUnits: null, usedUnits: null },
      ...{ amortizedFee: '60', unusedFee: null, onDemandEquivalent: '50', netSavings: null },
    };
    const reservationUse = [ofMonth<ReservationUtilization>(machine)];
    const { months } = positionOf(aSnapshot({ commitmentFacts: { ...facts, planUse: [ofMonth(use())], reservationUse } }));
    expect(months).toMatchObject([{ unusedCost: null, utilizationPercent: '90' }]);
  });

  it('counts once what two connections see of the same plan, and all of what different payers use', () => {
    const seenBy = (connectionId: string, commitmentId: string, onDemand: string) => ({
      planUse: { ...ofMonth(use({ commitmentId })), connectionId },
      planCoverage: { ...ofMonth(coverage('892.8', onDemand)), connectionId },
    });
    const monthsSeenBy = (...all: ReturnType<typeof seenBy>[]) =>
      positionOf(
        aSnapshot({
          commitmentFacts: {
            ...facts,
            planUse: all.map((one) => one.planUse),
            planCoverage: all.map((one) => one.planCoverage),
          },
        }),
      ).months;
    const once = monthsSeenBy(seenBy('a', PLAN, '100'));
    expect(once).toMatchObject([{ effectiveSavingsRatePercent: '14.99', unusedCost: '74.4' }]);
    expect(monthsSeenBy(seenBy('b', PLAN, '120'), seenBy('a', PLAN, '100'))).toEqual(once);
    expect(monthsSeenBy(seenBy('a', PLAN, '100'), seenBy('b', 'another', '200'))).toMatchObject([
      // (892.8 + 892.8 + 300 - 744 - 744 - 300) / 2085.6
      { effectiveSavingsRatePercent: '14.27', unusedCost: '148.8' },
    ]);
  });

  it('stretches the first and the last month of a plan over its own days alone', () => {
    const of = (given: Partial<ReturnType<typeof aSavingsPlan>>, given2: Partial<PlanUtilization>) =>
      positionOf(
        aSnapshot({ commitments: [aSavingsPlan(given)], commitmentFacts: { ...facts, planUse: [ofMonth(use(given2))] } }),
      ).owned[0]?.lastMonth?.unusedMonthlyCost;
    const half = { commitment: '264', used: '132', unused: '132', utilizationPercent: '50' };
    expect(of({ start: '2026-10-21T00:00:00.000Z' }, half)).toBe('365');
    expect(of({ end: '2026-10-11T23:59:59.000Z' }, half)).toBe('365');
  });
});
