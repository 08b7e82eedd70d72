import { contains, dayFromNumber, daysIn, eachDay } from '../../../kernel/calendar.ts';
import type { BillFault } from '../faults.ts';
import { tenBillionthsOf } from './amount.ts';
import { append, type ChargeTable, type Chunk, emptyChunk, type Series, slotOf } from './charge-table.ts';
import type { Overlay } from './cost-cells.ts';
import type { Reader } from './dimensions.ts';

type Restated = Extract<BillFault, { kind: 'restatedDays' }>;
type Vanished = Extract<BillFault, { kind: 'vanishedGroup' }>;

/** The bill faults as changes on top of the table, so that all groupings still agree with each other. */
export function overlayOf(faults: readonly BillFault[], table: ChargeTable, dimensions: ReadonlyMap<string, Reader>): Overlay {
  const restated = faults.filter((fault) => fault.kind === 'restatedDays');
  const vanished = faults.filter((fault) => fault.kind === 'vanishedGroup').map((fault) => hides(fault, dimensions));
  return {
    added: restated.flatMap((fault) => addedLines(fault, table)),
    hides: vanished.length === 0 ? null : (series, day) => vanished.some((hidden) => hidden(series, day)),
  };
}

function addedLines(fault: Restated, table: ChargeTable): Chunk[] {
  const isMeant = (series: Series): boolean =>
    series.serviceName === fault.serviceName && (fault.accountId === undefined || series.accountId === fault.accountId);
  const series = table.series.findIndex(isMeant);
  if (series < 0) return [];
  const cost = tenBillionthsOf(fault.addedCost);
  const chunk = emptyChunk(daysIn(fault));
  for (const day of eachDay(fault)) {
    // Of a day that is kept by the hour, in its first one.
    const slot = slotOf(table, day);
    if (slot < 0) continue;
    append(chunk, slot, series, {
      usageQuantity: 0n,
      unblendedCost: cost,
      amortizedCost: cost,
      netUnblendedCost: cost,
      netAmortizedCost: cost,
    });
  }
  return [chunk];
}

function hides(fault: Vanished, dimensions: ReadonlyMap<string, Reader>): (series: Series, day: number) => boolean {
  const read = dimensions.get(fault.dimension) ?? (() => '');
  const period = { start: fault.start ?? '0000-01-01', end: fault.end ?? '9999-12-31' };
  return (series, day) => read(series) === fault.value && contains(period, dayFromNumber(day));
}
