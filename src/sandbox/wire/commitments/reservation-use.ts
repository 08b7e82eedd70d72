import { daysIn, type Period } from '../../../kernel/calendar.ts';
import { fingerprint } from '../../../kernel/fingerprint.ts';
import { type Exact, exact } from '../../../kernel/money.ts';
import type { EstateReservation } from '../../estate/types.ts';
import type { Bill } from '../cost-explorer/bill.ts';
import type { Series } from '../cost-explorer/charge-table.ts';
import { normalizationQuarters } from '../cost-explorer/dimensions.ts';
import { compileExpression, type Expression, type Predicate } from '../cost-explorer/expression.ts';
import { invalid } from '../refusal.ts';
import type { World } from '../world.ts';
import { percent, sumsOf, text } from './sums.ts';

/** Whoever names no service asks about this one. */
export const EC2 = 'Amazon Elastic Compute Cloud - Compute';

/** What one reservation did in one part of the period. Hours; rates in dollars. */
export interface ReservationUse {
  readonly part: number;
  readonly reservation: EstateReservation;
  readonly purchased: Exact;
  readonly used: Exact;
}

export function reservationUses(
  bill: Bill,
  parts: readonly Period[],
  filter: Expression | undefined,
  world: World,
): ReservationUse[] {
  const matches = reservationFilter(bill, filter);
  const own = world.estate.reservations().filter((item) => bill.mayRead(seriesOf(item)) && matches(seriesOf(item)));
  const key = ({ accountId, resourceId }: Pick<Series, 'accountId' | 'resourceId'>): string => `${accountId} ${resourceId}`;
  const used = new Map(
    sumsOf(bill, parts, [key], ({ recordType }) => recordType === 'DiscountedUsage').map((sum) => [
      `${sum.part} ${sum.keys[0]}`,
      sum.hours,
    ]),
  );
  return parts.flatMap((period, part) =>
    own.flatMap((reservation) => {
      const days = daysIn(overlap(period, reservation));
      if (days === 0) return [];
      return [{ part, reservation, purchased: exact(days * 24), used: used.get(`${part} ${key(reservation)}`) ?? exact(0) }];
    }),
  );
}

function overlap(a: Period, b: Period): Period {
  return { start: a.start > b.start ? a.start : b.start, end: a.end < b.end ? a.end : b.end };
}

/** One service at a time. */
export function reservationFilter(bill: Bill, filter: Expression | undefined): Predicate {
  const services = filter ? servicesIn(filter) : [];
  if (services.length > 1) throw invalid('Only one service can be asked about at a time');
  const service = services[0] ?? EC2;
  const readers = {
    ...bill.readers,
    dimension: (key: string) =>
      key === 'SUBSCRIPTION_ID' ? (line: Series) => subscriptionIdOf(line.resourceId ?? '') : bill.readers.dimension(key),
  };
  const matches = filter ? compileExpression(filter, readers) : () => true;
  return (line) => line.serviceName === service && matches(line);
}

function servicesIn(filter: Expression): readonly string[] {
  const nested = [...(filter.And ?? []), ...(filter.Or ?? []), ...(filter.Not ? [filter.Not] : [])];
  const own = filter.Dimensions?.Key === 'SERVICE' ? (filter.Dimensions.Values ?? []) : [];
  return [...own, ...nested.flatMap(servicesIn)];
}

/** The reservation as the dimensions of the bill read it. */
export function seriesOf({ accountId, serviceName, usageType, operation, regionId, arn }: EstateReservation): Series {
  return {
    accountId,
    serviceName,
    usageType,
    operation,
    regionId,
    recordType: 'DiscountedUsage',
    resourceId: arn,
    usageUnit: 'Hrs',
  };
}

/** Ten digits, as AWS has them. */
export function subscriptionIdOf(arn: string): string {
  return String(Number.parseInt(fingerprint('subscription', arn).slice(0, 8), 16)).padStart(10, '1');
}

const dollars = (rate: bigint): Exact => exact(rate).div(10_000_000_000);

/** Cost Explorer's figures of reservations: what was bought, used and left, and what that is in money. */
export function aggregatesOf(uses: readonly ReservationUse[]) {
  const sum = (of: (use: ReservationUse) => Exact): string => text(exactSum(uses, of));
  const unused = (use: ReservationUse): Exact => use.purchased.minus(use.used);
  const units = ({ reservation }: ReservationUse): Exact => exact(normalizationQuarters(seriesOf(reservation))).div(4);
  const rate = ({ reservation }: ReservationUse): Exact => dollars(reservation.hourlyRate);
  const price = ({ reservation }: ReservationUse): Exact => dollars(reservation.onDemandRate);
  const [purchased, used] = [exactSum(uses, (use) => use.purchased), exactSum(uses, (use) => use.used)];
  return {
    UtilizationPercentage: percent(used, purchased),
    UtilizationPercentageInUnits: percent(
      exactSum(uses, (use) => use.used.mul(units(use))),
      exactSum(uses, (use) => use.purchased.mul(units(use))),
    ),
    PurchasedHours: text(purchased),
    PurchasedUnits: sum((use) => use.purchased.mul(units(use))),
    TotalActualHours: text(used),
    TotalActualUnits: sum((use) => use.used.mul(units(use))),
    UnusedHours: sum(unused),
    UnusedUnits: sum((use) => unused(use).mul(units(use))),
    OnDemandCostOfRIHoursUsed: sum((use) => use.used.mul(price(use))),
    NetRISavings: sum((use) => use.used.mul(price(use)).minus(use.purchased.mul(rate(use)))),
    TotalPotentialRISavings: sum((use) => use.purchased.mul(price(use).minus(rate(use)))),
    AmortizedUpfrontFee: '0',
    AmortizedRecurringFee: sum((use) => use.purchased.mul(rate(use))),
    TotalAmortizedFee: sum((use) => use.purchased.mul(rate(use))),
    RICostForUnusedHours: sum((use) => unused(use).mul(rate(use))),
    RealizedSavings: sum((use) => use.used.mul(price(use).minus(rate(use)))),
    UnrealizedSavings: sum((use) => unused(use).mul(price(use).minus(rate(use)))),
  };
}

function exactSum(uses: readonly ReservationUse[], of: (use: ReservationUse) => Exact): Exact {
  return uses.reduce((all, use) => all.plus(of(use)), exact(0));
}
