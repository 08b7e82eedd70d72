import { sumOf } from '../../commitments/usage.ts';
import { addDays, contains, type Day, daysBetween, daysIn, eachDay, type Period } from '../../kernel/calendar.ts';
import type { Commitment } from '../../ledger/commitment.ts';
import { SERVICE } from '../../ledger/service.ts';
import type { MeterSeries } from '../../ledger/snapshot.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import { cutKey, type SnapshotView } from '../snapshot-view.ts';
import { type CommitmentFamily, familyOf } from './commitment-family.ts';
import { type DayShape, HOURS_PER_DAY, profileOf, spread } from './hourly-shape.ts';
import { type HoursKnown, hoursKnown, meterKey, meterOfKey } from './hours-known.ts';

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
  /** Share of the usage whose own hours are known and not taken from other days or from a day's mean; 0 to 1. */
  readonly knownByHour: number;
  /** Days of the period of which machines are known at all; null: the group has none. */
  readonly machineDays: number | null;
  /** Accounts whose usage began within the period, and what they use an hour: too young to commit for. */
  readonly arriving: { readonly accountIds: readonly string[]; readonly hourlyCost: number };
  /** Services that are used and cannot be sized: too few of their days are known by the hour, or a plan for them is too young. */
  readonly unknownServices: readonly string[];
  /** Commitments that began within the period or are queued: what they cover still looks like on-demand usage. */
  readonly recentCommitments: readonly string[];
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
  /** Days of which something is known. */
  readonly days: readonly Day[];
  /** Days whose own hours are known. */
  readonly hourDays: ReadonlySet<Day>;
  cost: number;
  quantity: number;
}

const cache = new WeakMap<SnapshotView, Map<string, Coverable>>();

/**
 * What a sharing group uses on demand, after the other advice has been taken off (`view.onDemandMeters`, `view.nodeCuts`). Machines are known
 * by the day, and by the hour as far as hours were read; the other services by the hour alone. Usage that a commitment of the last days covers
 * from now on is left out whole: nobody can tell yet what stays on demand.
 */
export function coverableSeries(groupId: string, view: SnapshotView, period: Period): Coverable {
  const key = [groupId, period.start, period.end].join('\n');
  const known = cache.get(view) ?? new Map<string, Coverable>();
  const found = known.get(key) ?? read(groupId, view, period);
  cache.set(view, known.set(key, found));
  return found;
}

function read(groupId: string, view: SnapshotView, period: Period): Coverable {
  const hourly = hoursKnown(view.snapshot, groupId);
  const meters = view.onDemandMeters.filter((meter) => sharingGroupOf(meter.accountId, view) === groupId);
  const machines = meters.flatMap((meter) => machineDraft(meter, period, hourly) ?? []);
  const { drafts: others, unknownServices } = otherDrafts(view, period, hourly);
  const recent = view.snapshot.commitments.filter((item) => isRecent(item, groupId, view, period));
  const isTaken = ({ family }: Draft): boolean => recent.some((item) => covers(item, family));
  const all = [...machines, ...others];
  const drafts = all.filter((draft) => !isTaken(draft));
  const isYoung = youngOf(all, period);
  const young = drafts.filter(isYoung);
  const old = drafts.filter((draft) => !isYoung(draft));
  const total = sum(old.map(({ cost }) => cost));
  const taken = all.filter(isTaken).map(({ family }) => family.serviceName);
  return {
    period,
    series: merged(old),
    knownByHour: total > 0 ? sum(old.map((draft) => knownCost(draft, period))) / total : 0,
    machineDays: machines.length === 0 ? null : new Set(machines.flatMap(({ days }) => days)).size,
    arriving: {
      accountIds: [...new Set(young.map(({ accountId }) => accountId))].sort(),
      hourlyCost: sum(young.map(hourlyNow)),
    },
    unknownServices: [...new Set([...unknownServices, ...neverRead(view, groupId, hourly), ...taken])].sort(),
    recentCommitments: recent.map(({ commitmentId }) => commitmentId).sort(),
  };
}

function isRecent({ ownerAccountId, start, state }: Commitment, groupId: string, view: SnapshotView, period: Period): boolean {
  const isOfGroup = ownerAccountId === null || sharingGroupOf(ownerAccountId, view) === groupId;
  return isOfGroup && (state === 'queued' || start.slice(0, 10) > period.start);
}

/** What a commitment may take up. A plan without a known type may take up anything but nodes. */
function covers({ category, planType, serviceName }: Commitment, family: CommitmentFamily): boolean {
  if (category === 'Usage') return serviceName === null || serviceName === family.serviceName;
  if (planType === 'Database') return family.kind === 'node';
  if (planType === 'SageMaker') return false;
  return family.kind === 'machine' || (planType !== 'EC2Instance' && family.kind === 'serverless');
}

