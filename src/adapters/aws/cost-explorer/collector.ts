import type { Day, Period } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Charge } from '../../../ledger/charge.ts';
import type { Slice } from '../../../ledger/slice.ts';
import type { ControlTotal, QuarantinedRow } from '../../../operations/ports/ledger.ts';
import { unreadable } from '../request.ts';
import { chargeOf } from './charge-mapper.ts';
import { costsOf, dayOfRow, UnreadableRow } from './costs.ts';
import { type Answer, Metrics } from './schema.ts';

const MAX_QUARANTINED_TEXT = 2000;

/** What the pages of one window said. A period may go on over a page; a whole key may not come twice. */
export class ChargeCollector {
  readonly charges: Charge[] = [];
  readonly quarantined: QuarantinedRow[] = [];
  readonly accountNames = new Map<string, string>();
  readonly #seen = new Map<Day, Set<string>>();
  readonly #words = new Map<string, string>();
  readonly #slice: Slice;
  readonly #window: Period;

  constructor(slice: Slice, window: Period) {
    this.#slice = slice;
    this.#window = window;
  }

  add(answer: Answer): void {
    for (const period of answer.ResultsByTime) {
      for (const row of period.Groups ?? []) this.#addRow(row, period.TimePeriod);
    }
    for (const [accountId, name] of accountNamesOf(answer)) this.accountNames.set(accountId, name);
  }

  #addRow(row: unknown, period: { readonly Start: string; readonly End: string }): void {
    try {
      const charge = chargeOf(row, dayOfRow(period, this.#window), this.#slice);
      this.#refuseTwice(charge);
      this.charges.push(this.#interned(charge));
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      this.quarantined.push({ reason: error.message, row: shown({ period, row }) });
    }
  }

  /** The same words come a hundred thousand times, each time as a text of its own: one of each is kept. */
  #interned(charge: Charge): Charge {
    const one = <T extends string | null>(word: T): T => {
      if (word === null) return word;
      const known = this.#words.get(word);
      if (known === undefined) this.#words.set(word, word);
      return (known ?? word) as T;
    };
    return {
      ...charge,
      subAccountId: one(charge.subAccountId),
      serviceName: one(charge.serviceName),
      usageType: one(charge.usageType),
      usageUnit: one(charge.usageUnit),
      usageQuantity: one(charge.usageQuantity),
      effectiveCost: charge.effectiveCost === charge.billedCost ? charge.billedCost : charge.effectiveCost,
      currency: one(charge.currency),
    };
  }

  #refuseTwice(charge: Charge): void {
    const { day, subAccountId, serviceName, usageType, operation, chargeType, resourceId, currency } = charge;
    const seen = this.#seen.get(day) ?? new Set<string>();
    this.#seen.set(day, seen);
    // Names hold no control characters, so a line break keeps them apart.
    const key = [subAccountId, serviceName, usageType, operation, chargeType, resourceId, currency].join('\n');
    if (seen.has(key)) throw unreadable('Cost Explorer', `two pages hold the same line of ${day} in ${this.#slice.id}`);
    seen.add(key);
  }
}

/** The ungrouped totals of a window by day. A total that cannot be read ends the pull: there is nothing to reconcile against. */
export class ControlCollector {
  readonly #totals = new Map<Day, ControlTotal>();
  readonly #window: Period;

  constructor(window: Period) {
    this.#window = window;
  }

  get totals(): ControlTotal[] {
    return [...this.#totals.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  add(answer: Answer): void {
    for (const { TimePeriod, Total, Estimated } of answer.ResultsByTime) {
      try {
        const day = dayOfRow(TimePeriod, this.#window);
        const metrics = Metrics.parse(Total ?? {});
        // A day of which Cost Explorer knows nothing has an empty total: no control, and no zero either.
        if (Object.values(metrics).every((metric) => metric === undefined)) continue;
        if (this.#totals.has(day)) throw new UnreadableRow(`the total of ${day} came twice`);
        this.#totals.set(day, { day, ...costsOf(metrics), estimated: Estimated ?? true });
      } catch (error) {
        const why = error instanceof UnreadableRow ? error.message : 'it is not in the form that AWS sends';
        throw unreadable('A daily total of Cost Explorer could not be read', why);
      }
    }
  }
}

function* accountNamesOf(answer: Answer): Generator<[string, string]> {
  for (const { Value, Attributes } of answer.DimensionValueAttributes ?? []) {
    const name = Attributes?.description;
    if (name && /^\d{12}$/.test(Value)) yield [Value, oneLine(name, 256)];
  }
}

function shown(value: unknown): string {
  return oneLine(JSON.stringify(value) ?? '', MAX_QUARANTINED_TEXT);
}
