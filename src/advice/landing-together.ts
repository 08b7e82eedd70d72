import type { Day } from '../kernel/calendar.ts';
import { Exact, exact } from '../kernel/money.ts';
import { isCommittable } from '../ledger/hourly-usage.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { changeOf, isBesideCommitments, savesLater } from './benefit.ts';
import { DAYS_PER_MONTH, type MeterCost, monthlyCosts } from './costing.ts';
import { land, type Release } from './floating/land.ts';
import { replay } from './floating/replay.ts';
import { type PooledUsage, sharingPoolOf, usageKey } from './floating/sharing-pool.ts';
import type { Recommendation } from './recommendation.ts';
import { resourceKey } from './resource-index.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** What a recommendation saves so far. */
interface Member {
  readonly item: Recommendation;
  readonly left: Exact;
}

/** One day of what one recommendation frees, as far as it still counts. */
interface Freed {
  readonly id: string;
  readonly day: Day;
  readonly release: Release;
  /** What it would land on alone. */
  readonly alone: Exact;
  /** From the days of its resource to a month. */
  readonly toMonth: Exact;
}

const ZERO = new Exact(0);
/** Reservations are applied first, then plans of one family, then those that float (Savings Plans guide, read 2026-11). */
const ORDER = ['units', 'family', 'pool'] as const;

/**
 * How much less a month each saves because the group does all of it: usage that one takes away can take up no commitment of another, and
 * one dollar on demand takes up one freed commitment only. Each release gets its part of what all of its kind land on.
 */
export function landedLess(
  members: readonly Member[],
  resources: ReadonlyMap<string, ResourceFacts>,
  view: SnapshotView,
): ReadonlyMap<string, Exact> {
  const gone = new Map<string, Exact>();
  const freed: Freed[] = [];
  for (const member of members) {
    const resource = resources.get(resourceKey(member.item));
    if (resource && !isBesideCommitments(member.item.effect)) noteOne(member, monthlyCosts(resource, view), view, gone, freed);
  }
  const lost = new Map<string, Exact>();
  const first = members[0];
  if (freed.length === 0 || first === undefined) return lost;
  const pool = sharingPoolOf(first.item.accountId, view);
  for (const [day, ofDay] of Map.groupBy(freed, (item) => item.day)) {
    const room = (usage: PooledUsage): Exact =>
      Exact.max(0, (usage.costOn.get(day) ?? ZERO).minus(gone.get(`${usage.key}\n${day}`) ?? 0));
    const take = (usage: PooledUsage, cost: Exact): void => noteGone(gone, `${usage.key}\n${day}`, cost);
    for (const kind of ORDER) {
      const ofKind = ofDay.filter(({ release }) => release.bucket.kind === kind);
      for (const group of Map.groupBy(ofKind, ({ release }) => JSON.stringify(release.bucket)).values()) {
        const all = together(group);
        if (all === null) continue;
        const { total } = land(all, day, pool, room, take);
        for (const { id, release, alone, toMonth } of group) {
          const here = total.mul(release.amount).div(all.amount);
          lost.set(id, (lost.get(id) ?? ZERO).plus(Exact.max(0, alone.minus(here)).mul(toMonth)));
        }
      }
    }
  }
  return lost;
}

function noteOne(
  { item, left }: Member,
  costs: readonly MeterCost[],
  view: SnapshotView,
  gone: Map<string, Exact>,
  freed: Freed[],
): void {
  const expected = exact(item.savings.expected);
  if (expected.lte(0)) return;
  const counts = left.div(expected);
  const change = changeOf(item.effect, item.savings);
  for (const { usage, coveredBy, periodDays } of costs) {
    if (coveredBy === 'none') {
      if (!isCommittable(usage.meterKind)) continue;
      for (const { day, billed } of usage.days)
        noteGone(gone, `${usageKey(usage)}\n${day}`, billed.mul(change.share).mul(counts));
      continue;
    }
    const toMonth = DAYS_PER_MONTH.div(periodDays);
    for (const { day, own, ownKey, release, landed } of replay({ usage, ...change }, view)) {
      noteGone(gone, `${ownKey}\n${day}`, own.mul(counts));
      if (savesLater(item) || release.amount.lte(0)) continue;
      const scaled = { ...release, amount: release.amount.mul(counts), units: release.units?.mul(counts) ?? null };
      freed.push({ id: item.id, day, release: scaled, alone: landed.mul(counts), toMonth });
    }
  }
}

function noteGone(gone: Map<string, Exact>, key: string, cost: Exact): void {
  if (cost.gt(0)) gone.set(key, (gone.get(key) ?? ZERO).plus(cost));
}

/** Releases of one kind as one; null where they free nothing. */
function together(group: readonly Freed[]): Release | null {
  const [first] = group;
  const sum = (of: (release: Release) => Exact | null): Exact =>
    group.reduce((total, { release }) => total.plus(of(release) ?? 0), ZERO);
  const amount = sum((release) => release.amount);
  if (first === undefined || amount.lte(0)) return null;
  const rate = sum((release) => release.amount.mul(release.rate)).div(amount);
  const units = group.every(({ release }) => release.units !== null) ? sum((release) => release.units) : null;
  return { bucket: first.release.bucket, amount, rate, units };
}
