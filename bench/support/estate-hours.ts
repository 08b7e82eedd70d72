import { byText } from '../../src/adapters/postgres/ledger/order.ts';
import { addDays, type Day, eachDay, type Period } from '../../src/kernel/calendar.ts';
import { Exact, plain } from '../../src/kernel/money.ts';
import { hourlyWindow } from '../../src/ledger/billing-horizon.ts';
import { COMMITTABLE_SERVICES, type HourlyUsage, type HourlyUsageDay, isCommittable } from '../../src/ledger/hourly-usage.ts';
import { meterOf } from '../../src/ledger/meter.ts';
import type { Estate, EstateCharge, TenBillionths } from '../../src/sandbox/estate/types.ts';

/** A pull asks by the hour about the services that the bill of its last days shows. */
const RECENT_DAYS = 30;

/** The last two weeks by the hour as a pull leaves them, as far as they lie in the window. */
export function hourlyUsageOf(estate: Estate, { start, end }: Period): HourlyUsage {
  const kept = hourlyWindow(estate.asOf);
  const days = [...eachDay({ start: kept.start > start ? kept.start : start, end })];
  const recent = { start: addDays(estate.asOf, -RECENT_DAYS), end: estate.asOf };
  const used = new Set([...estate.charges(recent)].map(({ serviceName }) => serviceName));
  const usage = days.flatMap((day) => dayByTheHour(estate, day));
  return {
    usage: usage.sort(byText((item) => `${item.day}\n${item.accountId}\n${item.serviceName}\n${item.usageType}`)),
    knownDays: COMMITTABLE_SERVICES.filter((service) => used.has(service))
      .map((serviceName) => ({ serviceName, days }))
      .sort(byText((item) => item.serviceName)),
  };
}

interface Hours {
  readonly first: EstateCharge;
  readonly cost: TenBillionths[];
  readonly quantity: TenBillionths[];
}

function dayByTheHour(estate: Estate, day: Day): HourlyUsageDay[] {
  const series = new Map<string, Hours>();
  for (const [hour, charges] of [...estate.hours(day)].entries()) {
    for (const charge of charges.filter(isCoverable)) {
      const key = `${charge.accountId}\n${charge.serviceName}\n${charge.usageType}`;
      const known = series.get(key) ?? { first: charge, cost: zeros(), quantity: zeros() };
      series.set(key, known);
      known.cost[hour] = (known.cost[hour] ?? 0n) + charge.netUnblendedCost;
      known.quantity[hour] = (known.quantity[hour] ?? 0n) + charge.usageQuantity;
    }
  }
  return [...series.values()].map(({ first, cost, quantity }) => ({
    day,
    accountId: first.accountId,
    serviceName: first.serviceName,
    usageType: first.usageType,
    usageUnit: first.usageUnit,
    currency: estate.currency,
    billedCost: cost.map(decimal),
    usageQuantity: quantity.map(decimal),
  }));
}

function isCoverable({ recordType, serviceName, usageType }: EstateCharge): boolean {
  return recordType === 'Usage' && COMMITTABLE_SERVICES.includes(serviceName) && isCommittable(meterOf(usageType).kind);
}

const zeros = (): TenBillionths[] => new Array<TenBillionths>(24).fill(0n);

function decimal(amount: TenBillionths): string {
  return plain(new Exact(amount.toString()).div(10_000_000_000));
}
