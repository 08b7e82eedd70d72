import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { residualUsage, residualView } from '../../src/advice/residual-usage.ts';
import { coverableSeries, lookbackOf } from '../../src/advice/sizing/coverable-series.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { sumOf } from '../../src/commitments/usage.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { sumExact } from '../../src/kernel/money.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { MeterSeries, Snapshot } from '../../src/ledger/snapshot.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import {
  aHearingFact,
  aMeterSeries,
  anAccount,
  anInstance,
  aSavingsPlan,
  aSnapshot,
  dailyLines,
  EXAMPLE_ACCOUNT_ID,
  EXAMPLE_AS_OF,
} from '../support/builders.ts';
import { ALL_DAYS, factsOf, hoursOn } from './sizing/support.ts';

const OTHER = '222233334444';
const accounts = [anAccount({ sharingGroupId: 'pool' }), anAccount({ accountId: OTHER, sharingGroupId: 'pool' })];
const snapshotOf = (given: Partial<Snapshot>): Snapshot => aSnapshot({ accounts, ...given });
/** One dollar an hour: 24 a day, 730 a month. */
const machine = anInstance({ hourly: '1' });
const series = (meterKind: string, dailyCost: string, given: Partial<MeterSeries> = {}): MeterSeries =>
  aMeterSeries({ meterKind: `BoxUsage:${meterKind}`, dailyCost, ...given });
const saves = (net: string, given: Partial<Recommendation> = {}): Recommendation =>
  aRecommendation({
    savings: { low: net, expected: net, high: net },
    netMonthlySavings: net,
    effect: { component: 'compute', monthlyCost: '730' },
    ...given,
  });
const upgrade = (net: string, targetMeterKind?: string, given: Partial<Recommendation> = {}) =>
  saves(net, {
    actionType: 'Upgrade',
    effect: { component: 'compute', monthlyCost: '730', share: '0.1', ...(targetMeterKind && { targetMeterKind }) },
    ...given,
  });
/** By account and usage type, what a day costs and how many hours it has. */
const left = (items: readonly Recommendation[], given: Partial<Snapshot>, termYears?: number) =>
  residualUsage(items, viewOf(snapshotOf(given)), termYears).map(({ accountId, meterKind, days }) => [
    `${accountId === OTHER ? 'other ' : ''}${meterKind.replace('BoxUsage:', '')}`,
    days[0]?.billedCost,
    days[0]?.usageQuantity,
  ]);

describe('a machine that moves to another family', () => {
  const to = 'BoxUsage:m7i.large';

  it('leaves its family whole and comes into the new one for what it will cost', () => {
    expect(left([upgrade('73', to)], { resources: [machine], onDemandMeters: [series('m5.large', '24')] })).toEqual([
      ['m5.large', '0', '0'],
      ['m7i.large', '21.6', '24'],
    ]);
  });

  it('joins what is there of the new type, in its own account, on days that only one of them has', () => {
    const there = series('m7i.large', '10');
    const short = { ...there, days: there.days.slice(1) };
    const onDemandMeters = [series('m5.large', '48'), short, { ...there, accountId: OTHER }];
    const [m5, m7i, others] = residualUsage([upgrade('73', to)], viewOf(snapshotOf({ resources: [machine], onDemandMeters })));
    expect(m5?.days[0]?.billedCost).toBe('24');
    expect(m7i?.days.map(({ day }) => day)).toEqual(there.days.map(({ day }) => day));
    expect(m7i?.days.slice(0, 2).map(({ billedCost }) => billedCost)).toEqual(['21.6', '31.6']);
    expect(others).toEqual({ ...there, accountId: OTHER });
  });

  it('brings no more than its old series held, so that a day at rest stays one', () => {
    const found = left([upgrade('73', to)], { resources: [machine], onDemandMeters: [series('m5.large', '12')] });
    expect(found).toEqual([
      ['m5.large', '0', '0'],
      ['m7i.large', '10.8', '24'],
    ]);
  });

  it('is left out of all families where nobody knows where it goes', () => {
    const given = { resources: [machine], onDemandMeters: [series('m5.large', '24'), series('c5.large', '50')] };
    const gone = [
      ['m5.large', '0', '0'],
      ['c5.large', '50', '24'],
    ];
    expect(left([upgrade('73')], given)).toEqual(gone);
    expect(left([upgrade('73', undefined, { actionType: 'MigrateToGraviton' })], given)).toEqual(gone);
  });

  it('stays where only its size changes, or where the advice was put aside or lost to another', () => {
    const given = { resources: [machine], onDemandMeters: [series('m5.large', '24')] };
    expect(left([upgrade('73', 'BoxUsage:m5.xlarge')], given)).toEqual([['m5.large', '21.6', '21.6']]);
    expect(left([upgrade('73', to, { status: 'dismissed' })], given)).toEqual([['m5.large', '24', '24']]);
    expect(left([upgrade('0', to, { supersededBy: 'r-2' })], given)).toEqual([['m5.large', '24', '24']]);
  });

  it('sets its family’s plan free for others of the family', () => {
    const plan = aSavingsPlan({ planType: 'EC2Instance', instanceFamily: 'm5', regionId: 'ap-northeast-1' });
    const covered = anInstance({ hourly: '1', effectiveHourly: '0.6' });
    const sibling = anInstance({ resourceId: 'i-2', hourly: '1' });
    const given = { resources: [covered, sibling], commitments: [plan], onDemandMeters: [series('m5.large', '24')] };
    // 24 of the sibling's are paid by the plan; the machine itself then costs 21.6 on demand, of which no day is known yet.
    expect(left([upgrade('73', to)], given)).toEqual([['m5.large', '0', '0']]);
  });

  it('never adds to what the group uses on demand', () => {
    const amount = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 800 }), fc.boolean(), (own, there, saved, isKnown) => {
        const onDemandMeters = [series('m5.large', String(own)), series('m7i.large', String(there))];
        const view = viewOf(snapshotOf({ resources: [machine], onDemandMeters }));
        const found = residualUsage([upgrade(String(saved), isKnown ? to : undefined)], view);
        const costs = found.map(({ days }) => days[0]?.billedCost ?? '0');
        expect(costs.every((cost) => Number(cost) >= 0)).toBe(true);
        expect(sumExact(costs).toNumber()).toBeLessThanOrEqual(own + there);
        if (own === 24 && isKnown && saved <= 730)
          expect(sumExact(costs).toNumber()).toBeCloseTo(24 + there - (saved * 24) / 730);
      }),
    );
  });
});

