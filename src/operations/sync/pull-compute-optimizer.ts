import type { Day } from '../../kernel/calendar.ts';
import { isAdvisorError } from '../../kernel/failure.ts';
import { RESOURCE_SLICES } from '../../ledger/slice.ts';
import type { Coverage, Snapshot } from '../../ledger/snapshot.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { ObservedResource } from '../ports/ledger.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { InUse } from './in-use.ts';
import { sourceOf } from './plan/request.ts';
import type { CostPull } from './pull-costs.ts';
import type { SourcePlan } from './source.ts';

export const COMPUTE_OPTIMIZER = 'computeOptimizer';

type ComputeOptimizerPlan = Pick<SourcePlan, 'connection' | 'asOf' | 'costs' | 'onFailure'>;

/** AWS's own advice and measurements, with what could not be seen. Everything that the connection said before of these is replaced. */
export function pullComputeOptimizer(context: Context, plan: ComputeOptimizerPlan): Promise<SyncEntry> {
  const { connection, asOf, costs, onFailure } = plan;
  const job = { connection, source: COMPUTE_OPTIMIZER, window: null, budget: null, onFailure };
  return attempt(context, job, async (options, runId): Promise<Outcome> => {
    const { scope, ports } = context;
    const known = await lastSnapshot(context, asOf);
    const place = placeToAsk(connection, costs?.inUse ?? null, known);
    const answer = await ports.costSource.pullComputeOptimizer(connection, { ...place, asOf }, options);
    await ports.observations.replaceAwsRecommendations(scope, {
      connectionId: connection.id,
      runId,
      recommendations: answer.recommendations,
      // The bill by resource comes every few days: platforms that were known before must not be forgotten.
      resources: [...answer.resources, ...(costs?.resources ?? []), ...platformsOf(known)],
      coverage: [...answer.coverage, ...(costs ? resourceCoverage(costs, place.accountIds) : [])],
    });
    return { rows: answer.recommendations.length, gap: gapOf(answer.coverage) };
  });
}

/** What the ledger holds; null while it is empty. */
export async function lastSnapshot({ scope, ports }: Context, asOf: Day): Promise<Snapshot | null> {
  try {
    const { currencies } = await ports.ledgerReader.freshness(scope);
    return await ports.snapshots.snapshot(scope, { asOf, currency: currencies[0] ?? null });
  } catch (error) {
    if (isAdvisorError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function platformsOf(snapshot: Snapshot | null): ObservedResource[] {
  return (snapshot?.resources ?? [])
    .filter((resource) => resource.operation !== null)
    .map(({ accountId, regionId, resourceId, operation }) => ({
      accountId,
      regionId,
      resourceId,
      operation,
      tags: [],
      utilization: null,
    }));
}

/** Where the bill of today or the ledger shows use; else the connection's own account and region. */
export function placeToAsk(
  connection: Connection,
  inUse: InUse | null,
  known: Snapshot | null,
): Pick<InUse, 'accountIds' | 'regionIds'> {
  const accounts = new Set(inUse?.accountIds ?? []);
  const regions = new Set(inUse?.regionIds ?? []);
  for (const { accountId } of known?.accounts ?? []) accounts.add(accountId);
  for (const resource of known?.resources ?? []) {
    if (resource.accountId) accounts.add(resource.accountId);
    if (resource.regionId) regions.add(resource.regionId);
  }
  return {
    accountIds: accounts.size > 0 ? [...accounts].sort() : [connection.payerAccountId],
    regionIds: regions.size > 0 ? [...regions].sort() : [connection.regionId],
  };
}

/**
 * Whether the bill by resource could be read, as a fact about every account that is asked for advice. Not asked today is no gap, nor is an
 * empty budget: what was read in the last days still stands.
 */
function resourceCoverage(costs: CostPull, accountIds: readonly string[]): Coverage[] {
  const sources = new Set(RESOURCE_SLICES.map(sourceOf));
  const failed = costs.entries.find((entry) => sources.has(entry.source) && entry.error && entry.error.code !== 'BUDGET_REACHED');
  const denied = failed?.error?.code === 'ACCESS_DENIED_BY_AWS' || failed?.error?.code === 'DATA_UNAVAILABLE';
  const state = failed ? (denied ? 'accessDenied' : 'failed') : 'covered';
  const detail = failed?.error ? `${failed.source}: ${failed.error.message}. ${failed.error.nextStep}` : null;
  const leftOut = new Set(costs.accountsLeftOut);
  return accountIds.map((accountId) => {
    const about = { fact: 'usageByResource', accountId, regionId: null } as const;
    return leftOut.has(accountId) ? { ...about, state: 'notPulled', detail: LEFT_OUT } : { ...about, state, detail };
  });
}

const LEFT_OUT =
  'The daily budget sufficed for the accounts that make 95 % of the cost; this one is known by service alone. Give the sync a larger budget.';

/** Gaps are facts, not failures: the run is partial and says where to look. */
function gapOf(coverage: readonly Coverage[]): Outcome['gap'] {
  const gaps = coverage.filter((item) => item.state !== 'covered');
  if (gaps.length === 0) return null;
  const allOff = gaps.every((item) => item.state === 'notEnrolled');
  return {
    code: allOff ? 'NOT_ENROLLED' : 'DATA_UNAVAILABLE',
    message: `Compute Optimizer could not be read for ${gaps.length} of ${coverage.length} pairs of account and region`,
    nextStep: gaps[0]?.detail ?? 'Run "doctor" to see which, why, and what advice it costs.',
  };
}
