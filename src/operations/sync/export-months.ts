import { addDays, contains, type Day, type Period } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { exact, plain } from '../../kernel/money.ts';
import type { Charge } from '../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../ledger/slice.ts';
import type { Bill } from '../ports/bill-file.ts';
import type { Connection } from '../ports/connections.ts';
import type { ControlTotal, WindowInput } from '../ports/ledger.ts';

/** AWS refreshes an export for up to two weeks after its month ("Understanding export delivery", read 2026-11). */
const REFRESHED_DAYS = 14;

/**
 * The bills of one delivery as one whole month. A line that names a day of another month (a late credit, a fee for a coming term) is booked on
 * the first or last day of its own bill's month: the bill keeps its total, and the other month is not touched.
 */
export function monthWindow(
  connection: Connection,
  runId: string,
  bills: readonly Bill[],
  { month, asOf }: { readonly month: Period; readonly asOf: Day },
): WindowInput {
  const [first, other] = [...new Set(bills.map((bill) => bill.format))];
  if (first === undefined || other !== undefined) {
    throw new AdvisorError(
      'FILE_UNREADABLE',
      `The files of the export are ${first === undefined ? 'empty' : `of two kinds, ${first} and ${other}`}`,
      'The figures of that month stay as they were. Look at the files that the manifest names.',
    );
  }
  const estimated = asOf < addDays(month.end, REFRESHED_DAYS);
  return {
    connectionId: connection.id,
    runId,
    sliceId: FILE_SLICE_ID,
    window: month,
    priceView: connection.priceView,
    charges: chargesOf(bills, month),
    controls: async () => merged((await Promise.all(bills.map((bill) => bill.controls()))).flat(), month, estimated),
    quarantined: () => bills.flatMap((bill) => bill.quarantined()),
  };
}

async function* chargesOf(bills: readonly Bill[], month: Period): AsyncGenerator<readonly Charge[]> {
  for (const bill of bills)
    for await (const batch of bill.charges) {
      yield batch.map((charge) => (contains(month, charge.day) ? charge : { ...charge, day: bookedDay(charge.day, month) }));
    }
}

function merged(controls: readonly ControlTotal[], month: Period, estimated: boolean): ControlTotal[] {
  const days = new Map<string, ControlTotal>();
  for (const control of controls) {
    const day = bookedDay(control.day, month);
    const key = `${day} ${control.currency}`;
    const known = days.get(key);
    days.set(key, {
      day,
      currency: control.currency,
      billedCost: sum(known?.billedCost, control.billedCost),
      effectiveCost: sum(known?.effectiveCost, control.effectiveCost),
      estimated,
    });
  }
  return [...days.values()];
}

function sum(a: string | undefined, b: string): string {
  return a === undefined ? b : plain(exact(a).plus(b));
}

function bookedDay(day: Day, month: Period): Day {
  if (day < month.start) return month.start;
  return day < month.end ? day : addDays(month.end, -1);
}
