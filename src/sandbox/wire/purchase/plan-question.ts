import { addDays, type Day, eachDay } from '../../../kernel/calendar.ts';
import type { Offer } from '../../estate/prices/offers.ts';
import { offerRate } from '../../estate/prices/offers.ts';
import type { CoverableUsage, Estate, SandboxPlanRate } from '../../estate/types.ts';
import { familyOf } from '../savings-plans/offerings.ts';
import type { Chance } from './plan-replay.ts';

export const LOOKBACKS = { SEVEN_DAYS: 7, THIRTY_DAYS: 30, SIXTY_DAYS: 60 } as const;
export type Lookback = keyof typeof LOOKBACKS;
export const TERMS = { ONE_YEAR: 1, THREE_YEARS: 3 } as const;
export const PAYMENTS = { NO_UPFRONT: 'No Upfront', PARTIAL_UPFRONT: 'Partial Upfront', ALL_UPFRONT: 'All Upfront' } as const;

/** One plan that could be bought: for whom, and for EC2 Instance plans of which family where. */
export interface Candidate {
  readonly accountId: string;
  readonly family: string | null;
  readonly regionId: string | null;
}

const kept = new WeakMap<Estate, Map<Day, readonly CoverableUsage[]>>();

/** What was left on demand and what was covered, over the days before the estate's today. */
export function lookbackDays(
  estate: Estate,
  lookback: Lookback,
): { readonly day: Day; readonly usage: readonly CoverableUsage[] }[] {
  const days = kept.get(estate) ?? new Map<Day, readonly CoverableUsage[]>();
  kept.set(estate, days);
  return [...eachDay({ start: addDays(estate.asOf, -LOOKBACKS[lookback]), end: estate.asOf })].map((day) => {
    const usage = days.get(day) ?? estate.coverableUsage(day);
    days.set(day, usage);
    return { day, usage };
  });
}

/** Rates by what they are of. */
export function ratesOf(estate: Estate): ReadonlyMap<string, SandboxPlanRate> {
  return new Map(estate.savingsPlanRates().map((rate) => [`${rate.usageType}\n${rate.operation}`, rate]));
}

export function rateFor(rates: ReadonlyMap<string, SandboxPlanRate>, usage: CoverableUsage): SandboxPlanRate | undefined {
  return rates.get(`${usage.usageType}\n${usage.operation}`);
}

/** Hour by hour what a candidate of this type could take over, dearest worth first, as AWS applies plans. */
export function chancesOf(
  days: ReturnType<typeof lookbackDays>,
  rates: ReadonlyMap<string, SandboxPlanRate>,
  offer: Offer,
  planType: 'Compute' | 'EC2Instance',
  isOf: (usage: CoverableUsage, rate: SandboxPlanRate) => boolean,
): Chance[][] {
  return days.flatMap(({ usage }) => {
    const hours = Array.from({ length: 24 }, () => new Map<number, number>());
    for (const item of usage) {
      const rate = rateFor(rates, item);
      const base = rate && (planType === 'Compute' ? rate.compute : rate.ec2Instance);
      if (!rate || base === null || base === undefined || !isOf(item, rate)) continue;
      const share = Number(offerRate(base, offer)) / Number(rate.onDemand);
      item.onDemandCost.forEach((cost, hour) => {
        if (cost > 0) hours[hour]?.set(1 / share, (hours[hour]?.get(1 / share) ?? 0) + cost * share);
      });
    }
    return hours.map((chances) =>
      Array.from(chances, ([worth, planCost]) => ({ worth, planCost })).sort((a, b) => b.worth - a.worth),
    );
  });
}

/** Every family in every region that has usage. */
export function familiesOf(
  days: ReturnType<typeof lookbackDays>,
  rates: ReadonlyMap<string, SandboxPlanRate>,
): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const { usage } of days) {
    for (const item of usage) {
      const type = rateFor(rates, item)?.instanceType;
      if (type) found.set(`${familyOf(type)} ${item.regionId}`, [familyOf(type), item.regionId]);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}
