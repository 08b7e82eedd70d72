import { type Day, type Month, monthOf } from '../../kernel/calendar.ts';
import { type DecimalString, Exact, plain, sumExact } from '../../kernel/money.ts';
import type { Commitment } from '../../ledger/commitment.ts';
import type { CommitmentFacts } from '../../ledger/commitment-facts.ts';
import { SERVICE } from '../../ledger/service.ts';

/** Compute alone (EC2, Fargate, Lambda), which is what plans and EC2 reservations cover. Dollars; null is not known. */
export interface CommitmentMonth {
  readonly month: Month;
  /** The first day that is not in it: an open month ends where AWS knew. */
  readonly until: Day;
  readonly coveragePercent: DecimalString | null;
  readonly utilizationPercent: DecimalString | null;
  /** 1 - what was paid / what the same usage costs on demand (FinOps Foundation, read 2026-11). */
  readonly effectiveSavingsRatePercent: DecimalString | null;
  readonly unusedCost: DecimalString | null;
}

const HUNDRED = new Exact(100);

/** `facts` say each thing once. Usage that plans cover while nothing is known of these plans has no price, and is not free. */
export function monthsOf(commitments: readonly Commitment[], facts: CommitmentFacts): CommitmentMonth[] {
  const days = new Set([...facts.planUse, ...facts.planCoverage, ...facts.reservationUse].flatMap(({ day }) => day ?? []));
  return [...days].sort().map((day) => monthFrom(day, commitments, facts));
}

function monthFrom(day: Day, commitments: readonly Commitment[], facts: CommitmentFacts): CommitmentMonth {
  const plans = facts.planUse.filter((item) => item.day === day && item.body.commitmentId !== null).map(({ body }) => body);
  const coverage = facts.planCoverage.filter((item) => item.day === day).map(({ body }) => body);
  const machines = facts.reservationUse
    .filter((item) => item.day === day && item.body.commitmentId !== null && item.body.serviceName === SERVICE.ec2Compute)
    .map(({ body }) => body);
  const until = [...plans, ...coverage, ...machines].reduce((latest, row) => (row.until > latest ? row.until : latest), day);
  const [covered, onDemandLeft] = [total(coverage.map((row) => row.covered)), total(coverage.map((row) => row.onDemand))];
  const isEveryPlanThere = hasAll(commitments.filter(isPlan), plans, { day, until });
  const arePlansKnown = isEveryPlanThere && (plans.length > 0 || (facts.isOwnedKnown && !covered?.gt(0)));
  const areMachinesKnown = hasAll(commitments.filter(isMachine), machines, { day, until });
  const plansFor = arePlansKnown ? total(plans.map((plan) => plan.commitment)) : null;
  const used = arePlansKnown ? total(plans.map((plan) => plan.used)) : null;
  const fees = areMachinesKnown ? total(machines.map((machine) => machine.amortizedFee)) : null;
  const unusedFees = areMachinesKnown ? total(machines.map((machine) => machine.unusedFee)) : null;
  const reserved = areMachinesKnown ? total(machines.map((machine) => machine.onDemandEquivalent)) : null;
  const equivalent = coverage.length > 0 ? plus(reserved, covered) : null;
  const all = plus(equivalent, onDemandLeft);
  const paid = plus(plus(fees, plansFor), onDemandLeft);
  return {
    month: monthOf(day),
    until,
    coveragePercent: percentOf(equivalent, all),
    utilizationPercent: percentOf(used, plansFor),
    effectiveSavingsRatePercent: percentOf(all && paid && all.minus(paid), all),
    unusedCost: amount(plus(plansFor && used && plansFor.minus(used), unusedFees)),
  };
}

const isPlan = ({ category }: Commitment): boolean => category === 'Spend';
const isMachine = ({ category, serviceName }: Commitment): boolean => category === 'Usage' && serviceName === SERVICE.ec2Compute;

/** Whether the use of each that was owned on some day of the month was told. */
function hasAll(
  owned: readonly Commitment[],
  told: readonly { readonly commitmentId: string | null }[],
  { day, until }: { readonly day: Day; readonly until: Day },
): boolean {
  const ids = new Set(told.map(({ commitmentId }) => commitmentId));
  return owned
    .filter(({ state, start, end }) => wasPaid(state) && start.slice(0, 10) < until && dayAfter(end) > day)
    .every(({ commitmentId }) => ids.has(commitmentId));
}

const wasPaid = (state: Commitment['state']): boolean => state === 'active' || state === 'retired';

/** AWS gives the last second or moment that is covered. */
export function dayAfter(end: string): Day {
  return new Date(Date.parse(end) + 1000).toISOString().slice(0, 10);
}

const total = (amounts: readonly (DecimalString | null)[]): Exact | null =>
  amounts.includes(null) ? null : sumExact(amounts.map((one) => one ?? '0'));

const plus = (a: Exact | null, b: Exact | null): Exact | null => (a === null || b === null ? null : a.plus(b));

const amount = (value: Exact | null): DecimalString | null => (value === null ? null : plain(value));

function percentOf(part: Exact | null, whole: Exact | null): DecimalString | null {
  if (part === null || whole === null || whole.lte(0)) return null;
  return plain(part.div(whole).mul(HUNDRED).toDecimalPlaces(2));
}
