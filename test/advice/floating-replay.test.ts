import { describe, expect, it } from 'vitest';
import { monthlyCosts } from '../../src/advice/costing.ts';
import { ALL_OF_IT, floatingSaving } from '../../src/advice/savings.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { exact } from '../../src/kernel/money.ts';
import type { PlanType } from '../../src/ledger/commitment.ts';
import type { SavingsPlanRate } from '../../src/ledger/savings-plan-rate.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { aMeterSeries, anAccount, anInstance, aResource, aSavingsPlan, aSnapshot, dailyLines } from '../support/builders.ts';

const OTHER = '222233334444';
const accounts = [anAccount({ sharingGroupId: 'pool' }), anAccount({ accountId: OTHER, sharingGroupId: 'pool' })];
const rate = (planType: PlanType, type: string, perHour: string): SavingsPlanRate => ({
  planType,
  serviceCode: 'AmazonEC2',
  regionId: 'ap-northeast-1',
  instanceFamily: planType === 'EC2Instance' ? (type.split('.')[0] ?? null) : null,
  usageType: `APN1-BoxUsage:${type}`,
  operation: 'RunInstances',
  productDescription: 'Linux/UNIX',
  tenancy: 'shared',
  unit: 'Hrs',
  currency: 'USD',
  rates: [{ termYears: 1, paymentOption: 'NoUpfront', rate: perHour }],
});
const familyPlan = aSavingsPlan({
  commitmentId: 'family',
  planType: 'EC2Instance',
  instanceFamily: 'm5',
  regionId: 'ap-northeast-1',
  end: '2027-05-31T23:59:59.000Z',
});
/** m5.large is 0.124 an hour: 0.6 of it under the family's plan, 0.8 under one for all families. */
const m5 = anInstance({ resourceId: 'i-1', hourly: '0.124', effectiveHourly: '0.0744' });
const rates = [
  rate('EC2Instance', 'm5.large', '0.0744'),
  rate('Compute', 'm5.large', '0.0992'),
  rate('EC2Instance', 'm5.xlarge', '0.1488'),
  rate('Compute', 'm5.xlarge', '0.1984'),
  // The series below have 24 hours for 24 dollars.
  rate('Compute', 'c5.large', '0.8'),
];
const saved = (given: Partial<Snapshot>) => {
  const view = viewOf(aSnapshot({ accounts, savingsPlanRates: rates, ...given }));
  const { own, landed, stranded, strandedUntil, byAccount } = floatingSaving(monthlyCosts(m5, view), ALL_OF_IT, view);
  const where = [...byAccount].map(([accountId, amount]) => [accountId, amount.toDecimalPlaces(4).toString()]);
  return { own: own.toString(), landed: landed.toString(), stranded: stranded.toString(), strandedUntil, where };
};

describe('a plan of one family', () => {
  it('goes to on-demand usage of its family and to nothing else', () => {
    const c5 = aMeterSeries({ accountId: OTHER, meterKind: 'BoxUsage:c5.large', dailyCost: '24' });
    expect(saved({ resources: [m5], commitments: [familyPlan], onDemandMeters: [c5] })).toEqual({
      own: '0',
      landed: '0',
      stranded: '54.312',
      strandedUntil: '2027-06-01',
      where: [],
    });
    // One m5.xlarge on demand has room for twice what is freed.
    const m5Series = aMeterSeries({ accountId: OTHER, meterKind: 'BoxUsage:m5.xlarge', dailyCost: '5.952' });
    const found = saved({ resources: [m5], commitments: [familyPlan], onDemandMeters: [c5, m5Series] });
    expect(found).toMatchObject({ landed: '90.52', stranded: '0', strandedUntil: null, where: [[OTHER, '90.52']] });
  });

  it('takes over from a plan for all families, which then pays for others', () => {
    const larger = anInstance({
      accountId: OTHER,
      resourceId: 'i-2',
      instanceType: 'm5.xlarge',
      hourly: '0.248',
      effectiveHourly: '0.1984',
    });
    const onDemandMeters = [aMeterSeries({ accountId: OTHER, meterKind: 'BoxUsage:c5.large', dailyCost: '24' })];
    const found = saved({ resources: [m5, larger], commitments: [familyPlan, aSavingsPlan()], onDemandMeters });
    // 1.7856 a day covers 2.976 of m5.xlarge; that frees 2.3808 of the other plan, which covers 2.976 of c5.large.
    expect(found).toMatchObject({ own: '0', landed: '90.52', stranded: '0', where: [[OTHER, '90.52']] });
  });
});

