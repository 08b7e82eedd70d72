import { sumOf } from '../../commitments/usage.ts';
import { addDays, contains, type Day, daysIn, eachDay, type Period } from '../../kernel/calendar.ts';
import { meterOf, SERVICE } from '../../ledger/meter.ts';
import type { MeterSeries } from '../../ledger/snapshot.ts';
import { sharingGroupOf } from '../costing.ts';
import { cutKey, type SnapshotView } from '../snapshot-view.ts';
import { type CommitmentFamily, familyOf } from './commitment-family.ts';
import { type DayShape, HOURS_PER_DAY, profileOf, spread } from './hourly-shape.ts';

/** On-demand usage of one usage type, hour by hour over the period, all accounts of the group together. Dollars. */
export interface CoverableSeries {
  readonly family: CommitmentFamily;
  readonly meterKind: string;
  readonly hours: Float64Array;
  /** What an hour, or another unit, cost on the bill; null where no quantity is known. */
  readonly unitCost: number | null;
}

export interface Coverable {
  readonly period: Period;
  readonly series: readonly CoverableSeries[];
  /** Share of the usage whose hours are known and not taken from other days or from a day's mean; 0 to 1. */
  readonly knownByHour: number;
  /** Accounts whose usage began within the period, and what they use an hour: too young to commit for. */
  readonly arriving: { readonly accountIds: readonly string[]; readonly hourlyCost: number };
  /** Services that cannot be sized: too few of their days are known by the hour. */
  readonly unknownServices: readonly string[];
}

/** Whole weeks, so that working days and weekends are both seen. */
const LEAST_KNOWN_DAYS = 7;
/** Usage on the first days of the period is taken for old. */
const FIRST_DAYS = 2;
/** The one service of which the snapshot has daily figures. */
const DAILY_SERVICE = SERVICE.ec2Compute;

interface Draft {
  readonly family: CommitmentFamily;
  readonly meterKind: string;
  readonly accountId: string;
  readonly hours: Float64Array;
  cost: number;
  quantity: number;
}

/**
 * What a sharing group uses on demand, after the other advice has been taken off (`view.onDemandMeters`). Machines are known by the day, and
 * by the hour as far as hours were read; the other services by the hour alone.
 */
export function coverableSeries(groupId: string, view: SnapshotView, period: Period): Coverable {
  const hourly = hoursOf(view, groupId);
  const machines = view.onDemandMeters
    .filter((meter) => sharingGroupOf(meter.accountId, view) === groupId)
    .flatMap((meter) => machineDraft(meter, period, hourly) ?? []);
  const { drafts: others, unknownServices } = otherDrafts(view, groupId, period, hourly);
  const drafts = [...machines, ...others];
  const young = arrivingAccounts(drafts, period);
  const old = drafts.filter(({ accountId }) => !young.has(accountId));
  const total = sum(old.map(({ cost }) => cost));
  return {
    period,
    series: merged(old),
    knownByHour: total > 0 ? sum(old.map((draft) => draft.cost * knownShare(draft, hourly, period))) / total : 0,
    arriving: {
      accountIds: [...young].sort(),
      hourlyCost: sum(drafts.filter(({ accountId }) => young.has(accountId)).map(hourlyNow)),
    },
    unknownServices,
  };
}

interface Hourly {
  readonly knownDays: ReadonlyMap<string, ReadonlySet<Day>>;
  /** By account, service, region and kind. */
  readonly shapes: ReadonlyMap<string, ReadonlyMap<Day, { readonly cost: DayShape; readonly quantity: number }>>;
}

function hoursOf(view: SnapshotView, groupId: string): Hourly {
  const { hourly } = view.snapshot.commitmentFacts;
  const shapes = new Map<string, Map<Day, { cost: DayShape; quantity: number }>>();
  for (const item of hourly.usage) {
    if (sharingGroupOf(item.accountId, view) !== groupId) continue;
    const { kind, regionId } = meterOf(item.usageType);
    const key = keyOf(item.accountId, item.serviceName, regionId, kind);
    const days = shapes.get(key) ?? new Map();
    shapes.set(key, days);
    days.set(item.day, { cost: item.billedCost.map(Number), quantity: sum(item.usageQuantity.map(Number)) });
  }
  return { knownDays: new Map(hourly.knownDays.map(({ serviceName, days }) => [serviceName, new Set(days)])), shapes };
}

function machineDraft(meter: MeterSeries, period: Period, hourly: Hourly): Draft | null {
  const family = familyOf(meter.serviceName, meter.regionId, meter.meterKind);
  if (family === null) return null;
  const shapes = costShapes(hourly, meter);
  const profile = profileOf(shapes);
  const draft = emptyDraft(family, meter, period);
  for (const { day, billedCost, usageQuantity } of meter.days) {
    if (!contains(period, day)) continue;
    const total = Math.max(0, Number(billedCost));
    spread(draft.hours, { day, total, period }, shapes.get(day), profile(day));
    draft.cost += total;
    draft.quantity += Number(usageQuantity);
  }
  return draft;
}

