import type { Day } from '../../../kernel/calendar.ts';
import type { Asset, HourlyMeter } from '../asset.ts';
import type { Calendar } from '../company.ts';
import type { EstateSavingsPlan, TenBillionths } from '../types.ts';
import { type HourlyItem, hourlyItem, inPlanOrder } from './hourly-item.ts';
import type { AssetsOfWeek } from './unsteady.ts';

/** Everything the bill is computed from. */
export interface BillModel {
  readonly calendar: Calendar;
  readonly assets: readonly Asset[];
  /** The same with the hours that they run in the week of a day. */
  readonly assetsOfWeek: AssetsOfWeek;
  /** Whether weeks differ, so that what is to come is not what was. */
  readonly isUnsteady: boolean;
  readonly savingsPlans: readonly EstateSavingsPlan[];
  readonly credits: readonly { readonly day: Day; readonly accountId: string; readonly amount: TenBillionths }[];
  /** First day not on the bill. */
  readonly asOf: Day;
}

export function isReserved(asset: Asset, day: Day): boolean {
  return asset.reservation !== null && asset.reservation.start <= day && day < asset.reservation.end;
}

/** The hourly meters of an asset with their tables. */
export function itemsOf(asset: Asset, meters: readonly HourlyMeter[] = asset.usage.hourly): HourlyItem[] {
  return meters.map((meter) => hourlyItem(meter, `${asset.resource.resourceId} ${meter.name.usageType}`));
}

/** What Savings Plans could cover on a day, in AWS's order. Usage under a Reserved Instance is not theirs. */
export function coverableItems(assets: Iterable<Asset>, day: Day): HourlyItem[] {
  const items: HourlyItem[] = [];
  for (const asset of assets) {
    if (isReserved(asset, day)) continue;
    for (const item of itemsOf(asset)) if (item.savingsPlanCost) items.push(item);
  }
  return items.sort(inPlanOrder);
}

export function commitmentOn(plans: readonly EstateSavingsPlan[], day: Day): TenBillionths {
  return plans.reduce((sum, plan) => (plan.start <= day && day < plan.end ? sum + plan.hourlyCommitment : sum), 0n);
}
