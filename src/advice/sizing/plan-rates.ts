import type { PlanRate } from '../../commitments/rates.ts';
import { sumOf } from '../../commitments/usage.ts';
import { HOURS_PER_MONTH } from '../../kernel/money.ts';
import type { PaymentOption, PlanType } from '../../ledger/commitment.ts';
import { usageTypeOf } from '../../ledger/meter.ts';
import type { ReservationPurchaseAdvice } from '../../ledger/purchase-advice.ts';
import { instancePrice } from '../detectors/shared/ec2.ts';
import { listPrice } from '../detectors/shared/priced.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CommitmentFamily } from './commitment-family.ts';
import type { CoverableSeries } from './coverable-series.ts';

/** What the tenant is willing to buy. */
export interface OfferPolicy {
  readonly termYears: readonly (1 | 3)[];
  readonly paymentOptions: readonly PaymentOption[];
  readonly planTypes: readonly string[];
}

export const RESERVED = 'ReservedInstances';

/** What a rate was taken from: AWS's own rates of Savings Plans, the price of a reserved machine that stands in, or AWS's own advice. */
export type RateSource = 'savingsPlanRates' | 'reservedPrice' | 'awsAdvice';

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

interface MeterRate {
  readonly planType: string;
  readonly termYears: 1 | 3;
  readonly paymentOption: PaymentOption;
  readonly rate: number;
  readonly source: RateSource;
}

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
      rates: ratesOf(item, view, advice).filter((rate) => isAllowed(rate, policy)),
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
    caps: capsOf(rated, advice, policy),
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

function ratesOf(series: CoverableSeries, view: SnapshotView, advice: readonly ReservationPurchaseAdvice[]): MeterRate[] {
  // List prices, rates and AWS's advice are in US dollars.
  if (view.snapshot.currency !== 'USD') return [];
  if (series.family.kind === 'node') return nodeRates(series.family, advice);
  const told = toldRates(series, view);
  return told.length > 0 || series.family.kind !== 'machine' ? told : standInRates(series, view);
}

/** AWS's own rates. For machines those of Linux: a licence on the machine is not discounted. */
function toldRates(series: CoverableSeries, view: SnapshotView): MeterRate[] {
  const { family, meterKind, unitCost } = series;
  const usageType = usageTypeOf({ kind: meterKind, regionId: family.regionId });
  const machine = machineOf(series);
  const list = machine && listPrice(instancePrice(machine), view);
  if (unitCost === null || unitCost <= 0 || (machine && typeof list === 'string')) return [];
  return view.snapshot.savingsPlanRates
    .filter((rate) => rate.usageType === usageType && isPlain(rate.productDescription) && isShared(rate.tenancy))
    .flatMap((known) =>
      known.rates.map(({ termYears, paymentOption, rate }) => ({
        planType: known.planType satisfies PlanType,
        termYears,
        paymentOption,
        rate: list ? shareLeft(Number(rate), Number(list), unitCost) : Math.min(1, Number(rate) / unitCost),
        source: 'savingsPlanRates' as const,
      })),
    )
    .filter(({ rate }) => rate > 0);
}

const isPlain = (productDescription: string | null): boolean =>
  productDescription === null || productDescription === 'Linux/UNIX';
const isShared = (tenancy: string | null): boolean => tenancy === null || tenancy.toLowerCase() === 'shared';

function machineOf({ family, meterKind }: CoverableSeries) {
  const instanceType = family.kind === 'machine' ? meterKind.split(':')[1] : undefined;
  return instanceType === undefined ? null : { regionId: family.regionId, instanceType, operatingSystem: 'Linux' };
}

/** "Compute Savings Plans prices are similar to Convertible Reserved Instances" (Savings Plans user guide, read 2026-11). */
function standInRates(series: CoverableSeries, view: SnapshotView): MeterRate[] {
  const machine = machineOf(series);
  if (machine === null || series.unitCost === null || series.unitCost <= 0) return [];
  const list = listPrice(instancePrice(machine), view);
  const reserved = listPrice(instancePrice(machine, 'reserved1yNoUpfrontConvertible'), view);
  if (typeof list === 'string' || typeof reserved === 'string') return [];
  const rate = shareLeft(Number(reserved), Number(list), series.unitCost);
  return [{ planType: 'Compute', termYears: 1, paymentOption: 'NoUpfront', rate, source: 'reservedPrice' }];
}