/** Usage that is known by the hour alone. A day that was read and has no line is a day without usage. */
function otherDrafts(view: SnapshotView, groupId: string, period: Period, hourly: Hourly) {
  const drafts: Draft[] = [];
  const unknownServices = new Set<string>();
  for (const [key, shapes] of hourly.shapes) {
    const [accountId = '', serviceName = '', regionId = '', meterKind = ''] = key.split('\n');
    if (serviceName === DAILY_SERVICE || sharingGroupOf(accountId, view) !== groupId) continue;
    const family = familyOf(serviceName, regionId, meterKind);
    if (family === null) continue;
    const days = [...(hourly.knownDays.get(serviceName) ?? [])].filter((day) => contains(period, day));
    if (days.length < LEAST_KNOWN_DAYS) {
      unknownServices.add(serviceName);
      continue;
    }
    const none = new Array<number>(HOURS_PER_DAY).fill(0);
    const known = new Map(days.map((day) => [day, shapes.get(day)?.cost ?? none]));
    const profile = profileOf(known);
    const draft = emptyDraft(family, { accountId, meterKind }, period);
    for (const day of eachDay(period)) spread(draft.hours, { day, total: null, period }, known.get(day), profile(day));
    const cut = Number(view.nodeCuts.get(cutKey({ accountId, regionId, meterKind })) ?? 0) * daysIn(period);
    takeOff(draft.hours, cut);
    draft.cost = sumOf(draft.hours);
    const costKnown = sum(days.map((day) => sum(shapes.get(day)?.cost ?? [])));
    const quantityKnown = sum(days.map((day) => shapes.get(day)?.quantity ?? 0));
    draft.quantity = costKnown > 0 ? (quantityKnown * draft.cost) / costKnown : 0;
    drafts.push(draft);
  }
  return { drafts, unknownServices: [...unknownServices].sort() };
}

/** Every hour gives its share. */
function takeOff(hours: Float64Array, amount: number): void {
  const whole = sumOf(hours);
  if (amount <= 0 || whole <= 0) return;
  const left = Math.max(0, 1 - amount / whole);
  for (const [hour, cost] of hours.entries()) hours[hour] = cost * left;
}

function emptyDraft(
  family: CommitmentFamily,
  { accountId, meterKind }: { accountId: string; meterKind: string },
  period: Period,
): Draft {
  const hours = new Float64Array(daysIn(period) * HOURS_PER_DAY);
  return { family, meterKind, accountId, hours, cost: 0, quantity: 0 };
}

function costShapes(hourly: Hourly, meter: { accountId: string; serviceName: string; regionId: string; meterKind: string }) {
  const days = hourly.shapes.get(keyOf(meter.accountId, meter.serviceName, meter.regionId, meter.meterKind));
  return new Map([...(days ?? [])].map(([day, { cost }]) => [day, cost] as const));
}

/** Which part of a draft's usage lies on days whose hours are known. */
function knownShare({ family, hours }: Draft, { knownDays }: Hourly, period: Period): number {
  const known = knownDays.get(family.serviceName);
  if (known === undefined) return 0;
  let [all, seen] = [0, 0];
  for (const [index, day] of [...eachDay(period)].entries()) {
    const cost = sumOf(hours.subarray(index * HOURS_PER_DAY, (index + 1) * HOURS_PER_DAY));
    all += cost;
    if (known.has(day)) seen += cost;
  }
  return all > 0 ? seen / all : 0;
}

/** An account whose usage begins within the period has moved in, and its level is not known yet. */
function arrivingAccounts(drafts: readonly Draft[], period: Period): ReadonlySet<string> {
  const byAccount = Map.groupBy(drafts, ({ accountId }) => accountId);
  const isYoung = (own: readonly Draft[]): boolean =>
    own.every(({ hours }) => sumOf(hours.subarray(0, FIRST_DAYS * HOURS_PER_DAY)) === 0) &&
    own.some((draft) => hourlyNow(draft) > 0);
  if (daysIn(period) <= FIRST_DAYS) return new Set();
  return new Set([...byAccount].filter(([, own]) => isYoung(own)).map(([accountId]) => accountId));
}

/** Dollars an hour over the last day. */
function hourlyNow({ hours }: Draft): number {
  return sumOf(hours.subarray(-HOURS_PER_DAY)) / HOURS_PER_DAY;
}

function merged(drafts: readonly Draft[]): CoverableSeries[] {
  const groups = Map.groupBy(drafts, ({ family, meterKind }) => `${family.serviceName}\n${family.regionId}\n${meterKind}`);
  return [...groups].flatMap(([, own]) => {
    const [first] = own;
    const cost = sum(own.map((draft) => draft.cost));
    if (!first || cost <= 0) return [];
    const hours = new Float64Array(first.hours.length);
    for (const draft of own) for (const [hour, value] of draft.hours.entries()) hours[hour] = (hours[hour] ?? 0) + value;
    const quantity = sum(own.map((draft) => draft.quantity));
    const { family, meterKind } = first;
    return [{ family, meterKind, hours, unitCost: quantity > 0 ? cost / quantity : null }];
  });
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The settled days before which nothing is judged. */
export function lookbackOf(view: SnapshotView, lookbackDays: number): Period {
  const end = view.snapshot.settledUntil;
  return { start: addDays(end, -lookbackDays), end };
}