describe('a machine that is planned to end', () => {
  const ends = (endDate: string) => [
    aHearingFact({ endDate, matches: { accountIds: [], resourceIds: [machine.resourceId], tags: [] } }),
  ];
  const hearing = ends(addDays(EXAMPLE_AS_OF, 100));

  it('takes what its plan will pay for elsewhere with it', () => {
    const covered = anInstance({ hourly: '1', effectiveHourly: '0.7' });
    const other = anInstance({ resourceId: 'i-2', accountId: OTHER, hourly: '1' });
    const onDemandMeters = [series('m5.large', '24', { accountId: OTHER })];
    const given = { hearing, resources: [covered, other], commitments: [aSavingsPlan()], onDemandMeters };
    expect(left([], given)).toEqual([['other m5.large', '0', '0']]);
  });

  it('takes its on-demand half too where a plan pays for the other', () => {
    // A plan at 0.6 pays half of each hour: 0.5 stays on demand, and 0.3 is paid for the rest.
    const half = anInstance({ hourly: '1', effectiveHourly: '0.8' });
    const rates = [
      {
        planType: 'Compute' as const,
        serviceCode: 'AmazonEC2',
        regionId: 'ap-northeast-1',
        instanceFamily: null,
        usageType: 'APN1-BoxUsage:m5.large',
        operation: 'RunInstances',
        productDescription: 'Linux/UNIX',
        tenancy: 'shared' as const,
        unit: 'Hrs',
        currency: 'USD',
        rates: [{ termYears: 1 as const, paymentOption: 'NoUpfront' as const, rate: '0.6' }],
      },
    ];
    const onDemandMeters = [series('m5.large', '12'), series('c5.large', '100', { accountId: OTHER })];
    const found = left([], {
      hearing,
      resources: [half],
      commitments: [aSavingsPlan()],
      savingsPlanRates: rates,
      onDemandMeters,
    });
    // 12 of its own, and 7.2 of plan that takes over 12 of c5 (whose rate is not known, so the same is taken).
    expect(found.map(([kind, cost]) => [kind, Number(cost)])).toEqual([
      ['m5.large', 0],
      ['other c5.large', expect.closeTo(88, 3)],
    ]);
  });

  it('counts once, with the advice to remove it', () => {
    const given = { hearing, resources: [machine], onDemandMeters: [series('m5.large', '48')] };
    expect(left([saves('730', { actionType: 'Stop' })], given)).toEqual([['m5.large', '24', '12']]);
  });

  it('counts as far ahead as the longest term that may be bought', () => {
    const given = (days: number) => ({
      hearing: ends(addDays(EXAMPLE_AS_OF, days)),
      resources: [machine],
      onDemandMeters: [series('m5.large', '48')],
    });
    expect(left([], given(364))).toEqual([['m5.large', '24', '12']]);
    expect(left([], given(365))).toEqual([['m5.large', '48', '24']]);
    expect(left([], given(1094), 3)).toEqual([['m5.large', '24', '12']]);
    expect(left([], given(1095), 3)).toEqual([['m5.large', '48', '24']]);
  });
});

