import { addDays, type Day, daysIn, daysInMonth, monthOf, type Period } from '../kernel/calendar.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import { SERVICE } from '../ledger/meter.ts';
import type { ResourceFacts, UsageLine } from '../ledger/resource.ts';
import type { Effect, SavingsRange } from './detector.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** A whole week, so that a machine that rests on Sundays is not taken for one that never rests. */
const RECENT_DAYS = 7;
/** Days that tell how much on-demand usage a freed commitment could move to. */
const REFILL_DAYS = 14;
const DAYS_PER_MONTH = new Exact(HOURS_PER_MONTH).div(24);
/** Billed by the month and spread over its days, so a day costs more in February: scaled by the month's own length. */
const MONTHLY_UNIT = /^(EBS:|(RDS|Aurora):.*(Storage|PIOPS|Backup)|TimedStorage)/;
const DECIMALS = 6;

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
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => meterCost(group, daysIn(period)));
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

function meterCost(lines: readonly UsageLine[], days: number): MeterCost {
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
  };
}

function daysOfMonth({ day, meterKind }: { readonly day: Day; readonly meterKind: string }): Exact | number {
  return MONTHLY_UNIT.test(meterKind) ? daysInMonth(monthOf(day)) : DAYS_PER_MONTH;
}

/** Amounts leave this file with a fixed number of decimals, so that everything after it adds up to the last digit. */
function settled(amount: Exact): Exact {
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

/**
 * What the bill would lose if `share` (0..1) of this usage went away. Commitments float: usage under a Savings Plan frees it for other
 * usage of the sharing group, which then no longer pays its on-demand price. So `high` is the on-demand equivalent, and `expected` too
 * when the group has on-demand usage enough to move to; where it has none, the account's own share, the effective cost, is expected and
 * the whole bill may lose nothing until the commitment ends (`low`). A freed Reserved Instance is worth its effective cost.
 */
export function savingsOf(
  costs: readonly MeterCost[],
  accountId: string,
  view: SnapshotView,
  share: Exact | number = 1,
): SavingsRange {
  const underPlans = costs.filter((cost) => cost.coveredBy === 'savingsPlan');
  const effective = effectiveMonthly(underPlans).mul(share);
  const onDemand = onDemandEquivalentMonthly(underPlans).mul(share);
  const rest = effectiveMonthly(costs.filter((cost) => cost.coveredBy !== 'savingsPlan')).mul(share);
  const refill = onDemand.isZero() ? new Exact(1) : Exact.min(1, refillMonthly(accountId, view).div(onDemand));
  const expected = effective.plus(onDemand.minus(effective).mul(refill));
  return rangeOf(rest.plus(effective.mul(refill)), rest.plus(expected), rest.plus(onDemand));
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

/** The part of the resource's cost that an action works on, as a bound for the stack. */
export function effectOn(component: Effect['component'], costs: readonly MeterCost[]): Effect {
  return { component, monthlyCost: plain(onDemandEquivalentMonthly(costs)) };
}

/** A decimal for evidence: exact, with at most 6 decimals. */
export function amountOf(value: Exact): DecimalString {
  return plain(settled(value));
}

const groupCache = new WeakMap<SnapshotView, Map<string, string>>();

/** The group of accounts that pool commitments; an account whose group is not known stands alone. */
export function sharingGroupOf(accountId: string, view: SnapshotView): string {
  const known = groupCache.get(view);
  if (known) return known.get(accountId) ?? accountId;
  groupCache.set(view, new Map(view.snapshot.accounts.map((item) => [item.accountId, item.sharingGroupId ?? item.accountId])));
  return sharingGroupOf(accountId, view);
}

const refillCache = new WeakMap<SnapshotView, Map<string, Exact>>();

/** On-demand compute a month that no commitment covers, in the sharing group: where a freed one would go. */
function refillMonthly(accountId: string, view: SnapshotView): Exact {
  const byGroup = refillCache.get(view) ?? refillByGroup(view);
  refillCache.set(view, byGroup);
  return byGroup.get(sharingGroupOf(accountId, view)) ?? new Exact(0);
}

function refillByGroup(view: SnapshotView): Map<string, Exact> {
  const start = addDays(view.snapshot.spendWindow.end, -REFILL_DAYS);
  const totals = new Map<string, Exact>();
  for (const series of view.onDemandMeters) {
    if (series.serviceName !== SERVICE.ec2Compute) continue;
    const group = sharingGroupOf(series.accountId, view);
    for (const { day, billedCost } of series.days) {
      if (day >= start) totals.set(group, (totals.get(group) ?? new Exact(0)).plus(billedCost));
    }
  }
  return new Map([...totals].map(([group, total]) => [group, total.div(REFILL_DAYS).mul(DAYS_PER_MONTH)]));
}
