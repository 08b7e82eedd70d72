import { ONE, units } from '../../amounts.ts';
import { NOTHING, type PlainMeter, type Usage } from '../../asset.ts';
import { type System, TOKYO } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import type { TariffKey } from '../../prices/tariff.ts';
import { countOf, type Drafts, diceFor } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';
import { measured } from '../utilization.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const databaseCacheWastes = {
  elasticacheRedisToValkey: 'elasticache-redis-to-valkey',
  elasticacheServerlessToValkey: 'elasticache-serverless-to-valkey',
  elasticacheNodeGraviton: 'elasticache-node-graviton',
  elasticacheNodePreviousGeneration: 'elasticache-node-previous-generation',
  elasticacheExtendedSupport: 'elasticache-extended-support',
  elasticacheClusterIdle: 'elasticache-cluster-idle',
  memorydbClusterIdle: 'memorydb-cluster-idle',
} as const;

const STANDBY = { 'dr-role': 'standby' };
const isMigrated = ({ wave }: System): boolean => wave > 0;

export function databaseCacheArea(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'cache', countOf(drafts, 0.004, 3), isMigrated))
    cache(drafts, system, 'cacheValkeyR6g');
  cache(drafts, systemNamed('online-web'), 'cacheMemcachedR6g', { decoy: 'Memcached: no cheaper engine speaks its protocol' });
  for (const system of systemsFor(drafts, 'redis', countOf(drafts, 0.002, 3), isMigrated)) {
    const waste = { kind: 'elasticacheRedisToValkey', after: hours(system, 'cacheValkeyR6g') } as const;
    cache(drafts, system, 'cacheRedisR6g', { waste });
  }
  for (const system of systemsFor(drafts, 'x86 cache', countOf(drafts, 0.0015, 2), isMigrated)) {
    const waste = { kind: 'elasticacheNodeGraviton', after: hours(system, 'cacheValkeyM6g') } as const;
    cache(drafts, system, 'cacheValkeyM5', { waste });
  }
  serverlessCaches(drafts);
  for (const [index, system] of systemsFor(drafts, 'old cache', countOf(drafts, 0.0015, 2), isMigrated).entries()) {
    const [now, then] =
      index % 2 ? (['cacheMemcachedR4', 'cacheMemcachedR6g'] as const) : (['cacheMemcachedM4', 'cacheMemcachedM6g'] as const);
    const waste = { kind: 'elasticacheNodePreviousGeneration', after: hours(system, then) } as const;
    cache(drafts, system, now, { waste });
  }
  for (const system of systemsFor(drafts, 'unsupported cache', countOf(drafts, 0.0015, 2), isMigrated)) {
    const waste = { kind: 'elasticacheExtendedSupport', after: hours(system, 'cacheRedisM5') } as const;
    cache(drafts, system, 'cacheRedisM5', { waste, surcharge: 'cacheExtendedM5' });
  }
  idleStores(drafts);
}

/** In Virginia their usage types have a prefix that the rest there has not: left out of the company. */
function serverlessCaches(drafts: Drafts): void {
  const isHere = ({ regionId, wave }: System): boolean => regionId === TOKYO && wave > 0;
  for (const system of systemsFor(drafts, 'serverless redis', countOf(drafts, 0.001, 2), isHere)) {
    const waste = { kind: 'elasticacheServerlessToValkey', after: serverless(system, 'Valkey') } as const;
    serverlessCache(drafts, system, 'Redis', { waste });
  }
  for (const system of systemsFor(drafts, 'serverless valkey', 2, isHere)) serverlessCache(drafts, system, 'Valkey');
}

function serverlessCache(drafts: Drafts, system: System, engine: 'Redis' | 'Valkey', mark: Mark = {}): void {
  const name = drafts.name(system, 'serverless');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'elasticache', `serverlesscache:${name}`),
    kind: 'other',
    description: `serverless cache with ${engine}`,
    ...serverless(system, engine),
    ...mark,
  });
}

function serverless({ regionId }: System, engine: 'Redis' | 'Valkey'): Usage {
  const plain = [
    plainMeter(`serverlessData${engine}`, regionId, 'hour', 5n * ONE),
    plainMeter(`serverlessAsked${engine}`, regionId, 'day', units('400000000')),
  ];
  return { hourly: [], plain };
}

function idleStores(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'idle cache', countOf(drafts, 0.0015, 2), isMigrated)) {
    cache(drafts, system, 'cacheValkeyR6g', { waste: { kind: 'elasticacheClusterIdle', after: NOTHING }, connections: [0, 0] });
  }
  cache(drafts, systemNamed('kyotsu-kanshi'), 'cacheValkeyR6g', {
    connections: [1, 2],
    decoy: 'few connections, but steady ones',
  });
  const standby = 'cache of the second site, tagged dr-role=standby';
  cache(drafts, systemNamed('online-kaigai'), 'cacheValkeyR6g', { connections: [0, 0], tags: STANDBY, decoy: standby });
  for (const system of systemsFor(drafts, 'memory', countOf(drafts, 0.001, 2), isMigrated)) memory(drafts, system, [5, 90]);
  for (const system of systemsFor(drafts, 'idle memory', countOf(drafts, 0.001, 2), isMigrated)) {
    memory(drafts, system, [0, 0], { waste: { kind: 'memorydbClusterIdle', after: NOTHING } });
  }
}

type Mark = Pick<Thing, 'waste' | 'decoy' | 'tags'>;

function hours(system: System, key: TariffKey, count = ONE): { hourly: []; plain: PlainMeter[] } {
  return { hourly: [], plain: [plainMeter(key, system.regionId, 'hour', count)] };
}

function cache(
  drafts: Drafts,
  system: System,
  key: TariffKey,
  { surcharge, connections = [8, 300], ...mark }: Mark & { surcharge?: TariffKey; connections?: readonly [number, number] } = {},
): void {
  const name = drafts.name(system, 'cache');
  const keys: TariffKey[] = surcharge ? [key, surcharge] : [key];
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'elasticache', `cluster:${name}-001`),
    kind: 'elastiCache',
    description: `cache node ${key}`,
    plain: keys.map((one) => plainMeter(one, system.regionId, 'hour', ONE)),
    utilization: loadOf(drafts, name, connections),
    ...mark,
  });
}

function memory(drafts: Drafts, system: System, connections: readonly [number, number], mark: Mark = {}): void {
  const name = drafts.name(system, 'memorydb');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'memorydb', `cluster/${name}`),
    kind: 'memoryDb',
    description: 'MemoryDB cluster of two nodes',
    ...hours(system, 'memoryR6g', 2n * ONE),
    utilization: loadOf(drafts, name, connections),
    ...mark,
  });
}

function loadOf(drafts: Drafts, name: string, connections: readonly [number, number]) {
  const isIdle = connections[1] === 0;
  return measured(diceFor(drafts, 'store', name), {
    cpu: isIdle ? [0, 0] : [6, 60],
    memory: null,
    network: isIdle ? [0, 400] : [20_000, 900_000],
    operations: [0, 0],
    connections,
  });
}
