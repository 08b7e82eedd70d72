import { addDays, type Day, daysBetween, type Month, monthOf } from '../../../kernel/calendar.ts';
import { exact } from '../../../kernel/money.ts';
import { RESOURCE_LEVEL_DAYS } from '../../../ledger/billing-horizon.ts';
import { isUnfiltered, type Slice } from '../../../ledger/slice.ts';
import type { ControlTotal } from '../../ports/ledger.ts';
import type { KnownDay } from '../../ports/pull-state.ts';
import type { Need } from './needs.ts';

/** A day as the source tells it now, held against what the ledger has of the daily slice. */
export interface SourceDay {
  readonly day: Day;
  readonly estimated: boolean;
  /** Its total differs from the one in the ledger, or is not there. */
  readonly isChanged: boolean;
}

export type Because = 'firstLoad' | 'newDays' | 'due' | 'monthClose' | 'restated' | 'leftOut' | 'asked';

export interface StaleDays {
  readonly because: Because;
  readonly days: readonly Day[];
}

export interface StaleQuestion {
  readonly asOf: Day;
  readonly source: readonly SourceDay[];
  readonly known: KnownBySlice;
  /** Months in which the monthly probe found a difference: every day of theirs is stale. */
  readonly restatedMonths: readonly Month[];
  /** The totals of everything, credits and tax included, by day; empty when nobody has asked for them. */
  readonly whole: readonly ControlTotal[];
  readonly isEverythingWanted: boolean;
}

/** What the ledger has of each slice, by day. A day in two currencies is stale when either is. */
export type KnownBySlice = ReadonlyMap<string, ReadonlyMap<Day, readonly KnownDay[]>>;

export function knownBySlice(days: readonly KnownDay[]): KnownBySlice {
  return new Map(
    [...Map.groupBy(days, (item) => item.sliceId)].map(([sliceId, own]) => [sliceId, Map.groupBy(own, (item) => item.day)]),
  );
}

/**
 * The days of a need that must be asked today, with the reason; null when none. A day is stale when the ledger lacks it, when the daily
 * slice was read again since (its total had changed), or when its month has closed since. Stale days of closed months are asked at once,
 * those of open months when the need is due.
 */
export function staleDays(need: Need, dailySliceId: string, question: StaleQuestion): StaleDays | null {
  const { asOf, known, isEverythingWanted } = question;
  const reach = question.source.filter(
    ({ day, estimated }) =>
      need.slices.every((slice) => day >= firstDayOf(slice, asOf)) && (need.everyDays !== null || !estimated),
  );
  const states = need.slices.map((slice) => known.get(slice.id) ?? new Map<Day, readonly KnownDay[]>());
  if (states.every((state) => state.size === 0)) return found('firstLoad', reach);
  const daily = known.get(dailySliceId);
  const whole = need.slices.every(isUnfiltered) ? Map.groupBy(question.whole, (total) => total.day) : null;
  const isStale = (item: SourceDay): boolean =>
    question.restatedMonths.includes(monthOf(item.day)) ||
    states.some((state) => isOtherwise(whole?.get(item.day), state.get(item.day))) ||
    states.some((state) => isBehind(item, state.get(item.day), daily?.get(item.day)));
  if (isEverythingWanted) return found('asked', reach);
  const stale = reach.filter(isStale);
  const isClosing = (item: SourceDay): boolean => {
    const before = states.flatMap((state) => state.get(item.day) ?? []);
    return !item.estimated && (before.length === 0 || before.some((day) => day.estimated));
  };
  // What AWS tells by resource for two weeks alone cannot close a month; it waits until it is due.
  const closed = stale.filter((item) => !item.estimated && need.slices.every((slice) => slice.window === 'history'));
  const because = closed.some(isClosing) ? 'monthClose' : 'restated';
  if (isDue(need, states, asOf))
    return found(because === 'monthClose' ? because : need.everyDays === 1 ? 'newDays' : 'due', stale);
  return found(because, closed);
}

/** The days of which a budget had left some accounts out, and that nothing else makes stale: to be asked whole as soon as there is money. */
export function daysLeftOut(need: Need, { asOf, known, source }: StaleQuestion, others: readonly Day[]): readonly Day[] {
  const isPartial = (day: Day): boolean =>
    need.slices.some((slice) =>
      known
        .get(slice.id)
        ?.get(day)
        ?.some((own) => own.isPartial),
    );
  const isThere = (day: Day): boolean => need.slices.every((slice) => day >= firstDayOf(slice, asOf));
  return source.map(({ day }) => day).filter((day) => isThere(day) && isPartial(day) && !others.includes(day));
}

function found(because: Because, items: readonly SourceDay[]): StaleDays | null {
  return items.length === 0 ? null : { because, days: items.map((item) => item.day) };
}

function isBehind(source: SourceDay, own: readonly KnownDay[] | undefined, daily: readonly KnownDay[] | undefined): boolean {
  if (own === undefined || source.isChanged) return true;
  if (own.some((day) => day.estimated && !source.estimated)) return true;
  return own.some(({ readAt }) => daily?.some((day) => day.readAt > readAt) ?? false);
}

/** Of a slice that tells everything: a credit changes it and leaves the daily slice as it was. */
function isOtherwise(totals: readonly ControlTotal[] | undefined, own: readonly KnownDay[] | undefined): boolean {
  return totals !== undefined && own !== undefined && !isSame(totals, own);
}

/** Whether the source's totals of a day are those that the ledger was reconciled with. */
export function isSame(totals: readonly ControlTotal[], known: readonly KnownDay[]): boolean {
  if (totals.length !== known.length) return false;
  return totals.every((total) => {
    const same = known.find((day) => day.currency === total.currency);
    return same !== undefined && exact(total.billedCost).eq(same.billedCost) && exact(total.effectiveCost).eq(same.effectiveCost);
  });
}

function isDue({ everyDays }: Need, states: readonly ReadonlyMap<Day, unknown>[], asOf: Day): boolean {
  if (everyDays === null) return false;
  const ends = states.map((state) => [...state.keys()].sort().at(-1) ?? '').sort();
  const last = ends[0];
  return last === undefined || last === '' || daysBetween(addDays(last, 1), asOf) >= everyDays || everyDays === 1;
}

function firstDayOf(slice: Pick<Slice, 'window'>, asOf: Day): Day {
  return slice.window === 'resourceLevel' ? addDays(asOf, -RESOURCE_LEVEL_DAYS) : '';
}
