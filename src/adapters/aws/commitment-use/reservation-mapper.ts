import type { Period } from '../../../kernel/calendar.ts';
import { exact } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Commitment } from '../../../ledger/commitment.ts';
import type { ReservationCoverage, ReservationUtilization } from '../../../ledger/commitment-use.ts';
import type { Fact } from '../../../ledger/fact.ts';
import { decimalOf, neededDecimal, UnreadableFact } from '../decimals.ts';
import { instantOf, paymentOptionOf, stateOf, termYearsOf } from '../savings-plans/words.ts';
import { attributeOf, percentOf, periodOf } from './attributes.ts';
import type { ReservationCoverageGroup, ReservationFigures, ReservationGroup, ReservationPeriod } from './schema.ts';

/** All reservations of a service, one day; null for a day on which there were none. */
export function dayOfReservations(row: ReservationPeriod, serviceName: string): Fact<ReservationUtilization> | null {
  const { start, end } = periodOf(row.TimePeriod);
  if (!row.Total || exact(decimalOf(row.Total.PurchasedHours) ?? '0').isZero()) return null;
  return {
    accountId: null,
    day: start,
    key: serviceName,
    body: utilizationOf(row.Total, { serviceName, commitmentId: null, until: end }),
  };
}

/** One reservation over a month, or as much of it as was asked for. */
export function monthOfReservation(
  group: ReservationGroup,
  serviceName: string,
  { start, end }: Period,
): Fact<ReservationUtilization> {
  if (!group.Utilization) throw new UnreadableFact('no utilization');
  const commitmentId = idOf(group);
  const body = utilizationOf(group.Utilization, { serviceName, commitmentId, until: end });
  return { accountId: ownerOf(group), day: start, key: commitmentId, body };
}

function utilizationOf(
  figures: ReservationFigures,
  about: Pick<ReservationUtilization, 'serviceName' | 'commitmentId' | 'until'>,
): ReservationUtilization {
  const purchasedHours = neededDecimal(figures.PurchasedHours, 'purchased hours');
  const usedHours = neededDecimal(figures.TotalActualHours, 'used hours');
  return {
    ...about,
    purchasedHours,
    usedHours,
    unusedHours: neededDecimal(figures.UnusedHours, 'unused hours'),
    purchasedUnits: decimalOf(figures.PurchasedUnits),
    usedUnits: decimalOf(figures.TotalActualUnits),
    utilizationPercent: percentOf(figures.UtilizationPercentage, usedHours, purchasedHours),
    amortizedFee: decimalOf(figures.TotalAmortizedFee),
    unusedFee: decimalOf(figures.RICostForUnusedHours),
    onDemandEquivalent: decimalOf(figures.OnDemandCostOfRIHoursUsed),
    netSavings: decimalOf(figures.NetRISavings),
  };
}

/** What the reservation is: the inventory with its end, which only EC2's or RDS's own API would tell otherwise. */
export function reservationOf(group: ReservationGroup, serviceName: string): Fact<Commitment> {
  const told = (...names: readonly string[]): string | null => attributeOf(group.Attributes, ...names);
  const [start, end] = [instantOf(told('startDateTime'), 'no start'), instantOf(told('endDateTime'), 'no end')];
  const quantity = Number(told('numberOfInstances') ?? 1);
  if (!Number.isSafeInteger(quantity) || quantity < 0) throw new UnreadableFact('a number of instances');
  const commitmentId = idOf(group);
  const body: Commitment = {
    commitmentId,
    category: 'Usage',
    planType: null,
    ownerAccountId: ownerOf(group),
    serviceName,
    regionId: told('region'),
    instanceFamily: null,
    instanceType: told('instanceType'),
    platform: told('platform'),
    scope: told('scope'),
    offeringClass: classOf(told('offeringType')),
    termYears: termYearsOf((Date.parse(end) - Date.parse(start)) / 1000),
    paymentOption: paymentOptionOf(told('subscriptionType', 'paymentOption')),
    hourlyCommitment: null,
    quantity,
    upfrontPayment: decimalOf(told('upfrontFee')),
    recurringHourlyPayment: decimalOf(told('hourlyRecurringFee')),
    currency: 'USD',
    start,
    end,
    state: stateOf(told('subscriptionStatus') ?? 'active'),
  };
  return { accountId: body.ownerAccountId, day: null, key: commitmentId, body };
}

function idOf({ Attributes, Value }: ReservationGroup): string {
  const id = attributeOf(Attributes, 'reservationARN') ?? attributeOf({ Value }, 'Value');
  if (!id) throw new UnreadableFact('no id of the reservation');
  return oneLine(id, 500);
}

function ownerOf({ Attributes }: ReservationGroup): string | null {
  const accountId = attributeOf(Attributes, 'accountId');
  return accountId && /^\d{12}$/.test(accountId) ? accountId : null;
}

function classOf(word: string | null): Commitment['offeringClass'] {
  const lower = word?.toLowerCase();
  return lower === 'standard' || lower === 'convertible' ? lower : null;
}

/** A group of a month's coverage: account, region, type. */
export function reservationCoverageOf(
  group: ReservationCoverageGroup,
  serviceName: string,
  { start, end }: Period,
): Fact<ReservationCoverage> {
  const { CoverageHours: hours, CoverageCost: cost } = group.Coverage;
  const reservedHours = neededDecimal(hours.ReservedHours, 'reserved hours');
  const totalHours = neededDecimal(hours.TotalRunningHours, 'running hours');
  const accountId = attributeOf(group.Attributes, 'linkedAccount', 'LINKED_ACCOUNT');
  const body: ReservationCoverage = {
    serviceName,
    regionId: attributeOf(group.Attributes, 'region'),
    instanceType: attributeOf(group.Attributes, 'instanceType'),
    until: end,
    reservedHours,
    onDemandHours: neededDecimal(hours.OnDemandHours, 'on-demand hours'),
    totalHours,
    coveragePercent: percentOf(hours.CoverageHoursPercentage, reservedHours, totalHours),
    onDemandCost: decimalOf(cost?.OnDemandCost),
  };
  return { accountId, day: start, key: JSON.stringify([serviceName, accountId, body.regionId, body.instanceType]), body };
}
