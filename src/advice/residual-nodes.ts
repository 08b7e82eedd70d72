import { Exact } from '../kernel/money.ts';
import { meterOf } from '../ledger/meter.ts';
import { machineMeter } from './floating/size-units.ts';
import { isUsageKind, type Leaving, type Place } from './residual-leaving.ts';
import { sharingGroupOf } from './sharing-group.ts';
import { cutKey, type SnapshotView } from './snapshot-view.ts';

const ZERO = new Exact(0);

/**
 * What comes off the on-demand usage of each node type, dollars a day, by `cutKey`. A node's own usage comes off its own type; what its freed
 * reservation takes over comes off its family in the sharing group and region, in proportion to what is left there. Usage is known by the
 * hour alone; what nobody has on demand any more is dropped.
 */
export function nodeCutsOf(leaving: readonly Leaving[], view: SnapshotView): ReadonlyMap<string, Exact> {
  const cutOf = new Map<string, Exact>();
  const add = (key: string, amount: Exact): void => void cutOf.set(key, (cutOf.get(key) ?? ZERO).plus(amount));
  for (const { from, own } of leaving.filter((item) => item.own.gt(0))) add(cutKey(from), own);
  const landed = new Map<string, Exact>();
  for (const item of leaving) {
    const pool = poolOf(item.from, view);
    landed.set(pool, (landed.get(pool) ?? ZERO).plus(item.landed));
  }
  const left = dailyOnDemand(view).map(({ place, cost }) => ({
    place,
    cost: Exact.max(0, cost.minus(cutOf.get(cutKey(place)) ?? 0)),
  }));
  for (const [pool, amount] of landed) {
    const members = left.filter(({ place, cost }) => cost.gt(0) && poolOf(place, view) === pool);
    const total = members.reduce((sum, { cost }) => sum.plus(cost), ZERO);
    if (total.isZero() || amount.isZero()) continue;
    const share = Exact.min(1, amount.div(total));
    for (const { place, cost } of members) add(cutKey(place), cost.mul(share));
  }
  return cutOf;
}

/** The mean of the known days; a known day without a line is a day without usage. */
function dailyOnDemand({ snapshot }: SnapshotView): { readonly place: Place; readonly cost: Exact }[] {
  const { usage, knownDays } = snapshot.commitmentFacts.hourly;
  const daysOf = new Map(knownDays.map(({ serviceName, days }) => [serviceName, new Set(days).size]));
  const costs = new Map<string, { place: Place; cost: Exact }>();
  for (const { accountId, serviceName, usageType, billedCost } of usage) {
    const { kind: meterKind, regionId } = meterOf(usageType);
    const days = daysOf.get(serviceName) ?? 0;
    if (days === 0 || !isUsageKind(meterKind)) continue;
    const place = { accountId, serviceName, regionId, meterKind };
    const key = `${serviceName}\n${cutKey(place)}`;
    const cost = billedCost.reduce((sum, amount) => sum.plus(amount), ZERO).div(days);
    costs.set(key, { place, cost: (costs.get(key)?.cost ?? ZERO).plus(cost) });
  }
  return [...costs.values()];
}

/** Where a reservation floats. */
function poolOf({ accountId, serviceName, regionId, meterKind }: Place, view: SnapshotView): string {
  return [sharingGroupOf(accountId, view), serviceName, regionId, machineMeter(meterKind)?.family ?? meterKind].join('\n');
}
