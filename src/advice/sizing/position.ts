import { type Day, daysBetween, daysIn, type Month, monthOf } from '../../kernel/calendar.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain, sumExact } from '../../kernel/money.ts';
import type { Commitment } from '../../ledger/commitment.ts';
import type { CommitmentFacts } from '../../ledger/commitment-facts.ts';
import { SERVICE } from '../../ledger/meter.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';

/** How commitments stand, in dollars. Null is not known. */
export interface CommitmentPosition {
  /** False: nobody could tell what is owned, and an empty list says nothing. */
  readonly isOwnedKnown: boolean;
  readonly owned: readonly OwnedCommitment[];
  readonly months: readonly CommitmentMonth[];
}

export interface OwnedCommitment {
  readonly commitmentId: string;
  readonly category: Commitment['category'];
  readonly planType: Commitment['planType'];
  readonly serviceName: string | null;
  readonly instanceType: string | null;
  readonly regionId: string | null;
  readonly ownerAccountId: string | null;
  /** Paid for each hour, upfront fees spread over the term. */
  readonly hourlyCost: DecimalString | null;
  readonly startsOn: Day;
  /** The first day without it. */
  readonly endsOn: Day;
  /** Whole days from the day of looking. */
  readonly daysLeft: number;
  readonly state: Commitment['state'];
  /** In the last month that is known: how much of it was used, what was paid for nothing and what it saved, as a month of 730 h. */
  readonly lastMonth: {
    readonly month: Month;
    readonly utilizationPercent: DecimalString;
    readonly unusedMonthlyCost: DecimalString | null;
    /** What the bill grows by when it ends and the usage goes on. */
    readonly monthlyNetSavings: DecimalString | null;
  } | null;
}

/** Compute alone (EC2, Fargate, Lambda), which is what plans and EC2 reservations cover. */
export interface CommitmentMonth {
  readonly month: Month;
  /** The first day that is not in it: an open month ends where AWS knew. */
  readonly until: Day;
  readonly coveragePercent: DecimalString | null;
  readonly utilizationPercent: DecimalString | null;
  /** 1 - what was paid / what the same usage costs on demand (FinOps Foundation, read 2026-11). */
  readonly effectiveSavingsRatePercent: DecimalString | null;
  readonly unusedCost: DecimalString;
}

const HOURS_PER_DAY = 24;
const HUNDRED = new Exact(100);

export function positionOf({
  asOf,
  commitments,
  commitmentFacts,
}: Pick<Snapshot, 'asOf' | 'commitments' | 'commitmentFacts'>): CommitmentPosition {
  const owned = commitments.map((item) => ownedOf(item, asOf, commitmentFacts));
  return {
    isOwnedKnown: commitmentFacts.isOwnedKnown,
    owned: owned.sort((a, b) => a.daysLeft - b.daysLeft || (a.commitmentId < b.commitmentId ? -1 : 1)),
    months: monthsOf(commitmentFacts),
  };
}

function ownedOf(item: Commitment, asOf: Day, facts: CommitmentFacts): OwnedCommitment {
  const endsOn = dayAfter(item.end);
  const { commitmentId, category, planType, serviceName, instanceType, regionId, ownerAccountId, state } = item;
  return {
    ...{ commitmentId, category, planType, serviceName, instanceType, regionId, ownerAccountId, state },
    hourlyCost: hourlyCost(item),
    startsOn: item.start.slice(0, 10),
    endsOn,
    daysLeft: daysBetween(asOf, endsOn),
    lastMonth: lastMonthOf(item, facts),
  };
}

/** AWS gives the last second or moment that is covered. */
function dayAfter(end: string): Day {
  return new Date(Date.parse(end) + 1000).toISOString().slice(0, 10);
}

function hourlyCost({ hourlyCommitment, recurringHourlyPayment, upfrontPayment, start, end }: Commitment): DecimalString | null {
  if (hourlyCommitment !== null) return hourlyCommitment;
  if (recurringHourlyPayment === null) return null;
  const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
  const fee = hours > 0 ? exact(upfrontPayment ?? '0').div(Math.round(hours)) : new Exact(0);
  return plain(exact(recurringHourlyPayment).plus(fee).toDecimalPlaces(6));
}

