import { type Day, daysBetween, type Month, monthOf } from '../../kernel/calendar.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain } from '../../kernel/money.ts';
import type { Commitment } from '../../ledger/commitment.ts';
import type { CommitmentFacts } from '../../ledger/commitment-facts.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';
import { type CommitmentMonth, dayAfter, monthsOf } from './commitment-months.ts';
import { saidOnce } from './said-once.ts';

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

const MS_PER_HOUR = 3_600_000;

export function positionOf({
  asOf,
  commitments,
  commitmentFacts,
}: Pick<Snapshot, 'asOf' | 'commitments' | 'commitmentFacts'>): CommitmentPosition {
  const facts = saidOnce(commitmentFacts);
  const owned = commitments.map((item) => ownedOf(item, asOf, facts));
  return {
    isOwnedKnown: facts.isOwnedKnown,
    owned: owned.sort((a, b) => a.daysLeft - b.daysLeft || (a.commitmentId < b.commitmentId ? -1 : 1)),
    months: monthsOf(commitments, facts),
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

function hourlyCost({ hourlyCommitment, recurringHourlyPayment, upfrontPayment, start, end }: Commitment): DecimalString | null {
  if (hourlyCommitment !== null) return hourlyCommitment;
  if (recurringHourlyPayment === null) return null;
  const hours = (Date.parse(end) - Date.parse(start)) / MS_PER_HOUR;
  const fee = hours > 0 ? exact(upfrontPayment ?? '0').div(Math.round(hours)) : new Exact(0);
  return plain(exact(recurringHourlyPayment).plus(fee).toDecimalPlaces(6));
}

function lastMonthOf(commitment: Commitment, { planUse, reservationUse }: CommitmentFacts): OwnedCommitment['lastMonth'] {
  const own =
    commitment.category === 'Spend'
      ? planUse.map(({ day, body }) => ({ day, body, unused: body.unused }))
      : reservationUse.map(({ day, body }) => ({ day, body, unused: body.unusedFee }));
  const last = own
    .filter(({ day, body }) => day !== null && body.commitmentId === commitment.commitmentId)
    .sort((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))
    .at(-1);
  if (!last || last.day === null) return null;
  const hours = hoursWithin(commitment, last.day, last.body.until);
  const perMonth = (amount: DecimalString | null): DecimalString | null =>
    amount === null || hours <= 0 ? null : plain(exact(amount).mul(HOURS_PER_MONTH).div(hours).toDecimalPlaces(6));
  return {
    month: monthOf(last.day),
    utilizationPercent: last.body.utilizationPercent,
    unusedMonthlyCost: perMonth(last.unused),
    monthlyNetSavings: perMonth(last.body.netSavings),
  };
}

/** Its first and its last month are not owned whole. `end` is the last second of the term. */
function hoursWithin({ start, end }: Commitment, from: Day, until: Day): number {
  const first = Math.max(Date.parse(start), Date.parse(from));
  const last = Math.min(Date.parse(end) + 1000, Date.parse(until));
  return Math.round((last - first) / MS_PER_HOUR);
}
