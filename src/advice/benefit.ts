import type { Day } from '../kernel/calendar.ts';
import { Exact, exact, plain } from '../kernel/money.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { monthlyCosts, settled } from './costing.ts';
import type { Effect, SavingsRange, Subject } from './detector.ts';
import type { FreedCommitment, Recommendation } from './recommendation.ts';
import { type Change, type FloatingSaving, floatingSaving } from './savings.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** Where the money of a recommendation lands, and from when. */
export interface Benefit {
  readonly benefitAccountId: string | null;
  readonly fromDate: Day | null;
  readonly freedCommitment: FreedCommitment | null;
}

const NONE: Benefit = { benefitAccountId: null, fromDate: null, freedCommitment: null };

/**
 * By replay of the sharing group: the account whose on-demand charges fall most (null: the resource's own), and the day from which
 * anything is saved (null: now) where all of it waits for the commitment's end.
 */
export function benefitOf(subject: Subject | ResourceFacts, effect: Effect, savings: SavingsRange, view: SnapshotView): Benefit {
  if (!('lines' in subject)) return NONE;
  const costs = monthlyCosts(subject, view);
  if (costs.every(({ coveredBy }) => coveredBy === 'none') || isBesideCommitments(effect)) return NONE;
  const floating = floatingSaving(costs, changeOf(effect, savings), view);
  const savesNow = exact(savings.expected).minus(waiting(floating, savings));
  return {
    benefitAccountId: accountOf(floating, savesNow, subject.accountId),
    fromDate: savesNow.gt(0) ? null : floating.strandedUntil,
    freedCommitment: {
      landsMonthly: plain(floating.landed),
      strandedMonthly: plain(floating.stranded),
      strandedUntil: floating.strandedUntil,
      landsIn: [...floating.byAccount]
        .map(([accountId, amount]) => ({ accountId, monthlySavings: plain(settled(amount)) }))
        .sort((a, b) => exact(b.monthlySavings).cmp(a.monthlySavings) || (a.accountId < b.accountId ? -1 : 1)),
    },
  };
}

/** Nothing of it is saved before a commitment ends: a class of its own, not counted as a saving now. */
export function savesLater({
  fromDate,
  freedCommitment,
  savings,
}: Pick<Recommendation, 'fromDate' | 'freedCommitment' | 'savings'>): boolean {
  if (fromDate !== null) return true;
  if (freedCommitment === null || exact(freedCommitment.strandedMonthly).lte(0)) return false;
  return exact(freedCommitment.landsMonthly).isZero() && exact(savings.expected).eq(freedCommitment.strandedMonthly);
}

/** Storage, operations, traffic and surcharges are no usage that a commitment covers. */
const BESIDE: ReadonlySet<Effect['component']> = new Set(['storage', 'iops', 'traffic', 'extendedSupport', 'commitment']);

export function isBesideCommitments({ component }: Effect): boolean {
  return BESIDE.has(component);
}

/** What goes, as its author said; of older findings, as much of the part as the saving is. */
export function changeOf({ share, targetMeterKind, monthlyCost, component }: Effect, { expected }: SavingsRange): Change {
  const told = share ?? (component === '*' || exact(monthlyCost).lte(0) ? 1 : exact(expected).div(monthlyCost));
  return { share: Exact.min(1, told), targetMeterKind: targetMeterKind ?? null };
}

/** The part of `expected` that is not lost before a commitment ends: all of it, or nothing. */
function waiting({ own, landed, stranded }: FloatingSaving, { expected }: SavingsRange): Exact {
  const isAllStranded = own.plus(landed).lte(0) && stranded.gt(0) && exact(expected).lte(stranded);
  return isAllStranded ? exact(expected) : new Exact(0);
}

function accountOf({ byAccount, landed }: FloatingSaving, savesNow: Exact, accountId: string): string | null {
  const elsewhere = new Map(byAccount);
  const own = savesNow.minus(landed).plus(elsewhere.get(accountId) ?? 0);
  elsewhere.set(accountId, own);
  const [first] = [...elsewhere].sort(
    ([a, x], [b, y]) => y.cmp(x) || Number(b === accountId) - Number(a === accountId) || (a < b ? -1 : 1),
  );
  return first === undefined || first[0] === accountId || first[1].lte(0) ? null : first[0];
}
