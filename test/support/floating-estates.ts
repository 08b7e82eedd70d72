import fc from 'fast-check';
import { addDays, type Day, eachDay } from '../../src/kernel/calendar.ts';
import { Exact, exact, plain } from '../../src/kernel/money.ts';
import type { Commitment } from '../../src/ledger/commitment.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import type { SavingsPlanRate } from '../../src/ledger/savings-plan-rate.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { MeterSeries, Snapshot } from '../../src/ledger/snapshot.ts';
import { anAccount, aResource, aSavingsPlan, aSnapshot } from './builders.ts';

/** A machine of a generated company: always the same from hour to hour, on some days of the week. */
export interface Machine {
  readonly accountId: string;
  readonly resourceId: string;
  readonly type: MachineType;
  /** Days of the week on which it runs, by `dayNumber % 7`. */
  readonly runsOn: readonly boolean[];
}

/** Prices an hour, in whole millionths of a dollar. */
export interface MachineType {
  readonly name: string;
  readonly onDemand: number;
  readonly plan: number;
}

export interface Plan {
  readonly id: string;
  readonly end: Day;
  /** Millionths of a dollar an hour. */
  readonly hourly: number;
}

export interface FloatingEstate {
  readonly machines: readonly Machine[];
  readonly plans: readonly Plan[];
  /** Who bought the plans; an account without machines is the payer. */
  readonly owner: string;
}

export const ACCOUNTS = ['111122223333', '222233334444', '333344445555', '444455556666'] as const;
const PAYER = '999900001111';
const TYPES: readonly MachineType[] = [
  { name: 'm5.large', onDemand: 124_000, plan: 99_000 },
  { name: 'm5.xlarge', onDemand: 248_000, plan: 199_000 },
  { name: 'c5.large', onDemand: 107_000, plan: 88_000 },
  { name: 'r5.2xlarge', onDemand: 608_000, plan: 425_000 },
  { name: 't3.medium', onDemand: 54_400, plan: 42_700 },
];
const WEEK = 7;

/** On one day at least. */
const anyDays = fc
  .array(fc.boolean(), { minLength: WEEK, maxLength: WEEK })
  .map((days) => (days.includes(true) ? days : days.with(0, true)));

/** 1..max machines in four accounts that share up to three plans, bought for anything from none to more than all of the usage. */
export function anyFloatingEstate(max: number): fc.Arbitrary<FloatingEstate> {
  const machine = fc.record({
    accountId: fc.constantFrom(...ACCOUNTS),
    type: fc.constantFrom(...TYPES),
    runsOn: fc.oneof(fc.constant(Array<boolean>(WEEK).fill(true)), anyDays),
  });
  return fc
    .record({
      drafts: fc.array(machine, { minLength: 1, maxLength: max, size: 'max' }),
      coverPercents: fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 3 }),
      ends: fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300)),
      owner: fc.constantFrom(...ACCOUNTS, PAYER),
    })
    .map(({ drafts, coverPercents, ends, owner }) => {
      const machines = drafts.map((draft, index) => ({ ...draft, resourceId: `i-${index.toString(16).padStart(17, '0')}` }));
      const all = machines.reduce((sum, { type }) => sum + type.plan, 0);
      const plans = coverPercents.map((percent, index) => ({
        id: `plan-${index}`,
        hourly: Math.floor((all * percent) / 100),
        end: addDays(aSnapshot().asOf, 1 + (ends[index] ?? 0)),
      }));
      return { machines, plans: plans.filter(({ hourly }) => hourly > 0), owner };
    });
}

/** What one hour leaves on demand (millionths of a dollar), machine by machine, and what the plans leave unused. */
export interface Hour {
  readonly onDemand: ReadonlyMap<Machine, number>;
  readonly planCost: ReadonlyMap<Machine, number>;
  readonly unused: number;
}

/** AWS's order, written down plainly: the owner's machines first, then the highest saving, then the lowest rate; ties by account and type. */
export function applyPlans({ machines, plans, owner }: FloatingEstate, weekday: number): Hour {
  const rank = ({ accountId }: Machine): number => (accountId === owner ? 0 : 1);
  const order = machines
    .filter((machine) => machine.runsOn[weekday])
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        a.type.plan / a.type.onDemand - b.type.plan / b.type.onDemand ||
        a.type.plan - b.type.plan ||
        (`${a.accountId} ${a.type.name} ${a.resourceId}` < `${b.accountId} ${b.type.name} ${b.resourceId}` ? -1 : 1),
    );
  let left = plans.reduce((sum, { hourly }) => sum + hourly, 0);
  const onDemand = new Map<Machine, number>();
  const planCost = new Map<Machine, number>();
  for (const machine of order) {
    const taken = Math.min(left, machine.type.plan);
    left -= taken;
    planCost.set(machine, taken);
    onDemand.set(machine, machine.type.onDemand * (1 - taken / machine.type.plan));
  }
  return { onDemand, planCost, unused: left };
}

