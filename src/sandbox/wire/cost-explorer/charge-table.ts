import { setImmediate } from 'node:timers/promises';
import { addMonths, type Day, dayNumber, firstDay, monthOf, type Period } from '../../../kernel/calendar.ts';
import type { Estate, EstateCharge } from '../../estate/types.ts';
import { WideColumn } from './exact-sums.ts';

/** What stays the same from day to day on one line of the bill. */
export type Series = Pick<
  EstateCharge,
  'accountId' | 'serviceName' | 'usageType' | 'operation' | 'regionId' | 'recordType' | 'resourceId' | 'usageUnit'
>;

export const COLUMNS = ['usageQuantity', 'unblendedCost', 'amortizedCost', 'netUnblendedCost', 'netAmortizedCost'] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** Up to CHUNK_ROWS lines in order of time; `slots` count days or hours from `ChargeTable.firstDayNumber`. */
export interface Chunk {
  length: number;
  readonly slots: Uint16Array;
  readonly series: Int32Array;
  readonly columns: Readonly<Record<ColumnName, WideColumn>>;
}

/** The whole bill in columns: about 46 bytes a line. */
export interface ChargeTable {
  readonly firstDayNumber: number;
  /** 24 where the table holds hours. */
  readonly slotsPerDay: 1 | 24;
  readonly series: readonly Series[];
  readonly chunks: readonly Chunk[];
}

const CHUNK_ROWS = 65_536;

/** Cost Explorer keeps 13 months and the current one. */
export function historyOf(asOf: Day): Period {
  return { start: firstDay(addMonths(monthOf(asOf), -13)), end: asOf };
}

/** The slot in which a day ("2026-11-01") or an hour ("2026-11-01T05:00:00Z") begins. */
export function slotOf(table: Pick<ChargeTable, 'firstDayNumber' | 'slotsPerDay'>, start: string): number {
  return Math.round((Date.parse(start) / MS_PER_DAY - table.firstDayNumber) * table.slotsPerDay);
}

export function dayNumberOf(table: ChargeTable, slot: number): number {
  return table.firstDayNumber + Math.floor(slot / table.slotsPerDay);
}

const MS_PER_DAY = 86_400_000;

/** Takes seconds for millions of lines; lets other requests through between chunks. */
export async function buildChargeTable(estate: Estate): Promise<ChargeTable> {
  const period = historyOf(estate.asOf);
  const firstDayNumber = dayNumber(period.start);
  const series = new SeriesIndex();
  const chunks: Chunk[] = [];
  let chunk: Chunk | undefined;
  let day = '';
  let offset = 0;
  for (const charge of estate.charges(period)) {
    if (!chunk || chunk.length === CHUNK_ROWS) {
      chunk = emptyChunk(CHUNK_ROWS);
      chunks.push(chunk);
      await setImmediate();
    }
    if (charge.day !== day) {
      day = charge.day;
      offset = dayNumber(day) - firstDayNumber;
    }
    append(chunk, offset, series.idOf(charge), charge);
  }
  return { firstDayNumber, slotsPerDay: 1, series: series.all, chunks };
}

export function emptyChunk(rows: number): Chunk {
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new WideColumn(rows)])) as Record<ColumnName, WideColumn>;
  return { length: 0, slots: new Uint16Array(rows), series: new Int32Array(rows), columns };
}

export function append(chunk: Chunk, slot: number, series: number, amounts: Readonly<Record<ColumnName, bigint>>): void {
  const row = chunk.length++;
  chunk.slots[row] = slot;
  chunk.series[row] = series;
  for (const name of COLUMNS) chunk.columns[name].set(row, amounts[name]);
}

export class SeriesIndex {
  readonly all: Series[] = [];
  readonly #ids = new Map<string, number>();

  idOf(charge: Series): number {
    const { accountId, serviceName, usageType, operation, regionId, recordType, resourceId, usageUnit } = charge;
    const key = `${accountId}\n${resourceId ?? '\t'}\n${usageType}\n${operation}\n${recordType}\n${serviceName}\n${regionId}\n${usageUnit}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.all.length;
    this.all.push({ accountId, serviceName, usageType, operation, regionId, recordType, resourceId, usageUnit });
    this.#ids.set(key, id);
    return id;
  }
}
