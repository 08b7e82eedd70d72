import type { Day } from '../../kernel/calendar.ts';
import { Exact } from '../../kernel/money.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import { land, type Release } from './land.ts';
import type { MeterUsage } from './meter-usage.ts';
import { type PooledUsage, type SharingPool, sharingPoolOf, usageKey } from './sharing-pool.ts';
import { type SplitDay, splitDays } from './split-usage.ts';
import { asTarget } from './target-usage.ts';

/** A part of a resource's usage that goes, or moves to another type. */
export interface Removal {
  readonly usage: MeterUsage;
  /** 0..1 of its cost at on-demand prices. */
  readonly share: Exact;
  /** The usage type that it moves to; null: what stays is of the same type. */
  readonly targetMeterKind: string | null;
}

/** One day of a removal, replayed against the group as it stands. */
export interface ReplayedDay {
  readonly day: Day;
  /** On-demand cost of the resource itself that is gone; below zero where the new type is not covered as the old one was. */
  readonly own: Exact;
  /** Of which usage, so that a joint replay does not land on what is gone. */
  readonly ownKey: string;
  readonly landed: Exact;
  readonly byAccount: ReadonlyMap<string, Exact>;
  readonly stranded: Exact;
  /** It moves to a type whose rate under the plan is not known: it may be no cheaper at all. */
  readonly isTargetUnrated: boolean;
  /** Commitment that goes to others or to nobody. */
  readonly release: Release;
}

const ZERO = new Exact(0);

/**
 * The sharing group's bill by day with and without the removal: what the resource no longer pays on demand, what its commitment takes over
 * from others, what nobody takes up. The commitment itself is paid either way. Our data are of days, so an hour is a day's average hour.
 * `roomShare` supposes that so much of the others' on-demand usage is there.
 */
export function replay(removal: Removal, view: SnapshotView, roomShare: Exact = new Exact(1)): readonly ReplayedDay[] {
  const pool = sharingPoolOf(removal.usage.accountId, view);
  return splitDays(removal.usage, pool.commitments, view).map(({ day, cost, quantity, onDemand, ...split }) => {
    const release = { bucket: split.bucket, amount: split.committed, rate: split.rate, units: split.units };
    const moved = movedTo(removal, { cost, quantity, day, bucket: split.bucket }, pool, view);
    const isWhole = moved !== null;
    const gone = isWhole ? onDemand : onDemand.mul(removal.share);
    const amount = isWhole ? release.amount : release.amount.mul(removal.share);
    const units = (isWhole ? release.units : release.units?.mul(removal.share)) ?? null;
    const ownKey = usageKey(removal.usage);
    const taken = new Map<PooledUsage, Exact>();
    const room = (usage: PooledUsage): Exact => {
      const whole = (usage.costOn.get(day) ?? ZERO).mul(usage === moved ? 1 : roomShare);
      const own = usage.key === ownKey ? gone : ZERO;
      return Exact.max(0, whole.minus(own).minus(taken.get(usage) ?? 0));
    };
    const take = (usage: PooledUsage, used: Exact): void => void taken.set(usage, (taken.get(usage) ?? ZERO).plus(used));
    const landed = land({ ...release, amount, units }, day, isWhole ? withMoved(pool, moved) : pool, room, take);
    const backOnto = (isWhole && landed.byUsage.get(moved)) || ZERO;
    const byAccount = new Map<string, Exact>();
    for (const [usage, saved] of landed.byUsage) {
      if (usage === moved) continue;
      byAccount.set(usage.accountId, (byAccount.get(usage.accountId) ?? ZERO).plus(saved));
    }
    const newCost = isWhole ? (moved.costOn.get(day) ?? ZERO) : ZERO;
    const reused = isWhole ? backOnto.mul(rateOn(moved, release)) : ZERO;
    return {
      day,
      own: gone.minus(newCost).plus(backOnto),
      ownKey,
      landed: landed.total.minus(backOnto),
      byAccount,
      stranded: landed.stranded,
      isTargetUnrated: !isWhole && removal.targetMeterKind !== null && removal.share.lt(1),
      release: { ...release, amount: Exact.max(0, amount.minus(reused)), units },
    };
  });
}

function rateOn(usage: PooledUsage, { bucket, rate }: Release): Exact {
  return (bucket.kind === 'family' ? usage.familyRate : usage.poolRate) ?? rate;
}

/**
 * The new type as usage that the freed commitment may come back to; null where it stays of the same type, or where the commitment would pay for it and
 * nobody knows at which rate.
 */
function movedTo(
  { usage, share, targetMeterKind }: Removal,
  { cost, quantity, day, bucket }: Pick<SplitDay, 'cost' | 'quantity' | 'day' | 'bucket'>,
  pool: SharingPool,
  view: SnapshotView,
): PooledUsage | null {
  if (targetMeterKind === null || share.gte(1)) return null;
  const left = cost.mul(new Exact(1).minus(share));
  const moved = asTarget(usage, targetMeterKind, left, day, quantity, pool, view);
  if (bucket.kind === 'pool') return moved.poolRate === null ? null : moved;
  const leavesFamily = bucket.kind === 'family' && moved.machine?.family !== bucket.family;
  return leavesFamily || moved.familyRate !== null ? moved : null;
}

/** In the place that owner and rate give it. */
function withMoved(pool: SharingPool, moved: PooledUsage): Pick<SharingPool, 'onDemand' | 'covered'> {
  const rank = (usage: PooledUsage): number => (pool.isOwners(usage) ? 0 : 1);
  const isDearer = ({ poolRate }: PooledUsage): boolean =>
    poolRate === null || (moved.poolRate !== null && poolRate.gt(moved.poolRate));
  const at = pool.onDemand.findIndex((usage) => rank(usage) > rank(moved) || (rank(usage) === rank(moved) && isDearer(usage)));
  const place = at === -1 ? pool.onDemand.length : at;
  return { covered: pool.covered, onDemand: pool.onDemand.toSpliced(place, 0, moved) };
}
