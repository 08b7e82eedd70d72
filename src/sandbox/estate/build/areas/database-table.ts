import { ONE, units } from '../../amounts.ts';
import { NOTHING, type PlainMeter, type Usage } from '../../asset.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, diceFor, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';
import { measured } from '../utilization.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const databaseTableWastes = {
  dynamodbTableIdle: 'dynamodb-table-idle',
  dynamodbTableUnread: 'dynamodb-table-unread',
  dynamodbStandardInfrequentAccess: 'dynamodb-standard-infrequent-access',
} as const;

export function databaseTableArea(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'table', countOf(drafts, 0.006, 3))) {
    table(drafts, system, { gigabytes: 20n, requests: '9000000' });
  }
  table(drafts, systemNamed('zaiko-kanri'), { gigabytes: 10n, capacity: 400n, requestsADay: [200, 4000] });
  for (const system of systemsFor(drafts, 'idle table', countOf(drafts, 0.0015, 2))) {
    const storage = usageOf(drafts, system, 'idle', { gigabytes: 5n });
    table(drafts, system, { gigabytes: 5n, capacity: 300n, waste: { kind: 'dynamodbTableIdle', after: storage } });
  }
  const standby = 'table of the second site, tagged dr-role=standby';
  table(drafts, systemNamed('online-kaigai'), { gigabytes: 5n, capacity: 200n, tags: { 'dr-role': 'standby' }, decoy: standby });
  for (const system of systemsFor(drafts, 'unread table', countOf(drafts, 0.0015, 2))) {
    table(drafts, system, { gigabytes: 400n, waste: { kind: 'dynamodbTableUnread', after: NOTHING } });
  }
  table(drafts, systemNamed('log-kiban'), {
    gigabytes: 60n,
    requests: '1200000',
    decoy: 'read now and then: a table that audits ask',
  });
  for (const system of systemsFor(drafts, 'archive table', countOf(drafts, 0.0015, 2))) {
    const common = { gigabytes: 1500n, requests: '900000' };
    const after = usageOf(drafts, system, 'archive', { ...common, isInfrequent: true });
    table(drafts, system, { ...common, waste: { kind: 'dynamodbStandardInfrequentAccess', after } });
  }
  const busy = 'much data, but so many requests that the other class would cost more';
  table(drafts, systemNamed('online-order'), { gigabytes: 300n, requests: '60000000', decoy: busy });
}

interface Shape {
  readonly gigabytes: bigint;
  /** Of each kind a day; left out: none. */
  readonly requests?: string;
  /** Provisioned units of each kind. */
  readonly capacity?: bigint;
  readonly isInfrequent?: boolean;
}

type Table = Shape & Pick<Thing, 'waste' | 'decoy' | 'tags'> & { readonly requestsADay?: readonly [number, number] };

function table(drafts: Drafts, system: System, { requestsADay = [0, 0], ...options }: Table): void {
  const name = drafts.name(system, 'table');
  const { waste, decoy, tags } = options;
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'dynamodb', `table/${name}`),
    kind: 'dynamoDb',
    description: `table of ${options.gigabytes} GB`,
    ...usageOf(drafts, system, name, options),
    ...(options.capacity && {
      utilization: measured(diceFor(drafts, 'table', name), {
        cpu: [0, 0],
        memory: null,
        network: [0, 0],
        operations: [0, 0],
        connections: requestsADay,
      }),
    }),
    ...(waste && { waste }),
    ...(decoy && { decoy }),
    ...(tags && { tags }),
  });
}

function usageOf(drafts: Drafts, { regionId }: System, name: string, shape: Shape): Usage {
  const { gigabytes, requests, capacity, isInfrequent = false } = shape;
  const noise = { noisePerMille: 120, salt: salt(drafts, name) };
  const plain: PlainMeter[] = [plainMeter(isInfrequent ? 'tableStorageIa' : 'tableStorage', regionId, 'month', gigabytes * ONE)];
  if (requests) {
    plain.push(plainMeter(isInfrequent ? 'tableReadsIa' : 'tableReads', regionId, 'day', units(requests), noise));
    plain.push(plainMeter(isInfrequent ? 'tableWritesIa' : 'tableWrites', regionId, 'day', units(requests), noise));
  }
  if (capacity) {
    plain.push(plainMeter('tableReadUnits', regionId, 'hour', capacity * ONE));
    plain.push(plainMeter('tableWriteUnits', regionId, 'hour', capacity * ONE));
  }
  return { hourly: [], plain };
}