describe('what is covered', () => {
  it('is told by the plan’s own rate where only a part of the day is', () => {
    // Half the day under a plan at 0.8: 0.0496 a day less than on demand.
    const half = anInstance({ resourceId: 'i-1', hourly: '0.124', effectiveHourly: '0.1116' });
    const view = viewOf(aSnapshot({ accounts, savingsPlanRates: rates, resources: [half], commitments: [aSavingsPlan()] }));
    const { own, stranded } = floatingSaving(monthlyCosts(half, view), ALL_OF_IT, view);
    expect([own.toString(), stranded.toString()]).toEqual(['45.26', '36.208']);
  });

  it('moves to another type at that type’s rate', () => {
    // From m5.large at 0.6 (family plan) to c5.large, which that plan does not pay for: c5 stays on demand, and nothing else is there.
    const view = viewOf(aSnapshot({ accounts, savingsPlanRates: rates, resources: [m5], commitments: [familyPlan] }));
    const change = { share: exact('0.1'), targetMeterKind: 'BoxUsage:c5.large' };
    const { own, stranded } = floatingSaving(monthlyCosts(m5, view), change, view);
    expect([own.toString(), stranded.toString()]).toEqual(['-81.468', '54.312']);
  });
});

describe('a plan over all families', () => {
  const computePlan = aSavingsPlan({ commitmentId: 'compute', end: '2027-05-31T23:59:59.000Z' });
  const covered = anInstance({ resourceId: 'i-1', hourly: '0.124', effectiveHourly: '0.0992' });
  const database = aResource({
    resourceType: 'RdsDbInstance',
    resourceId: 'shop-db',
    lines: dailyLines({
      serviceName: SERVICE.rds,
      meterKind: 'InstanceUsage:db.r5.large',
      usageQuantity: '24',
      billedCost: '24',
    }),
  });

  it('lands on no database that it cannot pay for: it is stranded', () => {
    const view = viewOf(
      aSnapshot({ accounts, savingsPlanRates: rates, resources: [covered, database], commitments: [computePlan] }),
    );
    const { landed, stranded, strandedUntil } = floatingSaving(monthlyCosts(covered, view), ALL_OF_IT, view);
    expect([landed.toString(), stranded.toString(), strandedUntil]).toEqual(['0', '72.416', '2027-06-01']);
  });

  it('of databases lands on databases alone', () => {
    const paid = {
      ...database,
      resourceId: 'paid-db',
      lines: database.lines.map((line) => ({ ...line, effectiveCost: '19.2' })),
    };
    const plan = aSavingsPlan({ commitmentId: 'databases', planType: 'Database', end: '2027-05-31T23:59:59.000Z' });
    const c5 = aMeterSeries({ accountId: OTHER, meterKind: 'BoxUsage:c5.large', dailyCost: '240' });
    const of = (resources: Snapshot['resources']) => {
      const view = viewOf(aSnapshot({ accounts, resources, commitments: [plan], onDemandMeters: [c5] }));
      const { landed, stranded } = floatingSaving(monthlyCosts(paid, view), ALL_OF_IT, view);
      return [landed.toString(), stranded.toString()];
    };
    expect(of([paid])).toEqual(['0', '584']);
    expect(of([paid, database])).toEqual(['730', '0']);
  });
});
