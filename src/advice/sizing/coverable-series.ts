import { addDays, type Period } from '../../kernel/calendar.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CommitmentFamily } from './commitment-family.ts';
import { mayTake, recentCommitments } from './recent-commitments.ts';
import { type Draft, hourlyNow, knownCost, sum, usageDrafts } from './usage-drafts.ts';
import { youngOf } from './young-usage.ts';

/** On-demand usage of one usage type, hour by hour over the period, all accounts of the group together. Dollars. */
export interface CoverableSeries {
  readonly family: CommitmentFamily;
  readonly meterKind: string;
  readonly hours: Float64Array;
  /** What an hour, or another unit, cost on the bill; null where no quantity is known. */
  readonly unitCost: number | null;
}

export interface Coverable {
  readonly period: Period;
  readonly series: readonly CoverableSeries[];
  /** Share of the usage whose own hours are known and not taken from other days or from a day's mean; 0 to 1. */
  readonly knownByHour: number;
  /** Days of the period of which machines are known at all; null: the group has none. */
  readonly machineDays: number | null;
  /** Accounts whose usage began within the period, and what they use an hour: too young to commit for. */
  readonly arriving: { readonly accountIds: readonly string[]; readonly hourlyCost: number };
  /** Services that are used and cannot be sized: too few of their days are known by the hour, or a plan for them is too young. */
  readonly unknownServices: readonly string[];
  /** Commitments that began within the period or are queued: what they cover still looks like on-demand usage. */
  readonly recentCommitments: readonly string[];
}

const cache = new WeakMap<SnapshotView, Map<string, Coverable>>();

/**
 * What a sharing group uses on demand, after the other advice has been taken off (`view.onDemandMeters`, `view.nodeCuts`). Machines are known
 * by the day, and by the hour as far as hours were read; the other services by the hour alone. Usage that a commitment of the last days covers
 * from now on is left out whole: nobody can tell yet what stays on demand.
 */
export function coverableSeries(groupId: string, view: SnapshotView, period: Period): Coverable {
  const key = [groupId, period.start, period.end].join('\n');
  const known = cache.get(view) ?? new Map<string, Coverable>();
  const found = known.get(key) ?? read(groupId, view, period);
  cache.set(view, known.set(key, found));
  return found;
}

function read(groupId: string, view: SnapshotView, period: Period): Coverable {
  const { machines, others, unknownServices } = usageDrafts(groupId, view, period);
  const recent = recentCommitments(groupId, view, period);
  const isTaken = ({ family }: Draft): boolean => recent.some((item) => mayTake(item, family));
  const all = [...machines, ...others];
  const drafts = all.filter((draft) => !isTaken(draft));
  const isYoung = youngOf(groupId, view, { drafts: all, period });
  const young = drafts.filter(isYoung);
  const old = drafts.filter((draft) => !isYoung(draft));
  const total = sum(old.map(({ cost }) => cost));
  const taken = all.filter(isTaken).map(({ family }) => family.serviceName);
  return {
    period,
    series: merged(old),
    knownByHour: total > 0 ? sum(old.map((draft) => knownCost(draft, period))) / total : 0,
    machineDays: machines.length === 0 ? null : new Set(machines.flatMap(({ days }) => days)).size,
    arriving: {
      accountIds: [...new Set(young.map(({ accountId }) => accountId))].sort(),
      hourlyCost: sum(young.map(hourlyNow)),
    },
    unknownServices: [...new Set([...unknownServices, ...taken])].sort(),
    recentCommitments: recent.map(({ commitmentId }) => commitmentId).sort(),
  };
}

function merged(drafts: readonly Draft[]): CoverableSeries[] {
  const groups = Map.groupBy(drafts, ({ family, meterKind }) => `${family.serviceName}\n${family.regionId}\n${meterKind}`);
  return [...groups].flatMap(([, own]) => {
    const [first] = own;
    const cost = sum(own.map((draft) => draft.cost));
    if (!first || cost <= 0) return [];
    const hours = new Float64Array(first.hours.length);
    for (const draft of own) for (const [hour, value] of draft.hours.entries()) hours[hour] = (hours[hour] ?? 0) + value;
    const quantity = sum(own.map((draft) => draft.quantity));
    const { family, meterKind } = first;
    return [{ family, meterKind, hours, unitCost: quantity > 0 ? cost / quantity : null }];
  });
}

/** The settled days before which nothing is judged. */
export function lookbackOf(view: SnapshotView, lookbackDays: number): Period {
  const end = view.snapshot.settledUntil;
  return { start: addDays(end, -lookbackDays), end };
}