function machineDraft(meter: MeterSeries, period: Period, hourly: HoursKnown): Draft | null {
  const family = familyOf(meter.serviceName, meter.regionId, meter.meterKind);
  if (family === null) return null;
  const known = [...(hourly.shapes.get(meterKey(meter)) ?? [])].filter(([day]) => contains(period, day));
  const shapes = new Map<Day, DayShape>(known.map(([day, { cost }]) => [day, cost]));
  const profile = shapes.size < LEAST_KNOWN_DAYS ? () => null : profileOf(shapes);
  const days = meter.days.filter(({ day }) => contains(period, day));
  const draft = emptyDraft(family, meter, period, { days: days.map(({ day }) => day), hourDays: new Set(shapes.keys()) });
  for (const { day, billedCost, usageQuantity } of days) {
    const total = Math.max(0, Number(billedCost));
    spread(draft.hours, { day, total, period }, shapes.get(day), profile(day));
    draft.cost += total;
    draft.quantity += Number(usageQuantity);
  }
  return draft;
}

/** Usage that is known by the hour alone. A day that was read and has no line is a day without usage. */
function otherDrafts(view: SnapshotView, period: Period, hourly: HoursKnown) {
  const drafts: Draft[] = [];
  const unknownServices = new Set<string>();
  for (const [key, shapes] of hourly.shapes) {
    const { accountId, serviceName, regionId, meterKind } = meterOfKey(key);
    const family = serviceName === DAILY_SERVICE ? null : familyOf(serviceName, regionId, meterKind);
    if (family === null) continue;
    const days = [...(hourly.knownDays.get(serviceName) ?? [])].filter((day) => contains(period, day)).sort();
    if (days.length < LEAST_KNOWN_DAYS) {
      unknownServices.add(serviceName);
      continue;
    }
    const none = new Array<number>(HOURS_PER_DAY).fill(0);
    const known = new Map(days.map((day) => [day, shapes.get(day)?.cost ?? none]));
    const profile = profileOf(known);
    const draft = emptyDraft(family, { accountId, meterKind }, period, { days, hourDays: new Set(days) });
    for (const day of eachDay(period)) spread(draft.hours, { day, total: null, period }, known.get(day), profile(day));
    takeOff(draft.hours, Number(view.nodeCuts.get(cutKey({ accountId, regionId, meterKind })) ?? 0) * daysIn(period));
    draft.cost = sumOf(draft.hours);
    const costKnown = sum(days.map((day) => sum(shapes.get(day)?.cost ?? [])));
    const quantityKnown = sum(days.map((day) => shapes.get(day)?.quantity ?? 0));
    draft.quantity = costKnown > 0 ? (quantityKnown * draft.cost) / costKnown : 0;
    drafts.push(draft);
  }
  return { drafts, unknownServices };
}

/** Services with nodes on the bill whose hours nobody has read. */
function neverRead({ snapshot }: SnapshotView, groupId: string, { knownDays }: HoursKnown): string[] {
  const used = new Set<string>();
  for (const { accountId, regionId, lines } of snapshot.resources) {
    if (sharingGroupOf(accountId, { snapshot }) !== groupId) continue;
    const last = lines.at(-1);
    if (last === undefined || used.has(last.serviceName) || knownDays.has(last.serviceName)) continue;
    const isNode = lines.some((line) => familyOf(line.serviceName, regionId, line.meterKind)?.kind === 'node');
    if (isNode) used.add(last.serviceName);
  }
  return [...used];
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
  { accountId, meterKind }: { readonly accountId: string; readonly meterKind: string },
  period: Period,
  known: Pick<Draft, 'days' | 'hourDays'>,
): Draft {
  return {
    family,
    meterKind,
    accountId,
    hours: new Float64Array(daysIn(period) * HOURS_PER_DAY),
    ...known,
    cost: 0,
    quantity: 0,
  };
}

/** Dollars on days whose own hours are known. */
function knownCost({ hours, hourDays }: Draft, period: Period): number {
  return sum([...hourDays].map((day) => costOn(hours, day, period)));
}

function costOn(hours: Float64Array, day: Day, period: Period): number {
  const at = daysBetween(period.start, day) * HOURS_PER_DAY;
  return sumOf(hours.subarray(at, at + HOURS_PER_DAY));
}

/**
 * An account that uses nothing of a service on the first days that are known of it, and something on the last, has moved in: its level is not
 * known yet. Where its machines have, the rest of it is young too, since the hours of that do not reach back as far.
 */
function youngOf(drafts: readonly Draft[], period: Period): (draft: Draft) => boolean {
  const keyOf = ({ accountId, family }: Draft): string => `${accountId}\n${family.serviceName}`;
  const young = new Set([...Map.groupBy(drafts, keyOf)].filter(([, own]) => begins(own, period)).map(([key]) => key));
  return (draft) => young.has(keyOf(draft)) || young.has(`${draft.accountId}\n${DAILY_SERVICE}`);
}

function begins(own: readonly Draft[], period: Period): boolean {
  const days = [...new Set(own.flatMap((draft) => draft.days))].sort();
  if (days.length <= FIRST_DAYS) return false;
  const isIdleOn = (some: readonly Day[]): boolean =>
    own.every(({ hours }) => some.every((day) => costOn(hours, day, period) === 0));
  return isIdleOn(days.slice(0, FIRST_DAYS)) && !isIdleOn(days.slice(-1));
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The settled days before which nothing is judged. */
export function lookbackOf(view: SnapshotView, lookbackDays: number): Period {
  const end = view.snapshot.settledUntil;
  return { start: addDays(end, -lookbackDays), end };
}
