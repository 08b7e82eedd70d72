import { instancePrice } from '../../../src/advice/detectors/shared/ec2.ts';
import { type SnapshotView, viewOf } from '../../../src/advice/snapshot-view.ts';
import { type Day, eachDay, type Period } from '../../../src/kernel/calendar.ts';
import { type CommitmentFacts, NO_COMMITMENT_FACTS } from '../../../src/ledger/commitment-facts.ts';
import type { HourlyUsageDay } from '../../../src/ledger/hourly-usage.ts';
import type { SavingsPlanRate } from '../../../src/ledger/savings-plan-rate.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import type { Snapshot } from '../../../src/ledger/snapshot.ts';
import { aPrice, aSnapshot, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';

/** The look-back of the example's day, all of it settled. */
export const PERIOD: Period = { start: '2026-10-22', end: '2026-11-21' };
export const ALL_DAYS: readonly Day[] = [...eachDay(PERIOD)];
export const LAST_WEEK: readonly Day[] = ALL_DAYS.slice(-7);

/** One usage type on one day: what it cost in each hour, one unit a dollar. */
export function hoursOn(day: Day, costs: readonly number[], given: Partial<HourlyUsageDay> = {}): HourlyUsageDay {
  const texts = Array.from({ length: 24 }, (_, hour) => String(costs[hour % costs.length] ?? 0));
  return {
    day,
    accountId: EXAMPLE_ACCOUNT_ID,
    serviceName: SERVICE.ec2Compute,
    usageType: 'APN1-BoxUsage:m5.large',
    usageUnit: 'Hrs',
    currency: 'USD',
    billedCost: texts,
    usageQuantity: texts,
    ...given,
  };
}

export function factsOf(usage: readonly HourlyUsageDay[], given: Partial<CommitmentFacts> = {}): CommitmentFacts {
  const days = Map.groupBy(usage, ({ serviceName }) => serviceName);
  const knownDays = [...days].map(([serviceName, own]) => ({
    serviceName,
    days: [...new Set(own.map(({ day }) => day))].sort(),
  }));
  return { ...NO_COMMITMENT_FACTS, isOwnedKnown: true, hourly: { usage, knownDays }, ...given };
}

/** What AWS's price lists say of one m5.large in Tokyo in these tests: 1 dollar on demand, 0.8 and 0.6 under plans. */
export function planRates(): SavingsPlanRate[] {
  const rate = (planType: SavingsPlanRate['planType'], amount: string): SavingsPlanRate => ({
    planType,
    serviceCode: 'AmazonEC2',
    regionId: 'ap-northeast-1',
    instanceFamily: planType === 'EC2Instance' ? 'm5' : null,
    usageType: 'APN1-BoxUsage:m5.large',
    operation: 'RunInstances',
    productDescription: 'Linux/UNIX',
    tenancy: 'shared',
    unit: 'Hrs',
    currency: 'USD',
    rates: [
      { termYears: 1, paymentOption: 'NoUpfront', rate: amount },
      { termYears: 3, paymentOption: 'AllUpfront', rate: String(Number(amount) / 2) },
    ],
  });
  return [rate('Compute', '0.8'), rate('EC2Instance', '0.6')];
}

export const onDemandPrice = (amount = '1') =>
  aPrice(instancePrice({ regionId: 'ap-northeast-1', instanceType: 'm5.large', operatingSystem: 'Linux' }), amount);

export function aView(given: Partial<Snapshot>): SnapshotView {
  return viewOf(aSnapshot({ savingsPlanRates: planRates(), prices: [onDemandPrice()], ...given }));
}
