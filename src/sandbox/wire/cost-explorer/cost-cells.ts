import type { Period } from '../../../kernel/calendar.ts';
import { amountText } from './amount.ts';
import { type ChargeTable, type Chunk, type ColumnName, dayNumberOf, type Series, slotOf } from './charge-table.ts';
import { normalizationQuarters, type Reader } from './dimensions.ts';
import { ExactSums } from './exact-sums.ts';

export const METRICS = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'NormalizedUsageAmount',
  'UnblendedCost',
  'UsageQuantity',
] as const;
export type Metric = (typeof METRICS)[number];

/** The family average behind BlendedCost is not modelled: it equals the unblended cost here. */
const COLUMN_OF: Readonly<Record<Metric, ColumnName>> = {
  AmortizedCost: 'amortizedCost',
  BlendedCost: 'unblendedCost',
  NetAmortizedCost: 'netAmortizedCost',
  NetUnblendedCost: 'netUnblendedCost',
  NormalizedUsageAmount: 'usageQuantity',
  UnblendedCost: 'unblendedCost',
  UsageQuantity: 'usageQuantity',
};

export interface CostQuestion {
  readonly periods: readonly Period[];
  readonly metrics: readonly Metric[];
  readonly groupBy: readonly Reader[];
  /** How stretches before the present way are grouped, the earliest first. */
  readonly earlier?: readonly Earlier[];
  readonly accepts: (series: Series) => boolean;
}

/** The grouping of all slots before one, as far back as the stretch before it. */
export interface Earlier {
  readonly before: number;
  readonly groupBy: readonly Reader[];
}

export interface MetricValue {
  readonly Amount: string;
  readonly Unit: string;
}

/** Lines that a fault adds to the bill, and lines that it hides. */
export interface Overlay {
  readonly added: readonly Chunk[];
  readonly hides: ((series: Series, day: number) => boolean) | null;
}

/** The answer before it is written out: a cell for each group that was active in a period, in order of period and keys. */
export interface CostCells {
  readonly cells: Uint32Array;
  /** For each period, how many cells come before it; the count of all at the end. */
  readonly starts: readonly number[];
  readonly periodOf: (cell: number) => number;
  readonly keysOf: (cell: number) => readonly string[];
  readonly metricsOf: (cell: number) => Record<string, MetricValue>;
  /** Where nothing was active: zero, with the currency for costs. */
  readonly nothing: () => Record<string, MetricValue>;
}

const NO_UNIT = 0;
const MIXED_UNITS = 1;

export function addUp(table: ChargeTable, overlay: Overlay, question: CostQuestion): CostCells {
  const groups = groupSeries(table.series, question);
  const periodOfSlot = slotsToPeriods(question.periods, table);
  const size = question.periods.length * groups.keys.length;
  const sums = new Map(question.metrics.map((metric) => [metric, new ExactSums(size)]));
  const units = new UnitIndex(table.series);
  const unitOf = new Uint16Array(size);
  const active = new Uint8Array(size);
  const normalized = question.metrics.includes('NormalizedUsageAmount') ? table.series.map(normalizationQuarters) : [];
  const adders = [...sums].map(([metric, sum]) => ({
    sum,
    column: COLUMN_OF[metric],
    weighed: metric === 'NormalizedUsageAmount',
  }));
  for (const chunk of [...table.chunks, ...overlay.added]) {
    for (let row = 0; row < chunk.length; row++) {
      const slot = chunk.slots[row] ?? 0;
      const period = periodOfSlot[slot] ?? -1;
      const series = chunk.series[row] ?? 0;
      const group = groups.at(slot)[series] ?? -1;
      if (period < 0 || group < 0 || isHidden(overlay, table, series, slot)) continue;
      const cell = period * groups.keys.length + group;
      active[cell] = 1;
      unitOf[cell] = units.merge(unitOf[cell] ?? NO_UNIT, series);
      for (const { sum, column, weighed } of adders) {
        const weight = weighed ? (normalized[series] ?? 0) : 1;
        const values = chunk.columns[column];
        sum.add(cell, values.high(row) * weight, values.low(row) * weight);
      }
    }
  }
  return {
    ...activeCells(active, groups.keys.length, question.periods.length),
    keysOf: (cell) => groups.keys[cell % groups.keys.length] ?? [],
    metricsOf: (cell) => valuesOf(sums, cell, units.nameOf(unitOf[cell] ?? NO_UNIT)),
    nothing: () => valuesOf(new Map(question.metrics.map((metric) => [metric, new ExactSums(1)])), 0, 'N/A'),
  };
}

