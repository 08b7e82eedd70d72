import { type Day, dayOf } from '../kernel/calendar.ts';
import { Exact, exact } from '../kernel/money.ts';
import type { Commitment } from '../ledger/commitment.ts';
import { DAYS_PER_MONTH, effectiveMonthly, type MeterCost, rangeOf, settled } from './costing.ts';
import type { SavingsRange } from './detector.ts';
import { mayPay } from './floating/plan-reach.ts';
import { type ReplayedDay, replay } from './floating/replay.ts';
import { sharingPoolOf } from './floating/sharing-pool.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** What goes of a resource: a share of its usage, and what the rest is billed as (null: as before). */
export interface Change {
  readonly share: Exact;
  readonly targetMeterKind: string | null;
}

export const ALL_OF_IT: Change = { share: new Exact(1), targetMeterKind: null };
const ZERO = new Exact(0);
/** How much of the other on-demand usage the careful figure counts on, for a freed commitment to move to. */
const CAREFUL_ROOM = new Exact('0.7');
const HOURS_PER_YEAR = 8_760;

/** A month of 730 h of what the bill loses, where the usage that goes is partly or wholly paid by commitments. */
export interface FloatingSaving {
  /** On-demand cost of the resource itself. */
  readonly own: Exact;
  /** On-demand cost of other usage that the freed commitment takes over. */
  readonly landed: Exact;
  readonly byAccount: ReadonlyMap<string, Exact>;
  /** Commitment that nobody takes up: paid for nothing until it ends. */
  readonly stranded: Exact;
  /** The first day on which what is stranded is no longer paid; null: nothing is stranded, or the end is not known. */
  readonly strandedUntil: Day | null;
  /** Plans discount each type differently, and what this one charges for the new type is not known. */
  readonly isTargetUnrated: boolean;
}

/** The replay of all covered usage among `costs`. */
export function floatingSaving(
  costs: readonly MeterCost[],
  change: Change,
  view: SnapshotView,
  roomShare?: Exact,
): FloatingSaving {
  const byAccount = new Map<string, Exact>();
  let [own, landed, stranded] = [ZERO, ZERO, ZERO];
  let strandedUntil: Day | null = null;
  let isTargetUnrated = false;
  for (const { usage, periodDays } of costs.filter(({ coveredBy }) => coveredBy !== 'none')) {
    const days = replay({ usage, ...change }, view, roomShare);
    const monthly = (amountOf: (day: ReplayedDay) => Exact): Exact =>
      days
        .reduce((sum, day) => sum.plus(amountOf(day)), ZERO)
        .div(periodDays)
        .mul(DAYS_PER_MONTH);
    own = own.plus(monthly((day) => day.own));
    landed = landed.plus(monthly((day) => day.landed));
    isTargetUnrated ||= days.some((day) => day.isTargetUnrated);
    const nobodys = monthly((day) => day.stranded);
    stranded = stranded.plus(nobodys);
    if (settled(nobodys).gt(0)) strandedUntil = laterOf(strandedUntil, endOf(days, nobodys, view, usage.accountId));
    for (const accountId of new Set(days.flatMap((day) => [...day.byAccount.keys()]))) {
      const here = monthly((day) => day.byAccount.get(accountId) ?? ZERO);
      byAccount.set(accountId, (byAccount.get(accountId) ?? ZERO).plus(here));
    }
  }
  return { own: settled(own), landed: settled(landed), byAccount, stranded: settled(stranded), strandedUntil, isTargetUnrated };
}

/**
 * What the bill would lose if the change were made. Commitments float: usage under one sets it free for other usage of the sharing group,
 * which then no longer pays its on-demand price; what finds no usage is stranded and saves nothing before the commitment ends. So `expected`
 * is what is lost from now on, and `high` what is lost once the commitment is not renewed. Where nothing is lost from now on, the range is
 * what is lost from that day (`floatingSaving` says which).
 */
export function savingsOf(costs: readonly MeterCost[], view: SnapshotView, change: Partial<Change> = {}): SavingsRange {
  const whole = { ...ALL_OF_IT, ...change };
  const plainCosts = costs.filter(({ coveredBy }) => coveredBy === 'none');
  const rest = effectiveMonthly(plainCosts).mul(whole.share);
  const { own, landed, stranded } = floatingSaving(costs, whole, view);
  const now = settled(Exact.max(0, rest.plus(own).plus(landed)));
  if (now.isZero() && stranded.gt(0)) return rangeOf(ZERO, stranded, stranded);
  const careful = floatingSaving(costs, whole, view, CAREFUL_ROOM);
  const low = careful.isTargetUnrated ? ZERO : rest.plus(careful.own).plus(careful.landed);
  return rangeOf(Exact.min(low, now), now, now.plus(stranded));
}

/**
 * The commitments that end first free the bill first: what is stranded is gone when as much commitment of that kind has ended. Null where
 * we do not know what is owned.
 */
function endOf(days: readonly ReplayedDay[], strandedMonthly: Exact, view: SnapshotView, accountId: string): Day | null {
  const bucket = days[0]?.release.bucket;
  const owned = sharingPoolOf(accountId, view).commitments.filter((plan) => {
    if (bucket?.kind === 'pool') return mayPay(plan, bucket.planType);
    if (bucket === undefined || plan.regionId !== bucket.regionId) return false;
    if (bucket.kind === 'family') return plan.planType === 'EC2Instance' && plan.instanceFamily === bucket.family;
    return plan.category === 'Usage' && plan.serviceName === bucket.serviceName && isReservedIn(bucket.flexGroup, plan);
  });
  let left = strandedMonthly.div(DAYS_PER_MONTH).div(24);
  for (const plan of owned.toSorted((a, b) =>
    a.end < b.end ? -1 : a.end > b.end ? 1 : a.commitmentId < b.commitmentId ? -1 : 1,
  )) {
    left = left.minus(hourlyOf(plan));
    if (left.lte(0)) return dayAfter(plan.end);
  }
  return owned.length === 0
    ? null
    : dayAfter(
        owned
          .map(({ end }) => end)
          .sort()
          .at(-1) ?? '',
      );
}

/** "BoxUsage:m5" is where a reserved m5.large moves. A reservation that does not say its type is of none that we can name. */
function isReservedIn(flexGroup: string, { instanceType, instanceFamily }: Commitment): boolean {
  const name = flexGroup.slice(flexGroup.indexOf(':') + 1);
  if (instanceType !== null) return name === instanceType || name === instanceType.slice(0, instanceType.lastIndexOf('.'));
  return instanceFamily !== null && name.replace(/^db\./, '') === instanceFamily.replace(/^db\./, '');
}

function hourlyOf({ hourlyCommitment, recurringHourlyPayment, upfrontPayment, termYears }: Commitment): Exact {
  if (hourlyCommitment !== null) return exact(hourlyCommitment);
  const upfront = exact(upfrontPayment ?? '0').div(HOURS_PER_YEAR * (termYears ?? 1));
  return exact(recurringHourlyPayment ?? '0').plus(upfront);
}

/** `end` is the last moment that is covered. */
function dayAfter(end: string): Day {
  return dayOf(new Date(Date.parse(end) + 1_000));
}

function laterOf(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
