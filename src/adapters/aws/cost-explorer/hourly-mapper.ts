import { addDays, contains, type Day, type Period } from '../../../kernel/calendar.ts';
import { type DecimalString, Exact, plain } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import { type HourlyControl, type HourlyUsageDay, isCommittable } from '../../../ledger/hourly-usage.ts';
import { meterOf } from '../../../ledger/meter.ts';
import type { QuarantinedRow } from '../../../operations/ports/ledger.ts';
import { unreadable } from '../request.ts';
import { accountOf, readGroup } from './charge-mapper.ts';
import { costsOf, UnreadableRow, usageOf } from './costs.ts';
import { type Answer, Metrics } from './schema.ts';

const HOURS = 24;
const HOUR = /^(\d{4}-\d{2}-\d{2})T(\d{2}):00:00Z$/;

interface OpenDay extends Omit<HourlyUsageDay, 'billedCost' | 'usageQuantity'> {
  readonly billedCost: DecimalString[];
  readonly usageQuantity: DecimalString[];
  readonly seen: Set<number>;
}

/** The lines of one service by the hour, put together to days: account by usage type. Usage that no commitment covers is only added up. */
export class HourCollector {
  readonly quarantined: QuarantinedRow[] = [];
  readonly lines = new Map<Day, Exact>();
  readonly #days = new Map<string, OpenDay>();
  readonly #window: Period;
  readonly #serviceName: string;

  constructor(serviceName: string, window: Period) {
    this.#serviceName = serviceName;
    this.#window = window;
  }

  get usage(): HourlyUsageDay[] {
    return [...this.#days.values()].map(({ seen: _seen, ...day }) => day);
  }

  add(answer: Answer): void {
    for (const { TimePeriod, Groups } of answer.ResultsByTime) {
      for (const row of Groups ?? []) this.#addRow(row, TimePeriod);
    }
  }

  #addRow(row: unknown, period: Answer['ResultsByTime'][number]['TimePeriod']): void {
    try {
      const { day, hour } = hourOf(period, this.#window);
      const { Keys, Metrics: metrics } = readGroup(row, 2);
      const [account = '', usageType = ''] = Keys;
      const accountId = accountOf(account) ?? '';
      const { billedCost, currency } = costsOf(metrics);
      const { usageQuantity, usageUnit } = usageOf(metrics);
      if (usageQuantity === null) throw new UnreadableRow('the quantity is missing');
      if (isCommittable(meterOf(usageType).kind)) {
        const known = this.#dayOf({ day, accountId, serviceName: this.#serviceName, usageType, usageUnit, currency });
        if (known.seen.has(hour)) throw unreadable('Cost Explorer', `two pages hold the same hour of ${day}`);
        known.seen.add(hour);
        known.billedCost[hour] = billedCost;
        known.usageQuantity[hour] = usageQuantity;
      }
      this.lines.set(day, (this.lines.get(day) ?? new Exact(0)).plus(billedCost));
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      this.quarantined.push({ reason: error.message, row: oneLine(JSON.stringify({ period, row }) ?? '', 2000) });
    }
  }

  #dayOf(head: Omit<OpenDay, 'billedCost' | 'usageQuantity' | 'seen'>): OpenDay {
    const key = JSON.stringify([head.day, head.accountId, head.usageType, head.currency]);
    const zeros = (): DecimalString[] => new Array<DecimalString>(HOURS).fill('0');
    const day = this.#days.get(key) ?? { ...head, billedCost: zeros(), usageQuantity: zeros(), seen: new Set<number>() };
    this.#days.set(key, day);
    return day;
  }
}

/** The ungrouped totals of the same hours, by day. */
export class HourTotals {
  readonly #totals = new Map<Day, { readonly currency: string; readonly total: Exact }>();
  readonly #window: Period;

  constructor(window: Period) {
    this.#window = window;
  }

  add(answer: Answer): void {
    for (const { TimePeriod, Total } of answer.ResultsByTime) {
      try {
        const { day } = hourOf(TimePeriod, this.#window);
        const metrics = Metrics.parse(Total ?? {});
        if (Object.values(metrics).every((metric) => metric === undefined)) continue;
        const { billedCost, currency } = costsOf(metrics);
        this.#totals.set(day, { currency, total: (this.#totals.get(day)?.total ?? new Exact(0)).plus(billedCost) });
      } catch (error) {
        const why = error instanceof UnreadableRow ? error.message : 'it is not in the form that AWS sends';
        throw unreadable('An hourly total of Cost Explorer could not be read', why);
      }
    }
  }

  controlsOf(lines: ReadonlyMap<Day, Exact>): HourlyControl[] {
    return [...this.#totals].map(([day, { currency, total }]) => ({
      day,
      currency,
      lines: plain(lines.get(day) ?? new Exact(0)),
      total: plain(total),
    }));
  }
}

function hourOf({ Start, End }: { readonly Start: string; readonly End: string }, window: Period): { day: Day; hour: number } {
  const match = HOUR.exec(Start);
  const [, day = '', text = ''] = match ?? [];
  const hour = Number(text);
  const next = hour === HOURS - 1 ? `${addDays(day, 1)}T00:00:00Z` : `${day}T${String(hour + 1).padStart(2, '0')}:00:00Z`;
  if (!match || hour >= HOURS || End !== next) throw new UnreadableRow('the period is not one hour');
  if (!contains(window, day)) throw new UnreadableRow('the hour lies outside the window that was asked for');
  return { day, hour };
}
