import { type Day, dayNumber, daysInMonth, monthOf } from '../../../kernel/calendar.ts';
import { costOf } from '../amounts.ts';
import { type Asset, isOn, type MeterName, type PlainMeter } from '../asset.ts';
import { accountIdOf } from '../company.ts';
import { dailyNoise } from '../dice.ts';
import type { EstateCharge, TenBillionths } from '../types.ts';
import { type Allocation, allocate } from './allocate.ts';
import { firstHourOf, type HourlyItem } from './hourly-item.ts';
import { type BillModel, commitmentOn, coverableItems, isReserved, itemsOf } from './model.ts';

/** Where and what a line is about, apart from its amounts. */
interface LineHead {
  readonly day: Day;
  readonly accountId: string;
  readonly regionId: string;
  readonly resourceId: string | null;
}

/** Whole hours of a day, `until` not included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export const WHOLE_DAY: Span = { from: 0, until: 24 };

/** Every line of one day that usage makes; fees, tax, support and credits of the month come from `month.ts`. */
export function usageLines(model: BillModel, day: Day): EstateCharge[] {
  return usageOf(model, day)(WHOLE_DAY);
}

/** One day made ready, to be asked as a whole or hour by hour: the spans of a day add up to the day, to the last digit. */
export function usageOf(model: BillModel, day: Day): (span: Span) => EstateCharge[] {
  const assets = model.assetsOfWeek(day).filter((asset) => isOn(asset.resource, day));
  const items = coverableItems(assets, day);
  const positions = new Map(items.map((item, index) => [item, index]));
  const commitment = Number(commitmentOn(model.savingsPlans, day));
  const first = firstHourOf(dayNumber(day));
  const wholeDay = allocate(items, first, 24, commitment);
  const fees = recurringFees(model, day, wholeDay.used);
  return (span) => {
    const isWhole = span.until - span.from === 24;
    const allocation = isWhole ? wholeDay : allocate(items, first + span.from, span.until - span.from, commitment);
    return linesOf({ day, span, assets, positions, allocation, fees });
  };
}

interface ReadyDay {
  readonly day: Day;
  readonly span: Span;
  readonly assets: readonly Asset[];
  readonly positions: ReadonlyMap<HourlyItem, number>;
  readonly allocation: Allocation;
  readonly fees: readonly EstateCharge[];
}

function linesOf({ day, span, assets, positions, allocation, fees }: ReadyDay): EstateCharge[] {
  const lines: EstateCharge[] = [];
  const negations = new Map<string, EstateCharge>();
  for (const asset of assets) {
    const { accountId, regionId, resourceId } = asset.resource;
    const head = { day, accountId, regionId, resourceId };
    for (const item of itemsOf(asset)) {
      const position = positions.get(item);
      if (isReserved(asset, day)) lines.push(partOf(reservedLine(head, asset, item), span));
      else lines.push(...hourlyLines(head, span, item, allocation, position, negations));
    }
    for (const meter of asset.usage.plain) lines.push(partOf(plainLine(head, meter, dayNumber(asset.resource.from)), span));
  }
  lines.push(...negations.values(), ...fees.map((fee) => partOf(fee, span)));
  return lines;
}

/** An even day's line over some of its hours. */
function partOf(line: EstateCharge, { from, until }: Span): EstateCharge {
  if (until - from === 24) return line;
  const part = (amount: TenBillionths): TenBillionths => (amount * BigInt(until)) / 24n - (amount * BigInt(from)) / 24n;
  return {
    ...line,
    usageQuantity: part(line.usageQuantity),
    unblendedCost: part(line.unblendedCost),
    amortizedCost: part(line.amortizedCost),
    netUnblendedCost: part(line.netUnblendedCost),
    netAmortizedCost: part(line.netAmortizedCost),
  };
}

function sumOf(table: Float64Array, day: Day, span: Span): TenBillionths {
  const first = firstHourOf(dayNumber(day));
  let sum = 0;
  for (let hour = first + span.from; hour < first + span.until; hour++) sum += table[hour] ?? 0;
  return BigInt(sum);
}

