import { contains, type Day, type Period } from '../../kernel/calendar.ts';
import { type DecimalString, exact, HALF_A_CENT, plain } from '../../kernel/money.ts';
import type { Slice } from '../../ledger/slice.ts';
import { isUnfiltered } from '../../ledger/slice.ts';
import type { CostSum } from '../ports/cost-source.ts';
import type { ControlTotal } from '../ports/ledger.ts';

/** Sums by service and charge type, of the daily slice's filter. */
interface Matrix {
  readonly window: Period;
  readonly cells: readonly CostSum[];
}

/**
 * The source's own totals, asked once in a sync and served to every slice of the same filter. The matrix serves slices of one service, and
 * only on days on which it sums to the ungrouped total: AWS does not promise that groups sum to it.
 */
export class ControlBook {
  #daily: readonly ControlTotal[] = [];
  #whole: readonly ControlTotal[] = [];
  readonly #matrices: Matrix[] = [];

  get daily(): readonly ControlTotal[] {
    return this.#daily;
  }

  get whole(): readonly ControlTotal[] {
    return this.#whole;
  }

  addDaily(sums: readonly CostSum[]): void {
    this.#daily = sums.map(totalOf);
  }

  addWhole(sums: readonly CostSum[]): void {
    this.#whole = sums.map(totalOf);
  }

  addMatrix(window: Period, cells: readonly CostSum[]): void {
    this.#matrices.push({ window, cells });
  }

  /** The totals of a slice's days; null when nobody was asked for them. */
  controlsOf(slice: Slice, window: Period): readonly ControlTotal[] | null {
    if (slice.onlyAccounts) return null;
    if (isUnfiltered(slice)) return this.#whole.length === 0 ? null : inside(this.#whole, window);
    if (!slice.onlyServices && !slice.onlyChargeTypes) return inside(this.#daily, window);
    const matrix = this.#matrices.find((item) => item.window.start <= window.start && item.window.end >= window.end);
    return matrix && inside(this.#daily, window).every((day) => isWholeDay(matrix, day))
      ? this.#fromMatrix(matrix, slice, window)
      : null;
  }

  /** A day that the source knows, and of which it has nothing with this filter, cost nothing. */
  withQuietDays(controls: readonly ControlTotal[], window: Period): readonly ControlTotal[] {
    const told = new Set(controls.map(keyOf));
    const quiet = inside(this.#daily, window).filter((day) => !told.has(keyOf(day)));
    return [...controls, ...quiet.map((day) => ({ ...day, billedCost: '0', effectiveCost: '0' }))];
  }

  #fromMatrix({ cells }: Matrix, slice: Slice, window: Period): readonly ControlTotal[] {
    const sums = new Map<string, ControlTotal>();
    for (const cell of cells) {
      const [service = '', chargeType = ''] = cell.keys;
      const isMeant =
        contains(window, cell.start) &&
        (slice.onlyServices?.includes(service) ?? true) &&
        (slice.onlyChargeTypes?.includes(chargeType) ?? true);
      if (!isMeant) continue;
      const own = totalOf(cell);
      const before = sums.get(keyOf(own));
      sums.set(keyOf(own), before ? added(before, own) : own);
    }
    return this.withQuietDays([...sums.values()], window);
  }
}

function isWholeDay({ cells }: Matrix, day: ControlTotal): boolean {
  const own = cells.filter((cell) => cell.start === day.day && cell.currency === day.currency);
  return (['billedCost', 'effectiveCost'] as const).every((metric) =>
    own
      .reduce((sum, cell) => sum.minus(cell[metric]), exact(day[metric]))
      .abs()
      .lt(HALF_A_CENT),
  );
}

function totalOf({ start, currency, billedCost, effectiveCost, estimated }: CostSum): ControlTotal {
  return { day: start, currency, billedCost, effectiveCost, estimated };
}

function inside(totals: readonly ControlTotal[], window: Period): readonly ControlTotal[] {
  return totals.filter(({ day }) => contains(window, day));
}

function added(a: ControlTotal, b: ControlTotal): ControlTotal {
  const sum = (x: DecimalString, y: DecimalString): DecimalString => plain(exact(x).plus(y));
  return { ...a, billedCost: sum(a.billedCost, b.billedCost), effectiveCost: sum(a.effectiveCost, b.effectiveCost) };
}

function keyOf({ day, currency }: { readonly day: Day; readonly currency: string }): string {
  return `${day} ${currency}`;
}
