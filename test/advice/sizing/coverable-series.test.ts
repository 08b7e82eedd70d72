import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverableSeries } from '../../../src/advice/sizing/coverable-series.ts';
import { cutKey, viewOf } from '../../../src/advice/snapshot-view.ts';
import { sumOf } from '../../../src/commitments/usage.ts';
import { exact } from '../../../src/kernel/money.ts';
import type { Commitment } from '../../../src/ledger/commitment.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import type { MeterSeries, Snapshot } from '../../../src/ledger/snapshot.ts';
import { aMeterSeries, anAccount, aResource, aSavingsPlan, aSnapshot, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { ALL_DAYS, aView, factsOf, hoursOn, LAST_WEEK, PERIOD } from './support.ts';

const GROUP = EXAMPLE_ACCOUNT_ID;
const sized = (given: Partial<Snapshot>) => coverableSeries(GROUP, aView(given), PERIOD);
const meter = (costOf: (day: string) => string, given: Partial<MeterSeries> = {}): MeterSeries => ({
  ...aMeterSeries(given),
  days: ALL_DAYS.map((day) => ({ day, usageQuantity: costOf(day), billedCost: costOf(day), effectiveCost: costOf(day) })),
});
/** The 24 figures of the nth day of the first series. */
const dayOf = (found: ReturnType<typeof sized>, index: number): number[] => [
  ...(found.series[0]?.hours.subarray(index * 24, (index + 1) * 24) ?? []),
];
const NIGHT_OFF = [...new Array<number>(8).fill(0), ...new Array<number>(16).fill(3)];

const both = [GROUP, '444455556666'].map((accountId) => anAccount({ accountId, sharingGroupId: GROUP }));

describe('usage that a commitment could cover, by the hour', () => {
  it('goes as its hours went, where they are known', () => {
    const found = sized({
      onDemandMeters: [meter(() => '48')],
      commitmentFacts: factsOf(ALL_DAYS.map((day) => hoursOn(day, NIGHT_OFF))),
    });
    expect(dayOf(found, 3)).toEqual(NIGHT_OFF);
    expect(found.knownByHour).toBe(1);
    expect(found.series[0]).toMatchObject({
      meterKind: 'BoxUsage:m5.large',
      unitCost: 1,
      family: { name: 'm5 in ap-northeast-1' },
    });
  });

  it('keeps the shape of the day when other advice takes some of it away', () => {
    const found = sized({
      onDemandMeters: [meter(() => '24')],
      commitmentFacts: factsOf(ALL_DAYS.map((day) => hoursOn(day, NIGHT_OFF))),
    });
    expect(dayOf(found, 3)).toEqual(NIGHT_OFF.map((cost) => cost / 2));
  });

  it('goes on other days as the mean day of its kind: weekends are apart', () => {
    const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
    const found = sized({
      onDemandMeters: [meter((day) => (isWeekend(day) ? '24' : '48'))],
      commitmentFacts: factsOf(LAST_WEEK.map((day) => hoursOn(day, isWeekend(day) ? [1] : NIGHT_OFF))),
    });
    const first = (weekend: boolean): number => ALL_DAYS.findIndex((day) => isWeekend(day) === weekend);
    expect(dayOf(found, first(true))).toEqual(new Array(24).fill(1));
    expect(dayOf(found, first(false))).toEqual(NIGHT_OFF);
    expect(found.knownByHour).toBeCloseTo(7 / 30, 1);
  });

  it('is spread evenly where no hour is known, and says so', () => {
    const found = sized({ onDemandMeters: [meter(() => '48')] });
    expect(dayOf(found, 0)).toEqual(new Array(24).fill(2));
    expect(found.knownByHour).toBe(0);
  });

  it('adds up to the days, whatever hours are known', () => {
    const cost = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(
        fc.array(cost, { minLength: 30, maxLength: 30 }),
        fc.array(fc.array(cost, { minLength: 24, maxLength: 24 }), { maxLength: 30 }),
        (totals, hours) => {
          const found = sized({
            onDemandMeters: [meter((day) => String(totals[ALL_DAYS.indexOf(day)] ?? 0))],
            commitmentFacts: factsOf(hours.map((costs, index) => hoursOn(ALL_DAYS[index] ?? '', costs))),
          });
          const whole = totals.reduce((sum, one) => sum + one, 0);
          expect(found.series.reduce((sum, item) => sum + sumOf(item.hours), 0)).toBeCloseTo(
            found.arriving.accountIds.length > 0 ? 0 : whole,
            6,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('leaves out an account that moved in during the look-back, and says what it uses now', () => {
    const accounts = [anAccount({ accountId: GROUP }), anAccount({ accountId: '444455556666', sharingGroupId: GROUP })];
    const late = meter((day) => (day < '2026-11-10' ? '0' : '72'), { accountId: '444455556666' });
    const found = sized({ accounts, onDemandMeters: [meter(() => '24'), late] });
    expect(found.arriving).toEqual({ accountIds: ['444455556666'], hourlyCost: 3 });
    expect(dayOf(found, 29)).toEqual(new Array(24).fill(1));
  });

  it('takes an account for too young on a short look-back too, as long as it has not been there for 30 settled days', () => {
    const late = { accountId: '444455556666' };
    const onDemandMeters = [meter(() => '24'), meter((day) => (day < '2026-11-05' ? '0' : '72'), late)];
    const week = { start: LAST_WEEK[0] ?? '', end: PERIOD.end };
    const found = coverableSeries(GROUP, aView({ accounts: both, onDemandMeters }), week);
    expect(found.arriving).toEqual({ accountIds: ['444455556666'], hourlyCost: 3 });
    expect(found.series.map(({ hours }) => sumOf(hours))).toEqual([7 * 24]);
  });

  it('leaves out an account of which fewer days are known than of the others: a day that nobody read is no day without usage', () => {
    const whole = meter(() => '72', { accountId: '444455556666' });
    const short = { ...whole, days: whole.days.slice(-20) };
    const found = sized({ accounts: both, onDemandMeters: [meter(() => '24'), short] });
    expect(found.arriving).toEqual({ accountIds: ['444455556666'], hourlyCost: 3 });
    expect(found.machineDays).toBe(30);
    expect(found.series.map(({ hours }) => sumOf(hours))).toEqual([30 * 24]);
  });

  it('needs twice as many days by the hour for a look-back twice as long', () => {
    const node = { serviceName: SERVICE.rds, usageType: 'APN1-InstanceUsage:db.r5.large' };
    const twoMonths = { start: '2026-09-22', end: PERIOD.end };
    const of = (known: number) =>
      coverableSeries(
        GROUP,
        aView({ commitmentFacts: factsOf(ALL_DAYS.slice(-known).map((day) => hoursOn(day, [2], node))) }),
        twoMonths,
      );
    expect([of(13).unknownServices, of(13).series]).toEqual([[SERVICE.rds], []]);
    expect(of(14).unknownServices).toEqual([]);
    expect(of(14).knownByHour).toBeCloseTo(14 / 60, 9);
  });

  it('takes an account that moved in for new in all it uses, however short the hours of that reach back', () => {
    const accounts = [anAccount({ accountId: GROUP }), anAccount({ accountId: '444455556666', sharingGroupId: GROUP })];
    const late = meter((day) => (day < '2026-11-10' ? '0' : '72'), { accountId: '444455556666' });
    const fargate = { accountId: '444455556666', serviceName: SERVICE.ecs, usageType: 'APN1-Fargate-vCPU-Hours:perCPU' };
    const commitmentFacts = factsOf(ALL_DAYS.slice(-10).map((day) => hoursOn(day, [5], fargate)));
    const found = sized({ accounts, onDemandMeters: [meter(() => '24'), late], commitmentFacts });
    expect(found.arriving).toEqual({ accountIds: ['444455556666'], hourlyCost: 8 });
    expect(found.series.map(({ family }) => family.kind)).toEqual(['machine']);
  });

  it('takes a service for new that nothing ran on at first', () => {
    const fargate = { serviceName: SERVICE.ecs, usageType: 'APN1-Fargate-vCPU-Hours:perCPU' };
    const usage = ALL_DAYS.slice(-14).map((day, index) => hoursOn(day, [index < 5 ? 0 : 2], fargate));
    expect(sized({ onDemandMeters: [meter(() => '24')], commitmentFacts: factsOf(usage) }).arriving.hourlyCost).toBe(2);
  });

  it('leaves out what a commitment of the last days, or a queued one, will cover, and says so', () => {
    const onDemandMeters = [meter(() => '24')];
    const bought = (given: Partial<Commitment>) => sized({ onDemandMeters, commitments: [aSavingsPlan(given)] });
    const recent = bought({ start: '2026-11-17T00:00:00.000Z' });
    expect(recent).toMatchObject({
      series: [],
      unknownServices: [SERVICE.ec2Compute],
      recentCommitments: [aSavingsPlan().commitmentId],
    });
    expect(bought({ start: '2027-01-01T00:00:00.000Z', state: 'queued' }).series).toEqual([]);
    expect(bought({}).series).toHaveLength(1);
    expect(bought({ start: '2026-11-17T00:00:00.000Z', ownerAccountId: '999999999999' }).series).toHaveLength(1);
    const nodes = { category: 'Usage', planType: null, serviceName: SERVICE.rds } as const;
    expect(bought({ ...nodes, start: '2026-11-17T00:00:00.000Z' }).series).toHaveLength(1);
  });

  it('does not know a day that was never read, and counts those that were', () => {
    const half = { ...meter(() => '24'), days: meter(() => '24').days.slice(-10) };
    expect(sized({ onDemandMeters: [half] }).machineDays).toBe(10);
    expect(sized({}).machineDays).toBeNull();
  });

  it('names a service with nodes whose hours nobody has read', () => {
    const database = aResource({
      resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:shop',
      resourceType: 'RdsDbInstance',
      lines: [
        {
          day: '2026-11-20',
          serviceName: SERVICE.rds,
          meterKind: 'InstanceUsage:db.r5.large',
          usageQuantity: '24',
          billedCost: '6',
          effectiveCost: '6',
        },
      ],
    });
    expect(sized({ resources: [database] }).unknownServices).toEqual([SERVICE.rds]);
  });

  it('keeps node types apart where reservations have no flexible sizes', () => {
    const redshift = (type: string) => ({ serviceName: 'Amazon Redshift', usageType: `APN1-Node:${type}` });
    const usage = ALL_DAYS.flatMap((day) => ['ra3.xlplus', 'ra3.4xlarge'].map((type) => hoursOn(day, [1], redshift(type))));
    expect(
      sized({ commitmentFacts: factsOf(usage) })
        .series.map(({ family }) => family.name)
        .sort(),
    ).toEqual(['Redshift ra3.4xlarge in ap-northeast-1', 'Redshift ra3.xlplus in ap-northeast-1']);
  });

  it('does not take an account for new that only had a quiet spell', () => {
    const found = sized({ onDemandMeters: [meter((day) => (day > '2026-10-25' && day < '2026-11-10' ? '0' : '72'))] });
    expect(found.arriving.accountIds).toEqual([]);
  });

  it('pools the accounts of a group, and of no other', () => {
    const accounts = [
      anAccount({ accountId: GROUP }),
      anAccount({ accountId: '444455556666', sharingGroupId: GROUP }),
      anAccount({ accountId: '777788889999', sharingGroupId: '777788889999' }),
    ];
    const onDemandMeters = accounts.map(({ accountId }) => meter(() => '24', { accountId }));
    expect(dayOf(sized({ accounts, onDemandMeters }), 0)).toEqual(new Array(24).fill(2));
  });

  it('sizes databases by their hours alone, and not before a week of them is known', () => {
    const database = { serviceName: SERVICE.rds, usageType: 'APN1-InstanceUsage:db.r5.large' };
    const of = (days: readonly string[]) => sized({ commitmentFacts: factsOf(days.map((day) => hoursOn(day, [2], database))) });
    expect(of(LAST_WEEK.slice(0, 6))).toMatchObject({ series: [], unknownServices: [SERVICE.rds] });
    const found = of(LAST_WEEK);
    expect(found.unknownServices).toEqual([]);
    expect(found.series[0]?.family).toMatchObject({ name: 'RDS db.r5 in ap-northeast-1', kind: 'node' });
    expect(dayOf(found, 0)).toEqual(new Array(24).fill(2));
  });

  it('takes off a database what the other advice takes off it', () => {
    const database = { serviceName: SERVICE.rds, usageType: 'APN1-InstanceUsage:db.r5.large' };
    const snapshot = aSnapshot({ commitmentFacts: factsOf(ALL_DAYS.map((day) => hoursOn(day, [2], database))) });
    const key = cutKey({ accountId: GROUP, regionId: 'ap-northeast-1', meterKind: 'InstanceUsage:db.r5.large' });
    const found = coverableSeries(GROUP, viewOf(snapshot, [], new Map([[key, exact('12')]])), PERIOD);
    expect(dayOf(found, 5)).toEqual(new Array(24).fill(1.5));
  });

  it('knows nothing of Spot, dedicated machines, storage and traffic', () => {
    const kinds = ['SpotUsage:m5.large', 'DedicatedUsage:m5.large', 'EBS:VolumeUsage.gp3', 'DataTransfer-Out-Bytes'];
    const onDemandMeters = kinds.map((meterKind) => meter(() => '24', { meterKind }));
    expect(sized({ onDemandMeters }).series).toEqual([]);
  });
});