function lastMonthOf(
  { commitmentId, category }: Commitment,
  { planUse, reservationUse }: CommitmentFacts,
): OwnedCommitment['lastMonth'] {
  const own =
    category === 'Spend'
      ? planUse
          .filter(({ body }) => body.commitmentId === commitmentId)
          .map(({ day, body }) => ({ day, body, unused: body.unused }))
      : reservationUse
          .filter(({ body }) => body.commitmentId === commitmentId)
          .map(({ day, body }) => ({ day, body, unused: body.unusedFee }));
  const last = own
    .filter(({ day }) => day !== null)
    .sort((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))
    .at(-1);
  if (!last || last.day === null) return null;
  const days = daysIn({ start: last.day, end: last.body.until });
  const perMonth = (amount: DecimalString | null): DecimalString | null =>
    amount === null || days <= 0
      ? null
      : plain(
          exact(amount)
            .mul(HOURS_PER_MONTH)
            .div(days * HOURS_PER_DAY)
            .toDecimalPlaces(6),
        );
  return {
    month: monthOf(last.day),
    utilizationPercent: last.body.utilizationPercent,
    unusedMonthlyCost: perMonth(last.unused),
    monthlyNetSavings: perMonth(last.body.netSavings),
  };
}

function monthsOf({ planUse, planCoverage, reservationUse }: CommitmentFacts): CommitmentMonth[] {
  const days = new Set([...planUse, ...planCoverage, ...reservationUse].flatMap(({ day }) => day ?? []));
  return [...days].sort().map((day) => {
    const plans = planUse.filter((item) => item.day === day && item.body.commitmentId !== null).map(({ body }) => body);
    const coverage = planCoverage.filter((item) => item.day === day).map(({ body }) => body);
    const machines = reservationUse
      .filter((item) => item.day === day && item.body.commitmentId !== null && item.body.serviceName === SERVICE.ec2Compute)
      .map(({ body }) => body);
    const total = (amounts: readonly (DecimalString | null)[]): Exact | null =>
      amounts.includes(null) ? null : sumExact(amounts.map((amount) => amount ?? '0'));
    const onDemandLeft = total(coverage.map((row) => row.onDemand)) ?? new Exact(0);
    const plansFor = total(plans.map((plan) => plan.commitment)) ?? new Exact(0);
    const used = total(plans.map((plan) => plan.used)) ?? new Exact(0);
    const planEquivalent = total(coverage.map((row) => row.covered)) ?? new Exact(0);
    const reserved = total(machines.map((machine) => machine.onDemandEquivalent));
    const fees = total(machines.map((machine) => machine.amortizedFee));
    const equivalent = reserved?.plus(planEquivalent) ?? null;
    const all = equivalent?.plus(onDemandLeft) ?? null;
    const paid = fees?.plus(plansFor).plus(onDemandLeft) ?? null;
    const unusedFees = total(machines.map((machine) => machine.unusedFee)) ?? new Exact(0);
    const isCoverageKnown = coverage.length > 0;
    return {
      month: monthOf(day),
      until:
        [...plans, ...coverage, ...machines]
          .map(({ until }) => until)
          .sort()
          .at(-1) ?? day,
      coveragePercent: isCoverageKnown ? percentOf(equivalent, all) : null,
      utilizationPercent: percentOf(used, plansFor),
      effectiveSavingsRatePercent: isCoverageKnown && all && paid ? percentOf(all.minus(paid), all) : null,
      unusedCost: plain(plansFor.minus(used).plus(unusedFees)),
    };
  });
}

function percentOf(part: Exact | null, whole: Exact | null): DecimalString | null {
  if (part === null || whole === null || whole.lte(0)) return null;
  return plain(part.div(whole).mul(HUNDRED).toDecimalPlaces(2));
}