const MILLION = 1_000_000;
const dollars = (millionths: number): string => plain(new Exact(millionths).div(MILLION).toDecimalPlaces(12));

/** The same company as the ledger would hold it: day by day, resource by resource. */
export function snapshotOf(estate: FloatingEstate): Snapshot {
  const base = aSnapshot();
  const window = { start: addDays(base.settledUntil, -14), end: base.settledUntil };
  const hours = Array.from({ length: WEEK }, (_, weekday) => applyPlans(estate, weekday));
  const days = [...eachDay(window)];
  const resources = estate.machines.map((machine) => resourceOf(machine, days, hours));
  const cost = resources.flatMap(({ lines }) => lines).reduce((sum, line) => sum.plus(line.effectiveCost), exact(0));
  const unused = hours.reduce((sum, hour) => sum + hour.unused, 0) * 24 * 2;
  return aSnapshot({
    lineWindow: window,
    spendWindow: window,
    accounts: [...ACCOUNTS, PAYER].map((accountId, index) =>
      anAccount({ accountId, sharingGroupId: 'pool', runningCost: index === 0 ? plain(cost.plus(dollars(unused))) : '0' }),
    ),
    resources,
    onDemandMeters: metersOf(estate, days, hours),
    commitments: estate.plans.map((plan): Commitment => {
      const end = `${addDays(plan.end, -1)}T23:59:59.000Z`;
      return aSavingsPlan({ commitmentId: plan.id, ownerAccountId: estate.owner, hourlyCommitment: dollars(plan.hourly), end });
    }),
    savingsPlanRates: TYPES.map(rateOf),
  });
}

export const weekdayOf = (day: Day): number => Math.round(Date.parse(day) / 86_400_000) % WEEK;

function resourceOf(machine: Machine, days: readonly Day[], hours: readonly Hour[]): ResourceFacts {
  const lines = days.flatMap((day) => {
    const hour = hours[weekdayOf(day)];
    const left = hour?.onDemand.get(machine);
    if (hour === undefined || left === undefined) return [];
    const { name, onDemand } = machine.type;
    return [
      {
        day,
        serviceName: SERVICE.ec2Compute,
        meterKind: `BoxUsage:${name}`,
        usageQuantity: '24',
        billedCost: dollars(24 * onDemand),
        effectiveCost: dollars(24 * (left + (hour.planCost.get(machine) ?? 0))),
      },
    ];
  });
  const { accountId, resourceId } = machine;
  return aResource({ accountId, resourceId, resourceType: 'Ec2Instance', operation: 'RunInstances', lines });
}

function metersOf({ machines }: FloatingEstate, days: readonly Day[], hours: readonly Hour[]): MeterSeries[] {
  const groups = Map.groupBy(machines, ({ accountId, type }) => `${accountId} ${type.name}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const series = days.map((day) => {
      const hour = hours[weekdayOf(day)];
      const cost = dollars(24 * group.reduce((sum, machine) => sum + (hour?.onDemand.get(machine) ?? 0), 0));
      const share = group.reduce((sum, machine) => sum + (hour?.onDemand.get(machine) ?? 0) / machine.type.onDemand, 0);
      return { day, usageQuantity: plain(exact(24 * share).toDecimalPlaces(10)), billedCost: cost, effectiveCost: cost };
    });
    const about = { serviceName: SERVICE.ec2Compute, regionId: 'ap-northeast-1', meterKind: `BoxUsage:${first.type.name}` };
    return [{ accountId: first.accountId, ...about, days: series }];
  });
}

function rateOf({ name, plan }: MachineType): SavingsPlanRate {
  return {
    planType: 'Compute',
    serviceCode: 'AmazonEC2',
    regionId: 'ap-northeast-1',
    instanceFamily: null,
    usageType: `APN1-BoxUsage:${name}`,
    operation: 'RunInstances',
    productDescription: 'Linux/UNIX',
    tenancy: 'shared',
    unit: 'Hrs',
    currency: 'USD',
    rates: [{ termYears: 1, paymentOption: 'NoUpfront', rate: dollars(plan) }],
  };
}
