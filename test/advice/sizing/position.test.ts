import { describe, expect, it } from 'vitest';
import { positionOf } from '../../../src/advice/sizing/position.ts';
import { NO_COMMITMENT_FACTS } from '../../../src/ledger/commitment-facts.ts';
import type { PlanCoverage, PlanUtilization, ReservationUtilization } from '../../../src/ledger/commitment-use.ts';
import { SERVICE } from '../../../src/ledger/meter.ts';
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
});
