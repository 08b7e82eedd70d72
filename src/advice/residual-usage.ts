import { Exact, exact, plain } from '../kernel/money.ts';
import { SERVICE } from '../ledger/service.ts';
import type { MeterSeries } from '../ledger/snapshot.ts';
import type { Recommendation } from './recommendation.ts';
import { type Leaving, leavingOf } from './residual-leaving.ts';
import { nodeCutsOf } from './residual-nodes.ts';
import { sharingGroupOf } from './sharing-group.ts';
import { cutKey, type SnapshotView, viewOf } from './snapshot-view.ts';

type SeriesDay = MeterSeries['days'][number];

const DECIMALS = 10;
const ZERO = new Exact(0);

/**
 * What the facts look like once the other advice has been followed and what is planned to end within the longest term that may be bought has
 * ended: what a commitment is sized on.
 */
export function residualView(recommendations: readonly Recommendation[], view: SnapshotView, longestTermYears = 1): SnapshotView {
  const nodes = leavingOf(recommendations, view, 'RdsDbInstance', longestTermYears);
  return viewOf(view.snapshot, residualUsage(recommendations, view, longestTermYears), nodeCutsOf(nodes, view), view.policy);
}

/**
 * The on-demand usage that is left once the other advice has been followed: what a commitment may be sized on. A machine that moves to
 * another family leaves its own series whole, and comes into the series of the new type if that is known. What else is saved comes off the
 * series of the machine's own usage type; what that series does not hold (a Savings Plan covers it, and moves on when freed) comes off the
 * other on-demand compute of the sharing group, in proportion. No day goes below zero.
 */
export function residualUsage(
  recommendations: readonly Recommendation[],
  view: SnapshotView,
  longestTermYears = 1,
): readonly MeterSeries[] {
  const leaving = leavingOf(recommendations, view, 'Ec2Instance', longestTermYears);
  if (leaving.length === 0) return view.onDemandMeters;
  return cut(moved(view.onDemandMeters, leaving), cutsOf(leaving), view);
}

/** What comes off by amount, dollars a day, by `cutKey`. */
function cutsOf(leaving: readonly Leaving[]): ReadonlyMap<string, Exact> {
  const cutOf = new Map<string, Exact>();
  for (const { from, own, landed, move } of leaving) {
    const daily = move === null ? own.plus(landed) : landed;
    if (daily.gt(0)) cutOf.set(cutKey(from), (cutOf.get(cutKey(from)) ?? ZERO).plus(daily));
  }
  return cutOf;
}

function cut(meters: readonly MeterSeries[], cutOf: ReadonlyMap<string, Exact>, view: SnapshotView): readonly MeterSeries[] {
  const groupOf = (series: Pick<MeterSeries, 'accountId'>): string => sharingGroupOf(series.accountId, view);
  const afterOwn = meters.map((series) => less(series, (amount) => amount.minus(cutOf.get(cutKey(series)) ?? 0)));
  const before = totalsByDay(meters, groupOf);
  const after = totalsByDay(afterOwn, groupOf);
  const wanted = new Map<string, Exact>();
  for (const [key, amount] of cutOf) {
    const group = groupOf({ accountId: key.split('\n')[0] ?? '' });
    wanted.set(group, (wanted.get(group) ?? ZERO).plus(amount));
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

/** The series after the moves: of each day as much arrives as the old series held of it, for the same hours. */
function moved(meters: readonly MeterSeries[], leaving: readonly Leaving[]): readonly MeterSeries[] {
  const moves = Map.groupBy(
    leaving.filter(({ move, own }) => move !== null && own.gt(0)),
    ({ from }) => cutKey(from),
  );
  if (moves.size === 0) return meters;
  const arrivals: MeterSeries[] = [];
  const stayed = meters.map((series) => {
    const own = isCompute(series) ? (moves.get(cutKey(series)) ?? []) : [];
    const total = own.reduce((sum, item) => sum.plus(item.own), ZERO);
    if (total.isZero()) return series;
    const rest = less(series, (amount) => amount.minus(total));
    for (const { move, own: cost } of own) {
      if (move === null || move.meterKind === null) continue;
      const share = { ofHours: cost.div(total), ofCost: move.cost.div(total) };
      arrivals.push({ ...series, meterKind: move.meterKind, days: arriving(series, rest, share) });
    }
    return rest;
  });
  return arrivals.reduce(withArrival, stayed);
}

function arriving(
  before: MeterSeries,
  after: MeterSeries,
  { ofHours, ofCost }: { readonly ofHours: Exact; readonly ofCost: Exact },
): SeriesDay[] {
  return before.days.map((was, index) => {
    const is = after.days[index] ?? was;
    const part = (amount: keyof Omit<SeriesDay, 'day'>, share: Exact): string =>
      plain(exact(was[amount]).minus(is[amount]).mul(share).toDecimalPlaces(DECIMALS));
    return {
      day: was.day,
      usageQuantity: part('usageQuantity', ofHours),
      billedCost: part('billedCost', ofCost),
      effectiveCost: part('effectiveCost', ofCost),
    };
  });
}

/** Added to the series of its type, or a series of its own. */
function withArrival(meters: readonly MeterSeries[], arrival: MeterSeries): MeterSeries[] {
  const at = meters.findIndex((series) => isCompute(series) && cutKey(series) === cutKey(arrival));
  const there = meters[at];
  if (there === undefined) return [...meters, arrival];
  const days = [...Map.groupBy([...there.days, ...arrival.days], ({ day }) => day)]
    .map(([day, items]) => {
      const sum = (amount: keyof Omit<SeriesDay, 'day'>): string =>
        plain(items.reduce((total, item) => total.plus(item[amount]), ZERO));
      return { day, usageQuantity: sum('usageQuantity'), billedCost: sum('billedCost'), effectiveCost: sum('effectiveCost') };
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  return meters.with(at, { ...there, days });
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
