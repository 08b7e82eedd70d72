import { sumOf } from '../../commitments/usage.ts';
import { contains, type Day, daysBetween, daysIn, eachDay, type Period } from '../../kernel/calendar.ts';
import { SERVICE } from '../../ledger/service.ts';
import type { MeterSeries } from '../../ledger/snapshot.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import { cutKey, type SnapshotView } from '../snapshot-view.ts';
import { type CommitmentFamily, familyOf } from './commitment-family.ts';
import { type DayShape, HOURS_PER_DAY, profileOf, spread } from './hourly-shape.ts';
import { type HoursKnown, hoursKnown, meterKey, meterOfKey } from './hours-known.ts';

/** On-demand usage of one usage type in one account, hour by hour over a period. */
export interface Draft {
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

/** The one service of which the snapshot has daily figures. */
export const DAILY_SERVICE = SERVICE.ec2Compute;
/** Whole weeks, so that working days and weekends are both seen. */
const LEAST_KNOWN_DAYS = 7;
/** Of a longer period as large a part has to be known as a week is of this. */
const USUAL_PERIOD_DAYS = 30;

/** All usage of a sharing group that one can commit to: machines, and what is known by the hour alone; services of which too little is known. */
export function usageDrafts(groupId: string, view: SnapshotView, period: Period) {
  const hourly = hoursKnown(view.snapshot, groupId);
  const meters = view.onDemandMeters.filter((meter) => sharingGroupOf(meter.accountId, view) === groupId);
  const machines = meters.flatMap((meter) => machineDraft(meter, period, hourly) ?? []);
  const { drafts, unknownServices } = otherDrafts(view, period, hourly);
  return { machines, others: drafts, unknownServices: [...unknownServices, ...neverRead(view, groupId, hourly)] };
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
  const leastKnownDays = leastKnownDaysIn(period);
  const drafts: Draft[] = [];
  const unknownServices = new Set<string>();
  for (const [key, shapes] of hourly.shapes) {
    const { accountId, serviceName, regionId, meterKind } = meterOfKey(key);
    const family = serviceName === DAILY_SERVICE ? null : familyOf(serviceName, regionId, meterKind);
    if (family === null) continue;
    const days = [...(hourly.knownDays.get(serviceName) ?? [])].filter((day) => contains(period, day)).sort();
    if (days.length < leastKnownDays) {
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

function leastKnownDaysIn(period: Period): number {
  return Math.max(LEAST_KNOWN_DAYS, Math.ceil((daysIn(period) * LEAST_KNOWN_DAYS) / USUAL_PERIOD_DAYS));
}

/** Dollars on days whose own hours are known. */
export function knownCost({ hours, hourDays }: Draft, period: Period): number {
  return sum([...hourDays].map((day) => costOn(hours, day, period)));
}

export function costOn(hours: Float64Array, day: Day, period: Period): number {
  const at = daysBetween(period.start, day) * HOURS_PER_DAY;
  return sumOf(hours.subarray(at, at + HOURS_PER_DAY));
}

/** Dollars an hour over the last day. */
export function hourlyNow({ hours }: Draft): number {
  return sumOf(hours.subarray(-HOURS_PER_DAY)) / HOURS_PER_DAY;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