/** Covered usage at the on-demand rate with its negation, and what is left on demand. */
function hourlyLines(
  head: LineHead,
  span: Span,
  item: HourlyItem,
  allocation: Allocation,
  position: number | undefined,
  negations: Map<string, EstateCharge>,
): EstateCharge[] {
  const { name } = item.meter;
  const covered = position === undefined ? 0n : BigInt(allocation.quantity[position] ?? 0);
  const coveredCost = position === undefined ? 0n : BigInt(allocation.onDemandCost[position] ?? 0);
  const effective = position === undefined ? 0n : BigInt(allocation.savingsPlanCost[position] ?? 0);
  const lines: EstateCharge[] = [];
  if (effective > 0n) {
    lines.push(lineOf(head, name, 'SavingsPlanCoveredUsage', covered, coveredCost, effective));
    negate(head, name, covered, coveredCost, negations);
  }
  const quantity = sumOf(item.quantity, head.day, span) - covered;
  const cost = sumOf(item.onDemandCost, head.day, span) - coveredCost;
  if (quantity > 0n || cost > 0n) lines.push(lineOf(head, name, 'Usage', quantity, cost, cost));
  return lines;
}

/** One negation a day, account and usage type takes back what covered usage shows; it names no resource, as on a real bill. */
function negate(
  head: LineHead,
  name: MeterName,
  quantity: TenBillionths,
  cost: TenBillionths,
  into: Map<string, EstateCharge>,
): void {
  const key = `${head.accountId}\n${head.regionId}\n${name.usageType}\n${name.operation}`;
  const soFar = into.get(key);
  const total = cost - (soFar?.unblendedCost ?? 0n);
  const hours = quantity + (soFar?.usageQuantity ?? 0n);
  into.set(key, lineOf({ ...head, resourceId: null }, name, 'SavingsPlanNegation', hours, -total, 0n));
}

function reservedLine(head: LineHead, asset: Asset, item: HourlyItem): EstateCharge {
  const quantity = sumOf(item.quantity, head.day, WHOLE_DAY);
  return lineOf(head, item.meter.name, 'DiscountedUsage', quantity, 0n, costOf(quantity, asset.reservation?.rate ?? 0n));
}

function plainLine(head: LineHead, meter: PlainMeter, firstDayNumber: number): EstateCharge {
  const quantity = quantityOn(meter, head.day, firstDayNumber);
  const cost = costOf(quantity, meter.rate);
  const net = cost - (cost * BigInt(meter.discountPerMille)) / 1000n;
  return { ...lineOf(head, meter.name, 'Usage', quantity, cost, cost), netUnblendedCost: net, netAmortizedCost: net };
}

export function quantityOn(meter: PlainMeter, day: Day, firstDayNumber: number): TenBillionths {
  const number = dayNumber(day);
  let quantity = meter.quantity;
  if (meter.basis === 'hour') quantity *= 24n;
  if (meter.growthPerDayPpm > 0) {
    quantity += (quantity * BigInt(meter.growthPerDayPpm * (number - firstDayNumber))) / 1_000_000n;
  }
  if (meter.basis === 'month') quantity /= BigInt(daysInMonth(monthOf(day)));
  if (meter.noisePerMille > 0) {
    quantity += (quantity * BigInt(meter.noisePerMille * dailyNoise(meter.salt, number))) / 1_000_000n;
  }
  const isWeekend = (number + 3) % 7 >= 5;
  return isWeekend && meter.weekendPerMille !== 1000 ? (quantity * BigInt(meter.weekendPerMille)) / 1000n : quantity;
}

/** The whole commitment is paid each hour; amortised, only what was not used stays here, the oldest plan being used first. */
function recurringFees(model: BillModel, day: Day, used: number): EstateCharge[] {
  let left = BigInt(used);
  return model.savingsPlans
    .filter((plan) => plan.start <= day && day < plan.end)
    .map((plan) => {
      const fee = plan.hourlyCommitment * 24n;
      const usedHere = left < fee ? left : fee;
      left -= usedHere;
      const head = { day, accountId: accountIdOf('payer'), regionId: '', resourceId: plan.arn };
      return lineOf(head, SAVINGS_PLAN, 'SavingsPlanRecurringFee', 24n * 10_000_000_000n, fee, fee - usedHere);
    });
}

const SAVINGS_PLAN: MeterName = {
  serviceName: 'Savings Plans for AWS Compute usage',
  usageType: 'ComputeSP:1yrNoUpfront',
  operation: '',
  usageUnit: 'Hrs',
};

export function lineOf(
  head: LineHead,
  name: MeterName,
  recordType: string,
  usageQuantity: TenBillionths,
  unblendedCost: TenBillionths,
  amortizedCost: TenBillionths,
): EstateCharge {
  return {
    day: head.day,
    accountId: head.accountId,
    serviceName: name.serviceName,
    usageType: name.usageType,
    operation: name.operation,
    regionId: head.regionId,
    recordType,
    resourceId: head.resourceId,
    usageQuantity,
    usageUnit: name.usageUnit,
    unblendedCost,
    amortizedCost,
    netUnblendedCost: unblendedCost,
    netAmortizedCost: amortizedCost,
  };
}
