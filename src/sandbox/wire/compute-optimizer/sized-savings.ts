import type { Exact } from '../../../kernel/money.ts';
import type { World } from '../world.ts';
import type { Machine } from './machine.ts';
import { LOOKBACK_HOURS, type Measured } from './measured.ts';
import { monthlyCostOf, perMonth, type RecentCosts, type Savings, savingsOf } from './savings.ts';

/** What a machine saves by another size: the hours that it ran, at 730 hours a month, times the difference in price. */
export function resizeSavings(
  resource: Measured,
  current: Machine,
  target: Machine,
  costs: RecentCosts,
  { estate }: World,
): Savings {
  const isInstance = (usageType: string): boolean => usageType.endsWith(`:${current.instanceType}`);
  const billed = monthlyCostOf(resource, costs, estate.prices(), isInstance);
  const { list, paid } = billed.list.isZero() ? unbilled(resource, current) : billed;
  const share = current.hourlyPrice.minus(target.hourlyPrice).div(current.hourlyPrice);
  return savingsOf(list, paid, share);
}

/** Nothing on the bill yet: measured hours at list price. */
function unbilled({ utilization }: Measured, { hourlyPrice }: Machine): { list: Exact; paid: Exact } {
  const monthly = perMonth(hourlyPrice.mul(Math.min(LOOKBACK_HOURS, utilization.hoursMeasured)));
  return { list: monthly, paid: monthly };
}
