import { addDays, contains, type Day, firstDay, type Month, monthOf, type Period } from '../../../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../../../src/kernel/money.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import type { ControlTotal } from '../../../../src/operations/ports/ledger.ts';
import { aCharge } from './world.ts';

/** "day|account|service|type|currency" to an amount. Account '' is no account. */
export type Lines = ReadonlyMap<string, string>;

interface Close {
  readonly closedCost: string;
  readonly cost: string;
  readonly hasChanged: boolean;
}

/** What a ledger should hold, in memory. Values: a pull gives the next one, and a killed pull leaves this one or the next. */
export interface Ledger {
  readonly owner: Lines;
  readonly customer: Lines;
  /** Days that the owner knows, and whether each is still an estimate. */
  readonly estimated: ReadonlyMap<string, boolean>;
  /** Of the owner, by "month|currency". */
  readonly closes: ReadonlyMap<string, Close>;
}

export const EMPTY: Ledger = { owner: new Map(), customer: new Map(), estimated: new Map(), closes: new Map() };

/** What lies at the source, and who has which account. */
export interface Source {
  readonly lines: Map<string, string>;
  /** What its totals have and its lines have not, by "day|currency". */
  readonly unattributed: Map<string, string>;
  readonly closed: Set<Month>;
  /** The customer has the account before this day. */
  readonly customerUntil: Map<string, Day>;
}

export const CURRENCIES = ['USD', 'JPY'];

export function chargesOf(source: Source, window: Period): Charge[] {
  return [...source.lines].flatMap(([key, billedCost]) => {
    const [day = '', subAccountId = '', serviceName = '', chargeType = '', currency = ''] = key.split('|');
    return contains(window, day) ? [aCharge({ day, subAccountId, serviceName, chargeType, currency, billedCost })] : [];
  });
}

/** The days that stories are told of, the last ones of months among them: fewer than a window has, since each costs time. */
export const DAYS = ['2026-08-31', '2026-09-01', '2026-09-30', '2026-10-01', '2026-10-02'];

/** One a day and currency, days of nothing among them: the source knows that they are nothing. */
export function controlsOf(source: Source, window: Period): ControlTotal[] {
  const charges = chargesOf(source, window);
  return daysOf(window).flatMap((day) =>
    CURRENCIES.map((currency) => {
      const lines = charges
        .filter((charge) => charge.day === day && charge.currency === currency)
        .map((charge) => charge.billedCost);
      const total = plain(sumExact([...lines, source.unattributed.get(`${day}|${currency}`) ?? '0']));
      return { day, currency, billedCost: total, effectiveCost: total, estimated: !source.closed.has(monthOf(day)) };
    }),
  );
}

export function afterPull(before: Ledger, source: Source, window: Period): Ledger {
  const isOutside = ([key]: readonly [string, unknown]) => !contains(window, key.slice(0, 10));
  const fresh = [...source.lines].filter((entry) => !isOutside(entry));
  const isCustomers = (key: string) => key.slice(0, 10) < (source.customerUntil.get(key.split('|')[1] ?? '') ?? '');
  const residual = [...source.unattributed]
    .filter((entry) => !isOutside(entry))
    .map(([key, amount]): [string, string] => [`${key.slice(0, 10)}|||__unattributed__|${key.slice(11)}`, amount]);
  const owner = new Map([...[...before.owner].filter(isOutside), ...fresh.filter(([key]) => !isCustomers(key)), ...residual]);
  const customer = new Map([...[...before.customer].filter(isOutside), ...fresh.filter(([key]) => isCustomers(key))]);
  const estimated = new Map(before.estimated);
  for (const day of daysOf(window)) estimated.set(day, !source.closed.has(monthOf(day)));
  return { owner, customer, estimated, closes: closesAfter(before, owner, estimated, window) };
}

export function isFinal(estimated: ReadonlyMap<Day, boolean>, month: Month): boolean {
  const days = [...estimated].filter(([day]) => monthOf(day) === month);
  const next = monthOf(addDays(firstDay(month), 31));
  return days.length > 0 && days.every(([, is]) => !is) && estimated.has(addDays(firstDay(next), -1));
}

function closesAfter(before: Ledger, owner: Lines, estimated: ReadonlyMap<Day, boolean>, window: Period): Ledger['closes'] {
  const closes = new Map(before.closes);
  for (const month of new Set(daysOf(window).map(monthOf))) {
    const wasClosed = [...before.closes.keys()].some((key) => key.startsWith(month));
    if (!wasClosed && !isFinal(estimated, month)) continue;
    for (const currency of CURRENCIES) {
      const key = `${month}|${currency}`;
      const lines = [...owner].filter(([line]) => line.startsWith(month) && line.endsWith(currency));
      const known = before.closes.get(key);
      if (lines.length === 0 && !known) continue;
      const cost = plain(sumExact(lines.map(([, amount]) => amount)));
      const closedCost = known?.closedCost ?? (wasClosed ? '0' : cost);
      const hasChanged = known ? known.hasChanged || !exact(known.cost).eq(cost) : !exact(closedCost).eq(cost);
      closes.set(key, { closedCost, cost, hasChanged });
    }
  }
  return closes;
}

function daysOf(window: Period): readonly Day[] {
  return DAYS.filter((day) => contains(window, day));
}

/** As the test reads them back, sorted. */
export function asTexts(lines: Lines): string[] {
  return [...lines].map(([key, amount]) => `${key}|${plain(exact(amount))}`).sort();
}
