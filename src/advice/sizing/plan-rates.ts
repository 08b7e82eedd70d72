import type { PlanRate } from '../../commitments/rates.ts';
import { sumOf } from '../../commitments/usage.ts';
import type { PaymentOption } from '../../ledger/commitment.ts';
import type { ReservationPurchaseAdvice } from '../../ledger/purchase-advice.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CoverableSeries } from './coverable-series.ts';
import { type MeterRate, meterRates, type RateSource } from './meter-rates.ts';
import { databaseRates, reservationAdviceOf, reservationCaps, reservationRates } from './node-rates.ts';

/** What the tenant is willing to buy. */
export interface OfferPolicy {
  readonly termYears: readonly (1 | 3)[];
  readonly paymentOptions: readonly PaymentOption[];
  readonly planTypes: readonly string[];
}

export interface RateCard {
  readonly rates: readonly PlanRate[];
  readonly sources: ReadonlySet<RateSource>;
  /** Share of the usage for which some plan's rate is known; 0 to 1. */
  readonly pricedShare: number;
  /** The series under the family by which they are sized: usage types that not the same offers cover stand apart. */
  readonly series: readonly CoverableSeries[];
  /** Most that a reserved family may be committed to, dollars an hour: what AWS's own proposals for it come to. */
  readonly caps: ReadonlyMap<string, number>;
}

/** Usage of one usage type with the offers for it. */
interface Rated {
  readonly item: CoverableSeries;
  readonly cost: number;
  readonly rates: readonly MeterRate[];
}

/** One rate for each family and offer: the mean over its usage types, weighted by what they cost. */
export function rateCardOf(
  groupId: string,
  series: readonly CoverableSeries[],
  view: SnapshotView,
  policy: OfferPolicy,
): RateCard {
  const advice = reservationAdviceOf(groupId, view);
  const rated = apart(
    series.map((item) => ({
      item,
      cost: sumOf(item.hours),
      rates: ratesOf(item, groupId, view, advice).filter((rate) => isAllowed(rate, policy)),
    })),
  );
  const byFamily = Map.groupBy(rated, ({ item }) => item.family.name);
  const all = rated.reduce((sum, { cost }) => sum + cost, 0);
  const priced = rated.reduce((sum, { cost, rates }) => sum + (rates.length > 0 ? cost : 0), 0);
  return {
    rates: [...byFamily].flatMap(([family, own]) => familyRates(family, own)),
    sources: new Set(rated.flatMap(({ rates }) => rates.map(({ source }) => source))),
    pricedShare: all > 0 ? priced / all : 1,
    series: rated.map(({ item }) => item),
    caps: reservationCaps(rated, advice, policy.termYears),
  };
}

/** A commitment cannot be spent on usage that has no rate under it: such usage types leave the family. */
function apart(rated: readonly Rated[]): readonly Rated[] {
  const offersOf = ({ rates }: Rated): string => [...new Set(rates.map(offerWords))].sort().join('; ');
  return [...Map.groupBy(rated, ({ item }) => item.family.name)].flatMap(([name, own]) => {
    const kinds = [...Map.groupBy(own, offersOf)].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
    return kinds.flatMap(([, members], index) =>
      index === 0
        ? members
        : members.map((one) => {
            const family = { ...one.item.family, name: `${name} (${one.rates.length === 0 ? 'no rate' : index + 1})` };
            return { ...one, item: { ...one.item, family } };
          }),
    );
  });
}

function isAllowed(rate: MeterRate, policy: OfferPolicy): boolean {
  return (
    policy.planTypes.includes(rate.planType) &&
    policy.termYears.includes(rate.termYears) &&
    policy.paymentOptions.includes(rate.paymentOption)
  );
}

/** All of a family have the same offers. */
function familyRates(family: string, own: readonly Rated[]): PlanRate[] {
  const offers = new Map(own.flatMap(({ rates }) => rates.map((rate) => [offerWords(rate), rate] as const)));
  const cost = own.reduce((sum, item) => sum + item.cost, 0);
  return [...offers].flatMap(([words, { planType, termYears, paymentOption }]) => {
    const paid = own.reduce(
      (sum, item) => sum + item.cost * (item.rates.find((rate) => offerWords(rate) === words)?.rate ?? 1),
      0,
    );
    const rate = cost > 0 ? paid / cost : 1;
    return rate < 1 ? [{ planType, family, termYears, paymentOption, rate }] : [];
  });
}

const offerWords = ({ planType, termYears, paymentOption }: Omit<MeterRate, 'rate'>): string =>
  `${planType} ${termYears} ${paymentOption}`;

function ratesOf(
  series: CoverableSeries,
  groupId: string,
  view: SnapshotView,
  advice: readonly ReservationPurchaseAdvice[],
): readonly MeterRate[] {
  // List prices, rates and AWS's advice are in US dollars.
  if (view.snapshot.currency !== 'USD') return [];
  if (series.family.kind !== 'node') return meterRates(series, view);
  return [...reservationRates(series.family, advice), ...databaseRates(series, groupId, view)];
}
