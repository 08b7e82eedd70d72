import { type Day, dayNumber } from '../../kernel/calendar.ts';
import { type Asset, isOn } from './asset.ts';
import { allocate } from './bill/allocate.ts';
import { firstHourOf, type HourlyItem } from './bill/hourly-item.ts';
import { type BillModel, commitmentOn, coverableItems, itemsOf } from './bill/model.ts';
import type { CoverableUsage, EstateReservation } from './types.ts';

/** Every Reserved Instance bought before the day of looking, in the order of the bill. */
export function reservationsOf({ assets, asOf }: BillModel): EstateReservation[] {
  return assets.flatMap(({ resource, reservation, usage }) => {
    const meter = usage.hourly[0];
    if (!reservation || !meter || reservation.start >= asOf) return [];
    return [
      {
        arn: reservation.arn,
        accountId: resource.accountId,
        regionId: resource.regionId,
        serviceName: meter.name.serviceName,
        usageType: meter.name.usageType,
        operation: meter.name.operation,
        instanceType: resource.instanceType ?? '',
        resourceId: resource.resourceId,
        start: reservation.start,
        end: reservation.end,
        hourlyRate: reservation.rate,
        onDemandRate: meter.onDemandRate,
      },
    ];
  });
}

/** What the plans of a day took over and what they left, hour by hour: the same allocation as the bill's. */
export function coverableUsage(model: BillModel, day: Day): CoverableUsage[] {
  const assets = model.assetsOfWeek(day).filter(({ resource }) => isOn(resource, day));
  const items = coverableItems(assets, day);
  const owners = ownersOf(assets);
  const commitment = Number(commitmentOn(model.savingsPlans, day));
  const usage = items.map((item) => usageOf(item, owners.get(item)));
  for (let hour = 0; hour < 24; hour++) {
    const at = firstHourOf(dayNumber(day)) + hour;
    const covered = allocate(items, at, 1, commitment).onDemandCost;
    items.forEach((item, index) => {
      const taken = covered[index] ?? 0;
      usage[index]?.coveredCost.push(taken);
      usage[index]?.onDemandCost.push((item.onDemandCost[at] ?? 0) - taken);
    });
  }
  return usage;
}

function ownersOf(assets: readonly Asset[]): Map<HourlyItem, Asset> {
  return new Map(assets.flatMap((asset) => itemsOf(asset).map((item) => [item, asset] as const)));
}

function usageOf({ meter }: HourlyItem, owner: Asset | undefined) {
  return {
    accountId: owner?.resource.accountId ?? '',
    regionId: owner?.resource.regionId ?? '',
    usageType: meter.name.usageType,
    operation: meter.name.operation,
    onDemandCost: [] as number[],
    coveredCost: [] as number[],
  };
}
