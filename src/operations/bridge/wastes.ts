import type { Recommendation } from '../../advice/recommendation.ts';
import { exact } from '../../kernel/money.ts';
import { isMatch } from '../../ledger/hearing.ts';
import type { ResourceFacts } from '../../ledger/resource.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';
import type { Waste } from '../../plan/bridge.ts';
import type { Ports } from '../ports/index.ts';
import type { TenantScope } from '../scope.ts';

/** Which step of the bridge a recommendation explains; null: none, since it changes a price and not what is used. */
export function wasteKindOf({ category, actionType, effect }: Recommendation): Waste['kind'] | null {
  if (category === 'migration') return 'parallelRun';
  if (category === 'licences') return 'licences';
  if (category === 'commitments') return null;
  if (effect.component === 'hours') return 'alwaysOn';
  if (actionType === 'Delete' || actionType === 'Stop' || actionType === 'ScaleIn') return 'idle';
  return actionType === 'Rightsize' ? 'oversized' : null;
}

export type WhereCost = (recommendation: Recommendation) => Pick<Waste, 'workload' | 'serviceName'> | null;

/** Of which workload and service the cost of a recommendation's resource is; null where the bill does not name the resource. */
export async function whereCostLies(
  scope: TenantScope,
  ports: Pick<Ports, 'snapshots' | 'recommendations'>,
  { currency, recommendations }: { readonly currency: string; readonly recommendations: readonly Recommendation[] },
): Promise<WhereCost> {
  const asOf =
    recommendations
      .map((item) => item.lastSeen)
      .toSorted()
      .at(-1) ?? '';
  const snapshot = await ports.snapshots.snapshot(scope, { asOf, currency });
  const wanted = new Set(recommendations.map(keyOf));
  const places = new Map(
    snapshot.resources
      .filter((resource) => wanted.has(keyOf(resource)))
      .map((resource) => [keyOf(resource), placeOf(resource, snapshot)]),
  );
  return (recommendation) => places.get(keyOf(recommendation)) ?? null;
}

function keyOf({ accountId, resourceId }: { readonly accountId: string; readonly resourceId: string | null }): string {
  return JSON.stringify([accountId, resourceId]);
}

function placeOf(resource: ResourceFacts, { workloads }: Snapshot): Pick<Waste, 'workload' | 'serviceName'> {
  const workload = workloads.find(({ matches }) => isMatch(matches, resource))?.workload ?? null;
  const costs = new Map<string, number>();
  for (const { serviceName, effectiveCost } of resource.lines) {
    costs.set(serviceName, (costs.get(serviceName) ?? 0) + exact(effectiveCost).toNumber());
  }
  const [largest] = [...costs].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return { workload, serviceName: largest?.[0] ?? '' };
}
