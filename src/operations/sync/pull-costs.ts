import type { Day } from '../../kernel/calendar.ts';
import { COST_SLICES, RESOURCE_SLICES, type Slice } from '../../ledger/slice.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { PullOptions } from '../ports/cost-source.ts';
import type { ObservedResource } from '../ports/ledger.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import { type InUse, InUseWatch } from './in-use.ts';
import type { SourcePlan } from './source.ts';
import { windowOf } from './windows.ts';

/** Resource-level days come last: whoever has not switched them on gets everything else first. */
export const SLICES: readonly Slice[] = [...COST_SLICES, ...RESOURCE_SLICES];

export function sourceOf(slice: Slice): string {
  return `costExplorer:${slice.id}`;
}

/** What the cost pull of one connection leaves for the sources after it. */
export interface CostPull {
  readonly entries: readonly SyncEntry[];
  readonly inUse: InUse;
  /** Platforms of instances, told by the bill by operation. */
  readonly resources: readonly ObservedResource[];
}

type CostPullPlan = Pick<SourcePlan, 'connection' | 'asOf' | 'budget' | 'lastGood' | 'onFailure' | 'step'>;

/** Every slice of one connection, one after the other: each is a window of its own in the ledger. */
export async function pullCosts(context: Context, plan: CostPullPlan): Promise<CostPull> {
  const { connection, asOf, budget, lastGood, onFailure } = plan;
  const watch = new InUseWatch(asOf);
  const entries: SyncEntry[] = [];
  const resources: ObservedResource[] = [];
  for (const slice of SLICES) {
    plan.step(sourceOf(slice));
    const known = lastGood(connection.id, sourceOf(slice));
    const window = windowOf(slice, asOf, known);
    const job = { connection, source: sourceOf(slice), window, budget: known ? budget : null, onFailure };
    entries.push(
      await attempt(context, job, (options, runId) =>
        writeSlice(context, { connection, slice, window, runId, watch, resources }, options),
      ),
    );
  }
  return { entries, inUse: watch.inUse, resources };
}

interface SliceWork {
  readonly connection: Connection;
  readonly slice: Slice;
  readonly window: { readonly start: Day; readonly end: Day };
  readonly runId: string;
  readonly watch: InUseWatch;
  readonly resources: ObservedResource[];
}

async function writeSlice(context: Context, work: SliceWork, options: PullOptions): Promise<Outcome> {
  const { scope, ports } = context;
  const { connection, slice, window, runId } = work;
  const pull = ports.costSource.pullSlice(connection, slice, window, options);
  const written = await ports.ledgerWriter.replaceWindow(scope, {
    connectionId: connection.id,
    runId,
    sliceId: slice.id,
    window,
    priceView: connection.priceView,
    charges: work.watch.watch(pull.charges),
    controls: pull.controls,
    quarantined: pull.quarantined,
  });
  const { accounts, resources } = pull.observed();
  work.resources.push(...resources);
  if (accounts.length > 0) await ports.observations.nameAccounts(scope, accounts);
  const only = written.totals.length === 1 ? written.totals[0] : undefined;
  return {
    rows: written.rows,
    quarantined: written.quarantined,
    total: only?.billedCost ?? null,
    residual: only?.residual ?? null,
    currency: only?.currency ?? null,
  };
}
