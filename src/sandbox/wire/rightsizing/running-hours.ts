import { addDays } from '../../../kernel/calendar.ts';
import { type Exact, exact } from '../../../kernel/money.ts';
import type { EstateResource } from '../../estate/types.ts';
import { EC2 } from '../commitments/reservation-use.ts';
import { PLAIN_RULES } from '../commitments/rules.ts';
import { sumsOf, total } from '../commitments/sums.ts';
import { LOOKBACK_DAYS } from '../compute-optimizer/measured.ts';
import { openBill } from '../cost-explorer/bill.ts';
import type { Caller, World } from '../world.ts';

/** Hours of one machine on the bill of the look-back, by what paid for them. */
export interface RunningHours {
  readonly onDemand: Exact;
  readonly reserved: Exact;
  readonly savingsPlans: Exact;
}

/** As the caller may read them. A machine that is not on the bill has none. */
export async function runningHours(caller: Caller, world: World): Promise<(resource: EstateResource) => RunningHours> {
  const { asOf } = world.estate;
  const sums = sumsOf(
    await openBill(world, caller, PLAIN_RULES),
    [{ start: addDays(asOf, -LOOKBACK_DAYS), end: asOf }],
    [({ accountId, resourceId }) => `${accountId} ${resourceId}`, ({ recordType }) => recordType],
    ({ serviceName, usageType }) => serviceName === EC2 && /(^|-)BoxUsage:/.test(usageType),
  );
  const byMachine = Map.groupBy(sums, ({ keys }) => keys[0]);
  return ({ accountId, resourceId }) => {
    const own = byMachine.get(`${accountId} ${resourceId}`) ?? [];
    const of = (recordType: string): Exact =>
      total(
        own.filter(({ keys }) => keys[1] === recordType),
        ({ hours }) => hours,
      );
    return {
      onDemand: of('Usage'),
      reserved: of('DiscountedUsage'),
      savingsPlans: of('SavingsPlanCoveredUsage'),
    };
  };
}

export function allOf({ onDemand, reserved, savingsPlans }: RunningHours): Exact {
  return exact(onDemand).plus(reserved).plus(savingsPlans);
}
