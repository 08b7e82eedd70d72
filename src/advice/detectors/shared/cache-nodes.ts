import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { judgedPeriod } from './lookback.ts';

export type CacheEngine = 'Redis' | 'Memcached' | 'Valkey';

/** The billing operation tells the engine, as the price list of AmazonElastiCache pairs them (`operation`, `cacheEngine`), read 2026-11. */
const ENGINE_OF_OPERATION: ReadonlyMap<string, CacheEngine> = new Map([
  ['CreateCacheCluster:0001', 'Memcached'],
  ['CreateCacheCluster:0002', 'Redis'],
  ['CreateCacheCluster:Valkey', 'Valkey'],
]);

export function cacheEngineOf({ operation }: Pick<ResourceFacts, 'operation'>): CacheEngine | undefined {
  return operation === null ? undefined : ENGINE_OF_OPERATION.get(operation);
}

/** "NodeUsage:cache.m5.large" is cache.m5.large; surcharges on the same node ("ExtendedSupportYr3-NodeUsage:", "SyncDurability-NodeUsage:") are none. */
export function cacheNodeTypeOf(meterKind: string): string | undefined {
  return /^NodeUsage:(cache\..+)$/.exec(meterKind)?.[1];
}

/** What it ran as over the look-back, oldest first. */
export function cacheNodeTypesOf({ lines }: Pick<ResourceFacts, 'lines'>, view: SnapshotView, lookbackDays: number): string[] {
  const { start } = judgedPeriod(view, lookbackDays);
  return [...new Set(lines.flatMap(({ day, meterKind }) => (day >= start ? (cacheNodeTypeOf(meterKind) ?? []) : [])))];
}

/** Engines share the usage type, and surcharges the node type: both are needed to name one product. */
export function cachePrice(regionId: string, nodeType: string, cacheEngine: CacheEngine): PriceQuestion | undefined {
  const usagetype = usageTypeOf({ kind: `NodeUsage:${nodeType}`, regionId });
  if (usagetype === undefined) return undefined;
  return { serviceCode: 'AmazonElastiCache', regionId, attributes: { usagetype, cacheEngine }, term: 'onDemand' };
}