describe('databases', () => {
  const database = (
    resourceId: string,
    type: string,
    paid: { billed: string; effective: string; hours?: string },
    given = {},
  ): ResourceFacts =>
    anInstance({
      resourceId,
      resourceType: 'RdsDbInstance',
      lines: dailyLines({
        serviceName: SERVICE.rds,
        meterKind: `InstanceUsage:${type}`,
        usageQuantity: paid.hours ?? '24',
        billedCost: paid.billed,
        effectiveCost: paid.effective,
      }),
      ...given,
    });
  /** Two of them, which are the size of one xlarge. */
  const reserved = database('db-idle', 'db.r5.large', { billed: '0', effective: '24', hours: '48' });
  const onDemand = database('db-busy', 'db.r5.xlarge', { billed: '24', effective: '24' });
  const hours = (type: string, cost: number, given = {}) =>
    ALL_DAYS.map((day) => hoursOn(day, [cost], { serviceName: SERVICE.rds, usageType: `APN1-InstanceUsage:${type}`, ...given }));
  const idle = (net: string) =>
    saves(net, {
      actionType: 'Delete',
      resourceId: 'db-idle',
      resourceType: 'RdsDbInstance',
      effect: { component: '*', monthlyCost: '730' },
    });
  /** What may be committed for, dollars a day by usage type. */
  const coverable = (items: readonly Recommendation[], given: Partial<Snapshot>) => {
    const view = residualView(items, viewOf(snapshotOf(given)));
    const { series: found } = coverableSeries('pool', view, lookbackOf(view, 30));
    return found.map(({ meterKind, hours: all }) => [meterKind.replace('InstanceUsage:', ''), Math.round(sumOf(all) / 3) / 10]);
  };

  it('under a reservation that go leave it to their family: that is not bought again', () => {
    const given = { resources: [reserved, onDemand], commitmentFacts: factsOf(hours('db.r5.xlarge', 1)) };
    expect(coverable([], given)).toEqual([['db.r5.xlarge', 24]]);
    expect(coverable([idle('730')], given)).toEqual([]);
  });

  it('leave it in proportion, in the sharing group, and to no other family or region', () => {
    const usage = [
      ...hours('db.r5.xlarge', 1),
      ...hours('db.r5.2xlarge', 3, { accountId: OTHER }),
      ...hours('db.m5.large', 5),
      ...hours('db.r5.4xlarge', 2, { usageType: 'InstanceUsage:db.r5.4xlarge' }),
    ];
    const given = { resources: [reserved, onDemand], commitmentFacts: factsOf(usage) };
    expect(coverable([idle('730')], given)).toEqual([
      ['db.r5.xlarge', 18],
      ['db.r5.2xlarge', 54],
      ['db.m5.large', 120],
      ['db.r5.4xlarge', 48],
    ]);
  });

  it('on demand take their own usage alone with them, and their disks none', () => {
    const own = database('db-idle', 'db.r5.large', { billed: '24', effective: '24' });
    const usage = [...hours('db.r5.large', 1), ...hours('db.r5.xlarge', 1)];
    const given = { resources: [own, onDemand], commitmentFacts: factsOf(usage) };
    // 730 for the hours, 500 for its storage.
    expect(coverable([idle('1230')], given)).toEqual([['db.r5.xlarge', 24]]);
  });

  it('that are planned to end leave theirs to their family as well', () => {
    const matches = { accountIds: [], resourceIds: ['db-idle'], tags: [] };
    const hearing = [aHearingFact({ endDate: addDays(EXAMPLE_AS_OF, 30), matches })];
    const given = { hearing, resources: [reserved, onDemand], commitmentFacts: factsOf(hours('db.r5.xlarge', 1)) };
    expect(coverable([], given)).toEqual([]);
  });

  it('of another account’s group are left as they are', () => {
    const apart = [anAccount({ sharingGroupId: 'pool' }), anAccount({ accountId: OTHER, sharingGroupId: 'else' })];
    const usage = hours('db.r5.xlarge', 1, { accountId: OTHER });
    const view = residualView(
      [idle('730')],
      viewOf(snapshotOf({ accounts: apart, resources: [reserved], commitmentFacts: factsOf(usage) })),
    );
    expect([...view.nodeCuts.keys()].filter((key) => !key.startsWith(EXAMPLE_ACCOUNT_ID))).toEqual([]);
  });
});
