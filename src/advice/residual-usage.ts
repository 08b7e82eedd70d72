import { addDays } from '../kernel/calendar.ts';
import { Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import { SERVICE } from '../ledger/meter.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import type { MeterSeries } from '../ledger/snapshot.ts';
import { monthlyCosts, sharingGroupOf } from './costing.ts';
import { isLive } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';
import { cutKey, type SnapshotView, viewOf } from './snapshot-view.ts';

const DECIMALS = 10;
const DAYS_PER_MONTH = new Exact(HOURS_PER_MONTH).div(24);
const ZERO = new Exact(0);
/** A year's commitment must not be sized on what ends within it. */
const TERM_DAYS = 365;

/** What the facts look like once the other advice has been followed and what is planned to end has ended: what a commitment is sized on. */
export function residualView(recommendations: readonly Recommendation[], view: SnapshotView): SnapshotView {
  return viewOf(view.snapshot, residualUsage(recommendations, view), dailyCuts(recommendations, view, 'RdsDbInstance'));
}

/**
 * The on-demand usage that is left once the other advice has been followed: what a commitment may be sized on. What an instance saves
 * comes off the series of its own usage type; what that series does not hold (a Savings Plan covers it, and moves on when freed) comes off
 * the other on-demand compute of the sharing group, in proportion. No day goes below zero.
 */
export function residualUsage(recommendations: readonly Recommendation[], view: SnapshotView): readonly MeterSeries[] {
  const cutOf = dailyCuts(recommendations, view, 'Ec2Instance');
  if (cutOf.size === 0) return view.onDemandMeters;
  const groupOf = (series: Pick<MeterSeries, 'accountId'>): string => sharingGroupOf(series.accountId, view);
  const afterOwn = view.onDemandMeters.map((series) => less(series, (amount) => amount.minus(cutOf.get(cutKey(series)) ?? 0)));
  const before = totalsByDay(view.onDemandMeters, groupOf);
  const after = totalsByDay(afterOwn, groupOf);
  const wanted = new Map<string, Exact>();
  for (const [key, cut] of cutOf) {
    const group = groupOf({ accountId: key.split('\n')[0] ?? '' });
    wanted.set(group, (wanted.get(group) ?? ZERO).plus(cut));
  }
  return afterOwn.map((series) => {
    if (!isCompute(series)) return series;
    const group = groupOf(series);
    return less(series, (amount, day) => {
      const had = before.get(`${group}\n${day}`) ?? ZERO;
      const has = after.get(`${group}\n${day}`) ?? ZERO;
      const target = had.minus(wanted.get(group) ?? 0);
      return has.isZero() ? amount : amount.mul(Exact.max(0, target)).div(has);
    });
  });
}

function dailyCuts(
  recommendations: readonly Recommendation[],
  view: SnapshotView,
  resourceType: 'Ec2Instance' | 'RdsDbInstance',
): Map<string, Exact> {
  const saving = recommendations.filter((item) => isLive(item) && exact(item.netMonthlySavings).gt(0) && isOfUsage(item));
  const byResource = Map.groupBy(saving, (item) => `${item.accountId}\n${item.resourceId}`);
  const cutOf = new Map<string, Exact>();
  for (const resource of view.snapshot.resources) {
    if (resource.resourceType !== resourceType) continue;
    const items = byResource.get(`${resource.accountId}\n${resource.resourceId}`) ?? [];
    const isEnding = endsWithinTerm(resource, view);
    const meterKind = isEnding || items.length > 0 ? usageKindOf(resource) : undefined;
    if (meterKind === undefined) continue;
    const key = cutKey({ ...resource, meterKind });
    const saved = items.reduce((sum, item) => sum.plus(item.netMonthlySavings), ZERO);
    const daily = (isEnding ? onDemandMonthly(resource, view) : saved).div(DAYS_PER_MONTH);
    cutOf.set(key, (cutOf.get(key) ?? ZERO).plus(daily));
  }
  return cutOf;
}

/** Storage and support beside a machine's hours are no usage that a commitment covers. */
function isOfUsage({ effect }: Recommendation): boolean {
  return effect.component === '*' || effect.component === 'compute' || effect.component === 'hours';
}

function endsWithinTerm(resource: ResourceFacts, view: SnapshotView): boolean {
  const endDate = view.hearing(resource)?.endDate ?? null;
  return endDate !== null && endDate < addDays(view.snapshot.asOf, TERM_DAYS);
}

/** What its hours cost now; nothing where a commitment covers them. */
function onDemandMonthly(resource: ResourceFacts, view: SnapshotView): Exact {
  const costs = monthlyCosts(resource, view, (kind) => isUsageKind(kind));
  return costs.filter(({ coveredBy }) => coveredBy === 'none').reduce((sum, cost) => sum.plus(cost.effectiveMonthly), ZERO);
}

/** The usage type that the machine or database has now. */
function usageKindOf({ lines }: ResourceFacts): string | undefined {
  return lines.findLast(({ meterKind }) => isUsageKind(meterKind))?.meterKind;
}

function isUsageKind(meterKind: string): boolean {
  return /^(BoxUsage|InstanceUsage|Multi-AZUsage)(IOOptimized)?:/.test(meterKind);
}

function totalsByDay(meters: readonly MeterSeries[], groupOf: (series: MeterSeries) => string): ReadonlyMap<string, Exact> {
  const totals = new Map<string, Exact>();
  for (const series of meters.filter(isCompute)) {
    const group = groupOf(series);
    for (const { day, billedCost } of series.days) {
      const key = `${group}\n${day}`;
      totals.set(key, (totals.get(key) ?? ZERO).plus(billedCost));
    }
  }
  return totals;
}

/** The series with each day's cost lowered, and its quantity with it. */
function less(series: MeterSeries, left: (amount: Exact, day: string) => Exact): MeterSeries {
  if (!isCompute(series)) return series;
  const days = series.days.map((item) => {
    const billed = exact(item.billedCost);
    if (billed.lte(0)) return item;
    const now = Exact.min(billed, Exact.max(0, left(billed, item.day)));
    const scale = (amount: string): string => plain(exact(amount).mul(now).div(billed).toDecimalPlaces(DECIMALS));
    return {
      day: item.day,
      usageQuantity: scale(item.usageQuantity),
      billedCost: plain(now.toDecimalPlaces(DECIMALS)),
      effectiveCost: scale(item.effectiveCost),
    };
  });
  return { ...series, days };
}

function isCompute({ serviceName }: MeterSeries): boolean {
  return serviceName === SERVICE.ec2Compute;
}
