import { setImmediate } from 'node:timers/promises';
import { addDays, dayNumber, eachDay } from '../../../kernel/calendar.ts';
import type { Estate, EstateCharge } from '../../estate/types.ts';
import { append, type ChargeTable, type Chunk, COLUMNS, type ColumnName, emptyChunk, SeriesIndex } from './charge-table.ts';

/** Cost Explorer keeps hours for this long (guide, read 2026-11). */
export const HOURS_KEPT_DAYS = 14;

/**
 * The bill of the last two weeks by the hour. Lines are added up over resources first, which keeps the table small: by the hour nothing can
 * be asked by resource, and so by tag neither.
 */
export async function buildHourTable(estate: Estate): Promise<ChargeTable> {
  const start = addDays(estate.asOf, -HOURS_KEPT_DAYS);
  const series = new SeriesIndex();
  const chunks: Chunk[] = [];
  let slot = 0;
  for (const day of eachDay({ start, end: estate.asOf })) {
    for (const lines of estate.hours(day)) chunks.push(chunkOf(lines, slot++, series));
    await setImmediate();
  }
  return { firstDayNumber: dayNumber(start), slotsPerDay: 24, series: series.all, chunks };
}

function chunkOf(lines: readonly EstateCharge[], slot: number, series: SeriesIndex): Chunk {
  const sums = new Map<number, Record<ColumnName, bigint>>();
  for (const line of lines) {
    const id = series.idOf({ ...line, resourceId: null });
    const sum = sums.get(id);
    if (sum) for (const name of COLUMNS) sum[name] += line[name];
    else sums.set(id, amountsOf(line));
  }
  const chunk = emptyChunk(sums.size);
  for (const [id, sum] of sums) append(chunk, slot, id, sum);
  return chunk;
}

function amountsOf({ usageQuantity, unblendedCost, amortizedCost, netUnblendedCost, netAmortizedCost }: EstateCharge) {
  return { usageQuantity, unblendedCost, amortizedCost, netUnblendedCost, netAmortizedCost };
}
