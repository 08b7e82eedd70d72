import { addDays } from '../../kernel/calendar.ts';
import { COST_SLICES, RESOURCE_SLICES, type Slice } from '../../ledger/slice.ts';
import type { ConnectionLook } from './check.ts';

/** The newest day that has surely arrived, and not so old that resource-level data has gone. */
const PROBE_DAYS_AGO = 4;

/** How many lines the bill has of one day: a page or two. */
export async function readOneDay({ context, connection, asOf, options }: ConnectionLook, sliceId: string): Promise<number> {
  const start = addDays(asOf, -PROBE_DAYS_AGO);
  const window = { start, end: addDays(start, 1) };
  const pull = context.ports.costSource.pullSlice(connection, sliceNamed(sliceId), window, options);
  let lines = 0;
  for await (const batch of pull.charges) lines += batch.length;
  return lines;
}

function sliceNamed(id: string): Slice {
  const slice = [...COST_SLICES, ...RESOURCE_SLICES].find((item) => item.id === id);
  if (!slice) throw new Error(`there is no slice ${id}`);
  return slice;
}
