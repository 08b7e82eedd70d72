import { Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import { SERVICE } from '../ledger/meter.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import type { MeterSeries } from '../ledger/snapshot.ts';
import { sharingGroupOf } from './costing.ts';
import { isLive } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';
import type { SnapshotView } from './snapshot-view.ts';

const DECIMALS = 10;
const DAYS_PER_MONTH = new Exact(HOURS_PER_MONTH).div(24);
const ZERO = new Exact(0);

/**
 * The on-demand usage that is left once the other advice has been followed: what a commitment may be sized on. What an instance saves
 * comes off the series of its own usage type; what that series does not hold (a Savings Plan covers it, and moves on when freed) comes off
 * the other on-demand compute of the sharing group, in proportion. No day goes below zero.
 */
export function residualUsage(recommendations: readonly Recommendation[], view: SnapshotView): readonly MeterSeries[] {
  const cutOf = dailyCuts(recommendations, view);
  if (cutOf.size === 0) return view.onDemandMeters;
  const groupOf = (series: Pick<MeterSeries, 'accountId'>): string => sharingGroupOf(series.accountId, view);
  const afterOwn = view.onDemandMeters.map((series) => less(series, (amount) => amount.minus(cutOf.get(seriesKey(series)) ?? 0)));
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

function dailyCuts(recommendations: readonly Recommendation[], view: SnapshotView): Map<string, Exact> {
  const saving = recommendations.filter((item) => isLive(item) && exact(item.netMonthlySavings).gt(0));
  const byResource = Map.groupBy(saving, (item) => `${item.accountId}\n${item.resourceId}`);
  const cutOf = new Map<string, Exact>();
  for (const resource of view.snapshot.resources) {
    if (resource.resourceType !== 'Ec2Instance') continue;
    const items = byResource.get(`${resource.accountId}\n${resource.resourceId}`);
    const meterKind = items && boxUsageOf(resource);
    if (!items || meterKind === undefined) continue;
    const key = seriesKey({ ...resource, meterKind });
    const daily = items.reduce((sum, item) => sum.plus(item.netMonthlySavings), ZERO).div(DAYS_PER_MONTH);
    cutOf.set(key, (cutOf.get(key) ?? ZERO).plus(daily));
  }
  return cutOf;
}

/** The usage type that the machine has now. */
function boxUsageOf({ lines }: ResourceFacts): string | undefined {
  return lines.findLast((line) => line.serviceName === SERVICE.ec2Compute && line.meterKind.startsWith('BoxUsage'))?.meterKind;
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

function seriesKey({ accountId, regionId, meterKind }: Pick<MeterSeries, 'accountId' | 'regionId' | 'meterKind'>): string {
  return `${accountId}\n${regionId}\n${meterKind}`;
}
