import { describe, expect, it } from 'vitest';
import { gapsOf } from '../../../src/advice/sizing/gaps.ts';
import { positionOf } from '../../../src/advice/sizing/position.ts';
import { DEFAULT_PURCHASE_POLICY, sizeGroup } from '../../../src/advice/sizing/size.ts';
import { NO_COMMITMENT_FACTS } from '../../../src/ledger/commitment-facts.ts';
import type { PlanUtilization } from '../../../src/ledger/commitment-use.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import type { Snapshot } from '../../../src/ledger/snapshot.ts';
import { aRecommendation } from '../../support/advice-arbitraries.ts';
import { aMeterSeries, aSavingsPlan, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { ALL_DAYS, aView, factsOf, hoursOn } from './support.ts';

const policy = DEFAULT_PURCHASE_POLICY;
const use = (given: Partial<PlanUtilization>): PlanUtilization => ({
  commitmentId: aSavingsPlan().commitmentId,
  until: '2026-11-01',
  commitment: '744',
  used: '744',
  unused: '0',
  utilizationPercent: '100',
  onDemandEquivalent: null,
  netSavings: null,
  ...given,
});
function gaps(given: Partial<Snapshot>, recommendations: Parameters<typeof gapsOf>[0]['recommendations'] = []) {
  const view = aView({ commitmentFacts: { ...NO_COMMITMENT_FACTS, isOwnedKnown: true }, ...given });
  const sized = [sizeGroup(EXAMPLE_ACCOUNT_ID, view, policy)];
  return gapsOf({ position: positionOf(view.snapshot), sized, recommendations, residual: view, policy });
}
const planUse = (given: Partial<PlanUtilization>): Partial<Snapshot> => ({
  commitmentFacts: {
    ...NO_COMMITMENT_FACTS,
    isOwnedKnown: true,
    planUse: [{ connectionId: 'c', day: '2026-10-01', body: use(given) }],
  },
});

describe('what is not as it should be with commitments', () => {
  it('is nothing where nothing is bought, used or owned', () => {
    expect(gaps({})).toEqual([]);
  });

  it('is a plan that is not used up: what is paid for nothing in a month of 730 hours', () => {
    const commitments = [aSavingsPlan()];
    expect(gaps({ commitments, ...planUse({ utilizationPercent: '90', unused: '74.4' }) })).toMatchObject([
      { kind: 'unused', utilizationPercent: '90', monthlyCost: '73' },
    ]);
    expect(gaps({ commitments, ...planUse({ utilizationPercent: '95' }) })).toEqual([]);
  });

  it('is a plan that ends within 30, 60 or 90 days, with what its end will cost, and no later one', () => {
    const ending = (end: string, given: Partial<PlanUtilization> = { netSavings: '148.8' }) =>
      gaps({ asOf: '2026-11-24', commitments: [aSavingsPlan({ end: `${end}T23:59:59.000Z` })], ...planUse(given) });
    expect(ending('2026-12-23')).toMatchObject([{ kind: 'expiring', endsOn: '2026-12-24', withinDays: 30, monthlyCost: '146' }]);
    expect(ending('2026-12-24')).toMatchObject([{ withinDays: 60 }]);
    expect(ending('2027-02-21')).toMatchObject([{ withinDays: 90 }]);
    expect(ending('2027-02-22')).toEqual([]);
    expect(ending('2026-12-23', {})).toMatchObject([{ monthlyCost: null }]);
  });

  it('is a commitment that advice would free and nothing takes up, of what is open or accepted', () => {
    const freedCommitment = { landsMonthly: '0', landsIn: [], strandedMonthly: '40', strandedUntil: '2027-04-01' };
    const advice = aRecommendation({ id: 'r', freedCommitment });
    expect(gaps({}, [advice])).toMatchObject([
      { kind: 'strandedByAdvice', recommendationId: 'r', until: '2027-04-01', monthlyCost: '40' },
    ]);
    expect(gaps({}, [{ ...advice, status: 'dismissed' }])).toEqual([]);
    expect(gaps({}, [{ ...advice, supersededBy: 'another' }])).toEqual([]);
    expect(gaps({}, [{ ...advice, freedCommitment: { ...freedCommitment, strandedMonthly: '0' } }])).toEqual([]);
  });

  it('is steady usage without a plan, and a way to buy that is dearer than the other', () => {
    const days = ALL_DAYS.map((day) => ({ day, usageQuantity: '240', billedCost: '240', effectiveCost: '240' }));
    expect(gaps({ onDemandMeters: [{ ...aMeterSeries(), days }] })).toEqual([
      // 10 dollars an hour: 4 saved by a plan of the family at 0.6, 2 by a flexible one at 0.8.
      { kind: 'uncovered', sharingGroupId: EXAMPLE_ACCOUNT_ID, hourlyCommitment: '6', monthlyCost: '2920' },
      {
        kind: 'betterPlanType',
        sharingGroupId: EXAMPLE_ACCOUNT_ID,
        planTypes: ['Compute', 'EC2Instance'],
        monthlyCost: '1460',
      },
    ]);
  });

  it('is databases on demand of which nobody can tell whether a Database Savings Plan covers them', () => {
    const usage = ALL_DAYS.map((day) =>
      hoursOn(day, [2], { serviceName: SERVICE.rds, usageType: 'APN1-InstanceUsage:db.r5.large' }),
    );
    expect(gaps({ commitmentFacts: factsOf(usage) })).toEqual([
      { kind: 'databasePlans', sharingGroupId: EXAMPLE_ACCOUNT_ID, because: 'notAsked', monthlyCost: '1460' },
    ]);
    const asked = factsOf(usage, { planRatesAsked: ['APN1-InstanceUsage:db.r5.large'] });
    expect(gaps({ commitmentFacts: asked })).toEqual([]);
  });

  it.each([
    ['Amazon ElastiCache', 'APN1-NodeUsage:cache.r6g.large', 1],
    ['Amazon OpenSearch Service', 'APN1-ESInstance:r6g.large.search', 1],
    ['Amazon Redshift', 'APN1-Node:ra3.xlplus', 0],
    ['Amazon MemoryDB', 'APN1-NodeUsage:db.r6g.large', 0],
  ])('is nodes of %s only where Database Savings Plans cover the service', (serviceName, usageType, count) => {
    const usage = ALL_DAYS.map((day) => hoursOn(day, [2], { serviceName, usageType }));
    expect(gaps({ commitmentFacts: factsOf(usage) }).filter(({ kind }) => kind === 'databasePlans')).toHaveLength(count);
  });

  it('puts what is not known first, then the dearest', () => {
    const commitments = [aSavingsPlan(), aSavingsPlan({ commitmentId: 'b', end: '2026-12-01T23:59:59.000Z' })];
    const found = gaps({ asOf: '2026-11-24', commitments, ...planUse({ utilizationPercent: '90', unused: '74.4' }) });
    expect(found.map(({ kind, monthlyCost }) => [kind, monthlyCost])).toEqual([
      ['expiring', null],
      ['unused', '73'],
    ]);
  });
});
