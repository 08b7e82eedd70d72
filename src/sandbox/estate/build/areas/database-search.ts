import { ONE, units } from '../../amounts.ts';
import { NOTHING, type PlainMeter, type Usage } from '../../asset.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const databaseSearchWastes = {
  opensearchInstancePreviousGeneration: 'opensearch-instance-previous-generation',
  opensearchInstanceGraviton: 'opensearch-instance-graviton',
  opensearchExtendedSupport: 'opensearch-extended-support',
  opensearchStorageGp2: 'opensearch-storage-gp2',
  kinesisStreamIdle: 'kinesis-stream-idle',
} as const;

type Mark = Pick<Thing, 'waste' | 'decoy' | 'tags'>;

/** Search domains and the streams that feed them. */
export function databaseSearchArea(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'search', countOf(drafts, 0.002, 2))) domain(drafts, system, {});
  for (const system of systemsFor(drafts, 'old search', countOf(drafts, 0.0015, 2))) {
    const waste = { kind: 'opensearchInstancePreviousGeneration', after: usageOf(system, { node: 'searchM5' }) } as const;
    domain(drafts, system, { node: 'searchM4' }, { waste });
  }
  for (const system of systemsFor(drafts, 'x86 search', countOf(drafts, 0.0015, 2))) {
    const waste = { kind: 'opensearchInstanceGraviton', after: usageOf(system, {}) } as const;
    domain(drafts, system, { node: 'searchM5' }, { waste });
  }
  for (const system of systemsFor(drafts, 'unsupported search', countOf(drafts, 0.0015, 2))) {
    const waste = { kind: 'opensearchExtendedSupport', after: usageOf(system, {}) } as const;
    domain(drafts, system, { isUnsupported: true }, { waste });
  }
  for (const system of systemsFor(drafts, 'search on gp2', countOf(drafts, 0.0015, 2))) {
    domain(drafts, system, { isGp2: true }, { waste: { kind: 'opensearchStorageGp2', after: usageOf(system, {}) } });
  }
  streams(drafts);
}

function streams(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'stream', countOf(drafts, 0.003, 3))) stream(drafts, system, 4n, '900000');
  for (const [index, system] of systemsFor(drafts, 'idle stream', countOf(drafts, 0.0015, 2)).entries()) {
    stream(drafts, system, BigInt(1 + (index % 4)), null, { waste: { kind: 'kinesisStreamIdle', after: NOTHING } });
  }
  stream(drafts, systemNamed('pos-gateway'), 1n, '40', {
    decoy: 'few records a day, but steady ones: closing reports of the tills',
  });
  const standby = 'stream of the second site, tagged dr-role=standby';
  stream(drafts, systemNamed('online-kaigai'), 1n, '3', { tags: { 'dr-role': 'standby' }, decoy: standby });
}

interface Shape {
  /** Left out: a current one on Graviton. */
  readonly node?: 'searchM4' | 'searchM5';
  readonly isUnsupported?: boolean;
  readonly isGp2?: boolean;
}

const NODES = 3n * ONE;
const GIGABYTES = 300n * ONE;
/** A large node counts four normalized hours an hour. */
const NORMALIZED = 4n * NODES;

function usageOf({ regionId }: System, { node, isUnsupported, isGp2 }: Shape): Usage {
  const plain: PlainMeter[] = [
    plainMeter(node ?? 'searchM6g', regionId, 'hour', NODES),
    plainMeter(isGp2 ? 'searchGp2' : 'searchGp3', regionId, 'month', GIGABYTES),
  ];
  if (isUnsupported) plain.push(plainMeter('searchExtended', regionId, 'hour', NORMALIZED));
  return { hourly: [], plain };
}

function domain(drafts: Drafts, system: System, shape: Shape, mark: Mark = {}): void {
  const name = drafts.name(system, 'search');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'es', `domain/${name}`),
    kind: 'other',
    description: 'search domain of three nodes',
    ...usageOf(system, shape),
    ...mark,
  });
}

function stream(drafts: Drafts, system: System, shards: bigint, records: string | null, mark: Mark = {}): void {
  const name = drafts.name(system, 'stream');
  const noise = { noisePerMille: 200, salt: salt(drafts, name) };
  const puts = records === null ? [] : [plainMeter('streamPut', system.regionId, 'day', units(records), noise)];
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'kinesis', `stream/${name}`),
    kind: 'other',
    description: `data stream of ${shards} shards`,
    plain: [plainMeter('streamShard', system.regionId, 'hour', shards * ONE), ...puts],
    ...mark,
  });
}