function isHidden(overlay: Overlay, table: ChargeTable, series: number, slot: number): boolean {
  const line = table.series[series];
  return overlay.hides !== null && line !== undefined && overlay.hides(line, dayNumberOf(table, slot));
}

interface Groups {
  readonly keys: readonly (readonly string[])[];
  /** For each series its group, as it is called in a slot; -1: not asked for. */
  readonly at: (slot: number) => Int32Array;
}

function groupSeries(all: readonly Series[], { groupBy, earlier = [], accepts }: CostQuestion): Groups {
  const accepted = all.map(accepts);
  const ways = [...earlier.map((stretch) => stretch.groupBy), groupBy].map((readers) =>
    all.map((series, index) => (accepted[index] ? readers.map((read) => read(series)) : null)),
  );
  const distinct = new Map(ways.flat().flatMap((keys) => (keys ? [[JSON.stringify(keys), keys] as const] : [])));
  const sorted = [...distinct].sort(([, a], [, b]) => compareKeys(a, b));
  const position = new Map(sorted.map(([text], index) => [text, index]));
  const of = ways.map((keysOfSeries) =>
    Int32Array.from(keysOfSeries, (keys) => (keys ? (position.get(JSON.stringify(keys)) ?? -1) : -1)),
  );
  const none = new Int32Array(0);
  const way = (slot: number): number => {
    const found = earlier.findIndex(({ before }) => slot < before);
    return found < 0 ? earlier.length : found;
  };
  return { keys: sorted.map(([, keys]) => keys), at: (slot) => of[way(slot)] ?? none };
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((key, index) => key !== b[index]);
  if (differing < 0) return 0;
  return (a[differing] ?? '') < (b[differing] ?? '') ? -1 : 1;
}

function slotsToPeriods(periods: readonly Period[], table: ChargeTable): Int32Array {
  const last = periods.at(-1);
  const bySlot = new Int32Array(last ? Math.max(0, slotOf(table, last.end)) : 0).fill(-1);
  for (const [index, { start, end }] of periods.entries()) bySlot.fill(index, slotOf(table, start), slotOf(table, end));
  return bySlot;
}

function activeCells(active: Uint8Array, groups: number, periods: number): Pick<CostCells, 'cells' | 'starts' | 'periodOf'> {
  const cells = new Uint32Array(active.reduce((count, flag) => count + flag, 0));
  const starts = new Array<number>(periods + 1).fill(0);
  let found = 0;
  for (let cell = 0; cell < active.length; cell++) {
    if (cell % groups === 0) starts[cell / groups] = found;
    if (active[cell] === 1) cells[found++] = cell;
  }
  starts[periods] = found;
  return { cells, starts, periodOf: (cell) => Math.floor(cell / groups) };
}

function valuesOf(sums: ReadonlyMap<Metric, ExactSums>, index: number, usageUnit: string): Record<string, MetricValue> {
  const values: Record<string, MetricValue> = {};
  for (const [metric, sum] of sums) {
    const total = sum.total(index);
    if (metric === 'NormalizedUsageAmount') values[metric] = { Amount: amountText(total * 25n, 12), Unit: 'N/A' };
    else values[metric] = { Amount: amountText(total), Unit: metric === 'UsageQuantity' ? usageUnit : 'USD' };
  }
  return values;
}

/** Usage units by number: 0 none yet, 1 several. */
class UnitIndex {
  readonly #names: string[] = ['N/A', 'N/A'];
  readonly #ofSeries: Uint16Array;

  constructor(series: readonly Series[]) {
    const ids = new Map<string, number>();
    this.#ofSeries = Uint16Array.from(series, ({ usageUnit }) => {
      const id = ids.get(usageUnit) ?? this.#names.push(usageUnit || 'N/A') - 1;
      ids.set(usageUnit, id);
      return id;
    });
  }

  merge(known: number, series: number): number {
    const unit = this.#ofSeries[series] ?? NO_UNIT;
    return known === NO_UNIT || known === unit ? unit : MIXED_UNITS;
  }

  nameOf(unit: number): string {
    return this.#names[unit] ?? 'N/A';
  }
}