/**
 * What is paid of each dollar on the bill. Plan and list differ by an amount an hour, whatever licence is on the machine; a discount that the
 * bill shows lowers both alike.
 */
function shareLeft(planPrice: number, listPriceOfLinux: number, unitCost: number): number {
  const saved = Math.max(0, 1 - planPrice / listPriceOfLinux);
  return 1 - saved / Math.max(1, unitCost / listPriceOfLinux);
}

/** What AWS itself would reserve for this group of accounts. */
function reservationAdviceOf(groupId: string, view: SnapshotView): readonly ReservationPurchaseAdvice[] {
  return view.snapshot.commitmentFacts.awsReservations.map((advice) => ({
    ...advice,
    proposals: advice.proposals.filter(({ accountId }) => accountId === null || sharingGroupOf(accountId, view) === groupId),
  }));
}

/** The price list names reserved nodes by engine, which the bill's hours do not tell; AWS's own advice does, with its prices. */
function nodeRates(family: CommitmentFamily, advice: readonly ReservationPurchaseAdvice[]): MeterRate[] {
  return advice
    .filter(({ serviceName }) => serviceName === family.serviceName)
    .flatMap((one) => {
      const rate = adviceRate(one, family);
      const { termYears, paymentOption } = one;
      return rate === null ? [] : [{ planType: RESERVED, termYears, paymentOption, rate, source: 'awsAdvice' as const }];
    });
}

/** Engines of one family do not share reservations, and its hours do not tell them apart: never more than AWS would reserve. */
function capsOf(
  rated: readonly Rated[],
  advice: readonly ReservationPurchaseAdvice[],
  policy: OfferPolicy,
): ReadonlyMap<string, number> {
  const nodes = rated.filter(({ item }) => item.family.kind === 'node').map(({ item }) => item.family);
  return new Map(
    nodes.map((family) => {
      const fees = advice
        .filter(({ serviceName, termYears }) => serviceName === family.serviceName && policy.termYears.includes(termYears))
        .map(
          (one) => proposalsFor(one, family).reduce((sum, item) => sum + monthlyFee(item, one.termYears), 0) / HOURS_PER_MONTH,
        );
      return [family.name, Math.max(0, ...fees)];
    }),
  );
}

/** What AWS's proposals for this family cost, fees spread over the term, beside what the same nodes cost on demand. */
function adviceRate(advice: ReservationPurchaseAdvice, family: CommitmentFamily): number | null {
  let [paid, onDemand] = [0, 0];
  for (const item of proposalsFor(advice, family)) {
    const used = Number(item.instancesUsed.average ?? Number.NaN);
    const usedCost = Number(item.estimatedMonthlyOnDemandCost ?? Number.NaN);
    const fee = monthlyFee(item, advice.termYears);
    const whole = (usedCost / used) * Number(item.instances);
    if (!Number.isFinite(whole) || !Number.isFinite(fee)) continue;
    paid += fee;
    onDemand += whole;
  }
  const rate = onDemand > 0 ? paid / onDemand : Number.NaN;
  return rate > 0 && rate < 1 ? rate : null;
}

type Proposal = ReservationPurchaseAdvice['proposals'][number];

function proposalsFor({ proposals }: ReservationPurchaseAdvice, family: CommitmentFamily): readonly Proposal[] {
  return proposals.filter(
    (item) => item.regionId === family.regionId && sameFamily(item.instanceType ?? item.instanceFamily, family.instanceFamily),
  );
}

/** Upfront fees spread over the term. */
function monthlyFee({ upfrontCost, recurringMonthlyCost }: Proposal, termYears: number): number {
  return Number(upfrontCost ?? 0) / (termYears * 12) + Number(recurringMonthlyCost ?? Number.NaN);
}

function sameFamily(ofAdvice: string | null, ofUsage: string | null): boolean {
  return ofAdvice !== null && ofUsage !== null && (ofAdvice === ofUsage || ofAdvice.startsWith(`${ofUsage}.`));
}
