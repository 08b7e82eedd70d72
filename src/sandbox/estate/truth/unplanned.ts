import { addDays, eachDay, monthOf } from '../../../kernel/calendar.ts';
import { decimal, ONE } from '../amounts.ts';
import type { BillModel } from '../bill/model.ts';
import { monthLines } from '../bill/month.ts';
import { type AccountKey, accountIdOf, TOKYO } from '../company.ts';
import { UNPLANNED } from '../plan.ts';
import type { PlantedWaste, TenBillionths } from '../types.ts';

/** Thirty days that the bill will not change any more. */
const WINDOW = [33, 3] as const;
const DAYS = 30n;
const HOURS_PER_MONTH = 730n;
const WORTH_SAYING: TenBillionths = 10n * ONE;
const ACCOUNTS: readonly AccountKey[] = [
  ...(['payer', 'shared', 'security', 'onlineProd', 'onlineStg', 'onlineDev'] as const),
  ...(['martProd', 'martStg', 'martDev', 'dataProd'] as const),
];

/**
 * What each account pays for services that the plan's authors did not think of, from ten dollars a month on. Nobody knows how much of it
 * is needed, so none of it is called avoidable.
 */
export function unplannedServices(model: BillModel): PlantedWaste[] {
  const sums = new Map<string, TenBillionths>();
  const days = [...eachDay({ start: addDays(model.asOf, -WINDOW[0]), end: addDays(model.asOf, -WINDOW[1]) })];
  const months = new Map([...new Set(days.map(monthOf))].map((month) => [month, monthLines(model, month)]));
  for (const day of days) {
    for (const { accountId, serviceName, netAmortizedCost } of months.get(monthOf(day))?.get(day) ?? []) {
      if (!UNPLANNED.includes(serviceName)) continue;
      sums.set(accountId, (sums.get(accountId) ?? 0n) + netAmortizedCost);
    }
  }
  return ACCOUNTS.flatMap((key) => {
    const accountId = accountIdOf(key);
    const monthly = ((sums.get(accountId) ?? 0n) * HOURS_PER_MONTH) / (24n * DAYS);
    if (monthly < WORTH_SAYING) return [];
    return [
      {
        accountId,
        regionId: TOKYO,
        resourceId: accountId,
        kind: 'unplannedService',
        monthlyCost: decimal(monthly),
        avoidableMonthlyCost: '0',
      },
    ];
  });
}
