import { HOURS_PER_MONTH } from '../../kernel/money.ts';
import type { ReservationPurchaseAdvice } from '../../ledger/purchase-advice.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CommitmentFamily } from './commitment-family.ts';
import type { CoverableSeries } from './coverable-series.ts';
import { databasePlanRates } from './database-plans.ts';
import type { MeterRate } from './meter-rates.ts';

export const RESERVED = 'ReservedInstances';

/** Usage of one usage type of nodes, and what it costs. */
interface RatedNode {
  readonly item: CoverableSeries;
  readonly cost: number;
}

/** What a Database Savings Plan costs of each dollar on the bill; none where its rate for this usage is not known. */
export function databaseRates(series: CoverableSeries, groupId: string, view: SnapshotView): MeterRate[] {
  const { unitCost } = series;
  const told = databasePlanRates(series, groupId, view);
  if (unitCost === null || unitCost <= 0 || told?.kind !== 'rates') return [];
  return told.rates.map(({ termYears, paymentOption, rate }) => ({
    planType: 'Database',
    termYears,
    paymentOption,
    rate: Math.min(1, Number(rate) / unitCost),
    source: 'savingsPlanRates' as const,
  }));
}

/** What AWS itself would reserve for this group of accounts. */
export function reservationAdviceOf(groupId: string, view: SnapshotView): readonly ReservationPurchaseAdvice[] {
  return view.snapshot.commitmentFacts.awsReservations.map((advice) => ({
    ...advice,
    proposals: advice.proposals.filter(({ accountId }) => accountId === null || sharingGroupOf(accountId, view) === groupId),
  }));
}

/** The price list names reserved nodes by engine, which the bill's hours do not tell; AWS's own advice does, with its prices. */
export function reservationRates(family: CommitmentFamily, advice: readonly ReservationPurchaseAdvice[]): MeterRate[] {
  return advice
    .filter(({ serviceName }) => serviceName === family.serviceName)
    .flatMap((one) => {
      const rate = adviceRate(one, family);
      const { termYears, paymentOption } = one;
      return rate === null ? [] : [{ planType: RESERVED, termYears, paymentOption, rate, source: 'awsAdvice' as const }];
    });
}

/**
 * Engines of one family do not share reservations, and its hours do not tell them apart: never more than AWS would reserve. Where usage types of
 * one family stand apart, each has its share of that.
 */
export function reservationCaps(
  rated: readonly RatedNode[],
  advice: readonly ReservationPurchaseAdvice[],
  termYears: readonly number[],
): ReadonlyMap<string, number> {
  const nodes = rated.filter(({ item }) => item.family.kind === 'node');
  const placeOf = ({ item: { family } }: RatedNode): string =>
    JSON.stringify([family.serviceName, family.regionId, family.instanceFamily]);
  return new Map(
    [...Map.groupBy(nodes, placeOf).values()].flatMap((ofPlace) => {
      const all = costOf(ofPlace);
      return [...Map.groupBy(ofPlace, ({ item }) => item.family.name)].map(([name, own]): [string, number] => {
        const share = all > 0 ? costOf(own) / all : 0;
        return [name, own[0] ? hourlyFees(own[0].item.family, advice, termYears) * share : 0];
      });
    }),
  );
}

const costOf = (rated: readonly RatedNode[]): number => rated.reduce((sum, { cost }) => sum + cost, 0);

/** What AWS's own proposals for a family come to, dollars an hour: of those of several terms the most. */
function hourlyFees(
  family: CommitmentFamily,
  advice: readonly ReservationPurchaseAdvice[],
  termYears: readonly number[],
): number {
  const fees = advice
    .filter((one) => one.serviceName === family.serviceName && termYears.includes(one.termYears))
    .map((one) => proposalsFor(one, family).reduce((sum, item) => sum + monthlyFee(item, one.termYears), 0) / HOURS_PER_MONTH);
  return Math.max(0, ...fees);
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
