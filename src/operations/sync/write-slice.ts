import type { Period } from '../../kernel/calendar.ts';
import type { Slice } from '../../ledger/slice.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { PullOptions, ResourceBook } from '../ports/cost-source.ts';
import type { ObservedResource } from '../ports/ledger.ts';
import type { ControlBook } from './control-book.ts';
import { type Outcome, outcomeOf } from './entry.ts';
import type { InUseWatch } from './in-use.ts';

export interface SliceWork {
  readonly connection: Connection;
  readonly slice: Slice;
  readonly window: Period;
  readonly runId: string;
  readonly watch: InUseWatch;
  readonly controls: ControlBook;
  /** Only for slices by resource. */
  readonly resourceBook: ResourceBook | undefined;
  /** Grows by what the slice tells of resources. */
  readonly resources: ObservedResource[];
}

/** One window of one slice into the ledger, held against the source's own totals: the shared ones where there are such. */
export async function writeSlice({ scope, ports }: Context, work: SliceWork, options: PullOptions): Promise<Outcome> {
  const { connection, slice, window, runId, controls } = work;
  const pull = ports.costSource.pullSlice(connection, slice, window, options, work.resourceBook);
  const written = await ports.ledgerWriter.replaceWindow(scope, {
    connectionId: connection.id,
    runId,
    sliceId: slice.id,
    window,
    priceView: connection.priceView,
    isPartial: slice.onlyAccounts !== undefined,
    charges: work.watch.watch(pull.charges),
    controls: async () => controls.controlsOf(slice, window) ?? controls.withQuietDays(await pull.controls(), window),
    quarantined: pull.quarantined,
  });
  const { accounts, resources } = pull.observed();
  work.resources.push(...resources);
  if (accounts.length > 0) await ports.observations.nameAccounts(scope, accounts);
  return outcomeOf(written);
}
