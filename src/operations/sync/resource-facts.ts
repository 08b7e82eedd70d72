import { addDays, type Day, firstDay, monthOf } from '../../kernel/calendar.ts';
import { resourceLevelWindow } from '../../ledger/billing-horizon.ts';
import { RESOURCE_SLICES } from '../../ledger/slice.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { ResourceBook } from '../ports/cost-source.ts';
import type { KnownBySlice } from './plan/stale-days.ts';

/** Longer than two pulls by resource lie apart. */
const KNOWN_DAYS = 45;

/** Starts from what the ledger knows of resources; the first pull of a month asks all of them anew. */
export async function openResourceBook(
  { scope, ports }: Context,
  { connection, asOf, known }: { readonly connection: Connection; readonly asOf: Day; readonly known: KnownBySlice },
): Promise<ResourceBook> {
  const since = firstDay(monthOf(asOf));
  const isReadThisMonth = RESOURCE_SLICES.some((slice) => [...(known.get(slice.id)?.keys() ?? [])].some((day) => day >= since));
  const window = resourceLevelWindow(asOf);
  const resources = isReadThisMonth ? await ports.pullState.knownResources(scope, connection.id, addDays(asOf, -KNOWN_DAYS)) : [];
  return ports.costSource.resourceBook(connection, { slices: RESOURCE_SLICES, window, known: resources });
}
