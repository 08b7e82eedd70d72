import {
  addDays,
  type Day,
  dayNumber,
  daysInMonth,
  eachDay,
  firstDay,
  type Month,
  periodOfMonth,
} from '../../../kernel/calendar.ts';
import { costOf, ONE, units } from '../amounts.ts';
import { type Asset, isOn, type MeterName } from '../asset.ts';
import { accountIdOf, ESTATE_ACCOUNTS, VIRGINIA } from '../company.ts';
import { dailyNoise } from '../dice.ts';
import { tariffName, tariffRate } from '../prices/meters.ts';
import type { EstateCharge, TenBillionths } from '../types.ts';
import { lineOf, usageLines } from './day.ts';
import { type BillModel, isReserved } from './model.ts';

const SUPPORT: MeterName = { serviceName: 'AWS Support (Business)', usageType: 'Dollar', operation: '', usageUnit: 'Dollar' };
const TAX: MeterName = { serviceName: 'Tax', usageType: '', operation: '', usageUnit: '' };
const CREDIT: MeterName = {
  serviceName: 'Amazon Elastic Compute Cloud - Compute',
  usageType: 'APN1-BoxUsage:m5.large',
  operation: 'RunInstances',
  usageUnit: 'Hrs',
};
/** Japanese consumption tax. */
const TAX_PERCENT = 10n;
/** AWS Business Support: percent of the month's charges up to each limit in dollars, at least $100 (public support page; as known in 2024). */
const SUPPORT_TIERS: readonly (readonly [upTo: TenBillionths | null, percent: bigint])[] = [
  [units('10000'), 10n],
  [units('80000'), 7n],
  [units('250000'), 5n],
  [null, 3n],
];

/**
 * All lines of a month up to `model.asOf`, by day. Support and tax stand on the 1st and follow the month's charges, so in the open month
 * they grow from day to day, as AWS restates them; everything else never changes.
 */
export function monthLines(model: BillModel, month: Month): ReadonlyMap<Day, EstateCharge[]> {
  const { start, end } = periodOfMonth(month);
  const last = end < model.asOf ? end : model.asOf;
  const days = new Map<Day, EstateCharge[]>();
  if (start < model.calendar.start) return days;
  for (const day of eachDay({ start, end: last })) {
    days.set(day, [...usageLines(model, day), ...costExplorerLine(model, day)]);
  }
  const first = days.get(start);
  if (!first) return days;
  first.push(...reservationFees(model, month));
  const support = supportLine(start, days);
  first.push(support);
  for (const credit of model.credits.filter(({ day }) => day === start)) {
    const head = { day: start, accountId: credit.accountId, regionId: 'ap-northeast-1', resourceId: null };
    first.push(lineOf(head, CREDIT, 'Credit', 0n, -credit.amount, -credit.amount));
  }
  first.push(...taxLines(start, days));
  return days;
}

/** No upfront: the whole month is charged on the 1st. The reservations are used every hour, so nothing of it is unused. */
function reservationFees(model: BillModel, month: Month): EstateCharge[] {
  const day = firstDay(month);
  const reserved = (asset: Asset): boolean => isReserved(asset, day) && isOn(asset.resource, day);
  return model.assets.filter(reserved).flatMap(({ resource, reservation, usage }) => {
    const meter = usage.hourly[0];
    if (!reservation || !meter) return [];
    const hours = BigInt(daysInMonth(month) * 24) * ONE;
    const name = { ...meter.name, usageType: reservation.feeUsageType };
    const head = { day, accountId: resource.accountId, regionId: resource.regionId, resourceId: reservation.arn };
    return [lineOf(head, name, 'RIFee', hours, costOf(hours, reservation.rate), 0n)];
  });
}

/** What the company's own dashboards ask of Cost Explorer, 1 cent a request. */
function costExplorerLine(model: BillModel, day: Day): EstateCharge[] {
  if (day < addDays(model.calendar.cutOver[1], 30)) return [];
  const requests = BigInt(40 + Math.floor(dailyNoise(0xce, dayNumber(day)) / 50)) * ONE;
  const name = { ...tariffName('costExplorer', VIRGINIA), usageType: 'USE1-APIRequest' };
  const cost = costOf(requests, tariffRate('costExplorer', VIRGINIA));
  return [
    lineOf({ day, accountId: accountIdOf('payer'), regionId: VIRGINIA, resourceId: null }, name, 'Usage', requests, cost, cost),
  ];
}

function supportLine(day: Day, days: ReadonlyMap<Day, EstateCharge[]>): EstateCharge {
  let total = 0n;
  for (const lines of days.values()) for (const line of lines) total += line.netUnblendedCost;
  const head = { day, accountId: accountIdOf('payer'), regionId: '', resourceId: null };
  const fee = supportFee(total);
  return lineOf(head, SUPPORT, 'Support', total, fee, fee);
}

export function supportFee(charges: TenBillionths): TenBillionths {
  let fee = 0n;
  let from = 0n;
  for (const [upTo, percent] of SUPPORT_TIERS) {
    const top = upTo === null || charges < upTo ? charges : upTo;
    if (top > from) fee += ((top - from) * percent) / 100n;
    from = upTo ?? top;
  }
  const least = units('100');
  return fee > least ? fee : least;
}

function taxLines(day: Day, days: ReadonlyMap<Day, EstateCharge[]>): EstateCharge[] {
  const totals = new Map<string, TenBillionths>();
  for (const lines of days.values()) {
    for (const line of lines) totals.set(line.accountId, (totals.get(line.accountId) ?? 0n) + line.netUnblendedCost);
  }
  return ESTATE_ACCOUNTS.flatMap(({ accountId }) => {
    const tax = ((totals.get(accountId) ?? 0n) * TAX_PERCENT) / 100n;
    return tax > 0n ? [lineOf({ day, accountId, regionId: '', resourceId: null }, TAX, 'Tax', 0n, tax, tax)] : [];
  });
}
