import { addDays, contains, type Day, eachDay, type Period } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import { type PriceQuestion, priceKey } from '../../../ledger/price.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { MeterSeries } from '../../../ledger/snapshot.ts';
import { sharingGroupOf } from '../../sharing-group.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { instancePrice } from './ec2.ts';
import { listPrice } from './priced.ts';

/** One instance type of one region in one account, on demand, over the look-back. */
export interface CoverableSeries {
  readonly questions: { readonly onDemand: PriceQuestion; readonly reserved: PriceQuestion };
  readonly hours: Exact;
  readonly cost: Exact;
  readonly costOfDay: ReadonlyMap<Day, Exact>;
}

export interface CoverableUsage {
  readonly period: Period;
  readonly series: readonly CoverableSeries[];
}

/** Instance hours that a Compute Savings Plan would cover; Spot, dedicated hosts and traffic are not among them. */
export function coverableUsage(groupId: string, view: SnapshotView, lookbackDays: number): CoverableUsage {
  const end = view.snapshot.settledUntil;
  const period = { start: addDays(end, -lookbackDays), end };
  const series = view.onDemandMeters
    .filter((meter) => meter.serviceName === SERVICE.ec2Compute && sharingGroupOf(meter.accountId, view) === groupId)
    .flatMap((meter) => seriesOf(meter, period))
    .filter(({ cost, hours }) => cost.gt(0) && hours.gt(0));
  return { period, series };
}

function seriesOf(meter: MeterSeries, period: Period): CoverableSeries[] {
  const instanceType = /^(?:BoxUsage|DedicatedUsage):(.+)$/.exec(meter.meterKind)?.[1];
  if (instanceType === undefined) return [];
  const days = meter.days.filter(({ day }) => contains(period, day));
  const machine = { regionId: meter.regionId, instanceType, operatingSystem: 'Linux' };
  return [
    {
      questions: { onDemand: instancePrice(machine), reserved: instancePrice(machine, 'reserved1yNoUpfrontConvertible') },
      hours: days.reduce((sum, item) => sum.plus(item.usageQuantity), new Exact(0)),
      cost: days.reduce((sum, item) => sum.plus(item.billedCost), new Exact(0)),
      costOfDay: new Map(days.map((item) => [item.day, new Exact(item.billedCost)])),
    },
  ];
}

/** Each question once: accounts share instance types. */
export function priceQuestionsOf({ series }: CoverableUsage): readonly PriceQuestion[] {
  const questions = series.flatMap((item) => [item.questions.onDemand, item.questions.reserved]);
  return [...new Map(questions.map((question) => [priceKey(question), question])).values()];
}

/** The day's cost that all but a `quantile` of the days reach; days without usage count as nothing. */
export function quantileOfDays({ period, series }: CoverableUsage, quantile: number): Exact {
  const costs = [...eachDay(period)]
    .map((day) => series.reduce((sum, item) => sum.plus(item.costOfDay.get(day) ?? 0), new Exact(0)))
    .sort((a, b) => a.cmp(b));
  return costs[Math.min(costs.length - 1, Math.floor(quantile * costs.length))] ?? new Exact(0);
}

export interface SavingsShares {
  /** The part of the usage whose prices are known. */
  readonly priced: CoverableUsage;
  readonly pricedShare: Exact;
  readonly averageShare: Exact;
  readonly highestShare: Exact;
  readonly missing: readonly string[];
}

/**
 * What share of its cost on the bill a commitment saves. Reserved and on-demand list price differ by an amount an hour, whatever licence is on the
 * machine; a discount that the bill shows lowers both alike. Never more than the list discount of the type.
 */
export function savingsShares(usage: CoverableUsage, view: SnapshotView): SavingsShares {
  const missing = new Set<string>();
  const known: { readonly item: CoverableSeries; readonly share: Exact }[] = [];
  for (const item of usage.series) {
    const onDemand = listPrice(item.questions.onDemand, view);
    const reserved = listPrice(item.questions.reserved, view);
    if (typeof onDemand === 'string') missing.add(onDemand);
    if (typeof reserved === 'string') missing.add(reserved);
    if (typeof onDemand === 'string' || typeof reserved === 'string') continue;
    const listShare = Exact.max(0, new Exact(1).minus(reserved.div(onDemand)));
    const billedHourly = item.cost.div(item.hours);
    const dearer = Exact.max(1, billedHourly.div(onDemand));
    known.push({ item, share: listShare.div(dearer) });
  }
  const costOf = (items: readonly CoverableSeries[]) => items.reduce((sum, { cost }) => sum.plus(cost), new Exact(0));
  const all = costOf(usage.series);
  const priced = known.map(({ item }) => item);
  const pricedCost = costOf(priced);
  const saved = known.reduce((sum, { item, share }) => sum.plus(item.cost.mul(share)), new Exact(0));
  return {
    priced: { ...usage, series: priced },
    pricedShare: all.isZero() ? new Exact(1) : pricedCost.div(all),
    averageShare: pricedCost.isZero() ? new Exact(0) : saved.div(pricedCost),
    highestShare: known.reduce((most, { share }) => Exact.max(most, share), new Exact(0)),
    missing: [...missing],
  };
}
