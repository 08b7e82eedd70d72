import type { Day } from '../../kernel/calendar.ts';
import { Exact } from '../../kernel/money.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { MeterUsage } from './meter-usage.ts';
import { planUnitPrice } from './plan-rates.ts';
import { type PooledUsage, type SharingPool, usageKey } from './sharing-pool.ts';
import { machineMeter } from './size-units.ts';

/** What the machine would be under another type: the same hours at a share of the cost, at the rate of that type. */
export function asTarget(
  usage: MeterUsage,
  targetMeterKind: string,
  cost: Exact,
  day: Day,
  quantity: Exact,
  pool: SharingPool,
  view: SnapshotView,
): PooledUsage {
  const about = { ...usage, meterKind: targetMeterKind };
  const onDemandUnitPrice = quantity.gt(0) ? cost.div(quantity) : new Exact(0);
  const rateOf = (planType: 'Compute' | 'EC2Instance'): Exact | null => {
    const price = planUnitPrice({ ...about, onDemandUnitPrice }, planType, pool.commitments, view);
    return price?.div(onDemandUnitPrice) ?? null;
  };
  return {
    key: `target\n${usageKey(about)}`,
    accountId: usage.accountId,
    serviceName: usage.serviceName,
    regionId: usage.regionId,
    meterKind: targetMeterKind,
    operation: usage.operation,
    machine: machineMeter(targetMeterKind),
    costOn: new Map([[day, cost]]),
    quantityOn: new Map([[day, quantity]]),
    poolRate: rateOf('Compute'),
    familyRate: rateOf('EC2Instance'),
  };
}
