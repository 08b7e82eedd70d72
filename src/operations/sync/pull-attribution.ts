import { addMonths, type Day, firstDay, monthOf, type Period } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { plain, sumExact } from '../../kernel/money.ts';
import {
  type AttributionKey,
  allocationKey,
  attributableFrom,
  isBackfilledSince,
  tagBackfill,
  withResidual,
} from '../../ledger/attribution.ts';
import { COST_SLICES, DAILY_SLICE_ID } from '../../ledger/slice.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { AllocationKeys, PullOptions } from '../ports/cost-source.ts';
import type { ControlTotal } from '../ports/ledger.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';
import { windowSince } from './windows.ts';

export const ATTRIBUTION = 'attribution';

/** The bridge reads whole months: once the last one has closed, and in the middle of the open one. */
const DAYS_OF_MONTH = ['08', '22'] as const;
/** Each key costs pages of its own. Tags that the plan names come first, then cost categories by name. */
const MOST_KEYS = 8;

type AttributionPlan = Pick<SourcePlan, 'connection' | 'asOf' | 'budget' | 'lastGood' | 'history' | 'onFailure'>;

interface Work {
  readonly connection: Connection;
  readonly runId: string;
  readonly window: Period;
}

/**
 * What the payer can tell cost apart by, then the cost by each key that somebody asked for, all as one window. When AWS has written tags into
 * the past since the last good run, all of history is read again.
 */
export async function pullAttribution(context: Context, plan: AttributionPlan): Promise<readonly SyncEntry[]> {
  const { connection, asOf, lastGood } = plan;
  const known = lastGood(connection.id, ATTRIBUTION);
  const window = windowSince(known, asOf);
  const entry = await attempt(context, paidJob(plan, ATTRIBUTION, window), async (options, runId): Promise<Outcome> => {
    const keys = await context.ports.costSource.listAllocationKeys(connection, options);
    const chosen = chooseKeys(keys, await namedTags(context));
    const isStale = known !== null && isBackfilledSince(keys.backfills, known.end);
    const work = { connection, runId, window: isStale ? windowSince(null, asOf) : window };
    const pulled = await pullKeys(context, work, chosen, options);
    await keepKeys(context, work, keys, chosen);
    return pulled;
  });
  return [entry];
}

/** The first such day after that on which a window was asked for. */
export function nextAttribution({ end }: Period): Day {
  const [month, next] = [monthOf(end), addMonths(monthOf(end), 1)];
  const days = [month, next].flatMap((one) => DAYS_OF_MONTH.map((day): Day => `${one}-${day}`));
  return days.find((day) => day > end) ?? firstDay(next);
}

/** The tag keys by which the plan's workloads know their cost. */
async function namedTags({ scope, ports }: Context): Promise<ReadonlySet<string>> {
  const latest = await ports.plans.latest(scope);
  const workloads = latest?.plan.waves.flatMap((wave) => wave.workloads) ?? [];
  return new Set(workloads.flatMap(({ matches }) => matches.tags.map(({ key }) => key)));
}

function chooseKeys({ tags, backfills, costCategories }: AllocationKeys, named: ReadonlySet<string>): AttributionKey[] {
  const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);
  const wanted = tags.filter(({ key, isActive }) => isActive && named.has(key)).sort(byKey);
  return [
    ...wanted.map((tag) => ({ kind: 'tag' as const, key: tag.key, attributableFrom: attributableFrom(tag, backfills) })),
    ...[...costCategories]
      .sort(byKey)
      .map(({ key, effectiveFrom }) => ({ kind: 'costCategory' as const, key, attributableFrom: effectiveFrom })),
  ].slice(0, MOST_KEYS);
}

async function pullKeys(
  context: Context,
  { connection, runId, window }: Work,
  keys: readonly AttributionKey[],
  options: PullOptions,
): Promise<Outcome> {
  const { scope, ports } = context;
  if (keys.length === 0) return { rows: 0 };
  const controls = await runningTotals(context, connection, window, options);
  const counts = { rows: 0, quarantined: 0 };
  const residuals: string[] = [];
  for (const key of keys) {
    const pull = await ports.costSource.pullAttribution(connection, { key, window }, options);
    const { lines, residual, broken } = withResidual(pull.lines, controls);
    if (broken !== null) throw notReconciled(key, broken);
    await ports.attribution.replace(scope, { connectionId: connection.id, runId, kind: key.kind, key: key.key, window, lines });
    counts.rows += lines.length;
    counts.quarantined += pull.quarantined.length;
    residuals.push(residual);
  }
  const currencies = [...new Set(controls.map(({ currency }) => currency))];
  const [currency = null] = currencies.length === 1 ? currencies : [];
  const total = currency && plain(sumExact(controls.map((control) => control.billedCost)));
  return { ...counts, total, residual: currency && plain(sumExact(residuals)), currency };
}

/** The ungrouped totals of the same cost, asked once for all keys. */
function runningTotals(
  { ports }: Context,
  connection: Connection,
  window: Period,
  options: PullOptions,
): Promise<readonly ControlTotal[]> {
  const slice = COST_SLICES.find(({ id }) => id === DAILY_SLICE_ID);
  if (!slice) throw new Error('there is no slice of the running cost');
  return ports.costSource.pullSlice(connection, slice, window, options).controls();
}

function notReconciled({ key }: AttributionKey, day: string): AdvisorError {
  return new AdvisorError(
    'NOT_RECONCILED',
    `The cost of ${day} by "${key}" is more than Cost Explorer's own total of that day`,
    'Run the sync again; the figures of the last good run are unchanged.',
  );
}

/** Which keys there are and since when, and which histories were written anew: what reviews of closed months look at. */
async function keepKeys(
  { scope, ports }: Context,
  { connection, runId }: Work,
  keys: AllocationKeys,
  chosen: readonly AttributionKey[],
): Promise<void> {
  const isPulled = (kind: AttributionKey['kind'], key: string) => chosen.some((item) => item.kind === kind && item.key === key);
  const write = { connectionId: connection.id, runId, window: null };
  const tags = keys.tags.map((tag) => ({
    accountId: null,
    day: null,
    key: `tag ${tag.key}`,
    body: {
      kind: 'tag' as const,
      isActive: tag.isActive,
      changedOn: tag.changedOn,
      attributableFrom: attributableFrom(tag, keys.backfills),
      isPulled: isPulled('tag', tag.key),
    },
  }));
  const categories = keys.costCategories.map(({ key, effectiveFrom }) => ({
    accountId: null,
    day: null,
    key: `costCategory ${key}`,
    body: {
      kind: 'costCategory' as const,
      isActive: true,
      changedOn: effectiveFrom,
      attributableFrom: effectiveFrom,
      isPulled: isPulled('costCategory', key),
    },
  }));
  await ports.facts.replace(scope, { ...write, type: allocationKey, facts: [...tags, ...categories] });
  const backfills = keys.backfills.map((body) => ({ accountId: null, day: null, key: `${body.requestedOn} ${body.from}`, body }));
  await ports.facts.replace(scope, { ...write, type: tagBackfill, facts: backfills });
}
