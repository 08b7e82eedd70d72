import { addDays, type Day, daysIn, daysInMonth, monthOf, type Period } from '../kernel/calendar.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import type { ResourceFacts, UsageLine } from '../ledger/resource.ts';
import type { Effect, SavingsRange } from './detector.ts';
import { type MeterUsage, usageDay } from './floating/meter-usage.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** A whole week, so that a machine that rests on Sundays is not taken for one that never rests. */
const RECENT_DAYS = 7;
export const DAYS_PER_MONTH = new Exact(HOURS_PER_MONTH).div(24);
/**
 * Billed by the month and spread over its days, so a day costs more in February: scaled by the month's own length. Operations of magnetic
 * volumes and hours of fast snapshot restore are counted as they come (EBS, EFS and CloudWatch billing codes, read 2026-11).
 */
const MONTHLY_UNIT =
  /^(EBS:(?!VolumeIOUsage|FastSnapshotRestore)|ES:.*Storage|(RDS|Aurora):.*(Storage|PIOPS|Backup)|(IA-?|Archive)?TimedStorage|CW:MetricMonitorUsage)/;
const DECIMALS = 6;
const SHARE_DECIMALS = 12;

/** What one usage type of a resource costs a month of 730 h, at its recent pace. */
export interface MeterCost {
  readonly serviceName: string;
  readonly meterKind: string;
  /** Units a month: hours (730 = always on), GB-months, requests… */
  readonly unitsMonthly: Exact;
  /** Part of runningCost: what the bill carries for it with today's commitments. */
  readonly effectiveMonthly: Exact;
  /**
   * What the same usage costs without any commitment. Savings Plans leave the on-demand price on the usage line (their negation is a
   * line without a resource); a Reserved Instance leaves 0, so its effective cost is all we know.
   */
  readonly onDemandEquivalentMonthly: Exact;
  /** Whether a commitment pays for some of it. */
  readonly coveredBy: 'none' | 'savingsPlan' | 'reservation';
  /** The same day by day, not scaled; a day at rest is left out. */
  readonly usage: MeterUsage;
  /** The days behind it, those at rest included. */
  readonly periodDays: number;
}

/**
 * The recent week of a resource, by usage type. Days without a line count as days without usage; the resource's first day is left out,
 * since it began somewhere in it. Empty when nothing was billed in that week.
 */
export function monthlyCosts(
  resource: ResourceFacts,
  view: SnapshotView,
  matches: (meterKind: string) => boolean = () => true,
): readonly MeterCost[] {
  const period = recentPeriod(resource, view);
  const lines = new Map<string, UsageLine[]>();
  for (const line of resource.lines) {
    if (line.day < period.start || line.day >= period.end || !matches(line.meterKind)) continue;
    const key = `${line.serviceName}\n${line.meterKind}`;
    const group = lines.get(key);
    if (group) group.push(line);
    else lines.set(key, [line]);
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => meterCost(resource, group, daysIn(period)));
}

/** The days whose pace we take for the coming months. */
export function recentPeriod(resource: Pick<ResourceFacts, 'firstBilledDay'>, view: SnapshotView): Period {
  const { lineWindow } = view.snapshot;
  const earliest = [lineWindow.start, addDays(lineWindow.end, -RECENT_DAYS)].sort().at(-1) ?? lineWindow.start;
  const firstFullDay = addDays(resource.firstBilledDay, 1);
  const start = resource.firstBilledDay >= earliest && firstFullDay < lineWindow.end ? firstFullDay : earliest;
  return { start, end: lineWindow.end };
}

/** False once a settled day went by without any usage: there is nothing left to save. */
export function isStillBilled(resource: ResourceFacts, view: SnapshotView): boolean {
  return resource.lastBilledDay >= addDays(view.snapshot.lineWindow.end, -1);
}

function meterCost(resource: ResourceFacts, lines: readonly UsageLine[], days: number): MeterCost {
  const first = lines[0];
  if (first === undefined) throw new Error('a meter needs at least one line');
  const sum = (amountOf: (line: UsageLine) => Exact): Exact =>
    lines.reduce((total, line) => total.plus(amountOf(line).mul(daysOfMonth(line))), new Exact(0)).div(days);
  const billed = sum((line) => exact(line.billedCost));
  const effective = sum((line) => exact(line.effectiveCost));
  return {
    serviceName: first.serviceName,
    meterKind: first.meterKind,
    unitsMonthly: settled(sum((line) => exact(line.usageQuantity))),
    effectiveMonthly: settled(effective),
    onDemandEquivalentMonthly: settled(sum((line) => Exact.max(line.billedCost, line.effectiveCost))),
    coveredBy: billed.eq(effective) ? 'none' : billed.gt(effective) ? 'savingsPlan' : 'reservation',
    usage: usageOf(resource, first, lines),
    periodDays: days,
  };
}

function usageOf(
  { accountId, regionId, operation }: ResourceFacts,
  { serviceName, meterKind }: UsageLine,
  lines: readonly UsageLine[],
): MeterUsage {
  return { accountId, serviceName, regionId, meterKind, operation, days: lines.map(usageDay) };
}

function daysOfMonth({ day, meterKind }: { readonly day: Day; readonly meterKind: string }): Exact | number {
  return MONTHLY_UNIT.test(meterKind) ? daysInMonth(monthOf(day)) : DAYS_PER_MONTH;
}

/** Amounts leave this file with a fixed number of decimals, so that everything after it adds up to the last digit. */
export function settled(amount: Exact): Exact {
  return amount.toDecimalPlaces(DECIMALS);
}

export function effectiveMonthly(costs: readonly MeterCost[]): Exact {
  return costs.reduce((total, cost) => total.plus(cost.effectiveMonthly), new Exact(0));
}

export function onDemandEquivalentMonthly(costs: readonly MeterCost[]): Exact {
  return costs.reduce((total, cost) => total.plus(cost.onDemandEquivalentMonthly), new Exact(0));
}

export function unitsMonthly(costs: readonly MeterCost[]): Exact {
  return costs.reduce((total, cost) => total.plus(cost.unitsMonthly), new Exact(0));
}

/** Whether taking the usage away frees a commitment, so that the saving depends on what fills it again. */
export function isCovered(costs: readonly MeterCost[]): boolean {
  return costs.some((cost) => cost.coveredBy !== 'none');
}

/** Rounded, never negative, and in order. */
export function rangeOf(low: Exact, expected: Exact, high: Exact): SavingsRange {
  const lowest = settled(Exact.max(0, low));
  const middle = Exact.max(lowest, settled(expected));
  return { low: plain(lowest), expected: plain(middle), high: plain(Exact.max(middle, settled(high))) };
}

export function sameRange(amount: Exact): SavingsRange {
  return rangeOf(amount, amount, amount);
}

/** The part of the resource's cost that an action works on, as a bound for the stack; `change` where a commitment may pay for it, since money does not tell how much goes. */
export function effectOn(
  component: Effect['component'],
  costs: readonly MeterCost[],
  change: { readonly share: Exact; readonly targetMeterKind?: string | null } | null = null,
): Effect {
  const monthlyCost = plain(onDemandEquivalentMonthly(costs));
  if (change === null) return { component, monthlyCost };
  const { share, targetMeterKind } = change;
  return {
    component,
    monthlyCost,
    share: plain(share.toDecimalPlaces(SHARE_DECIMALS)),
    ...(targetMeterKind && { targetMeterKind }),
  };
}

/** A decimal for evidence: exact, with at most 6 decimals. */
export function amountOf(value: Exact): DecimalString {
  return plain(settled(value));
}
