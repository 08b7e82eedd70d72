import fs from 'node:fs';
import path from 'node:path';
import type { Database } from '../../src/adapters/postgres/database.ts';
import { plain, sumExact } from '../../src/kernel/money.ts';
import { COST_SLICES } from '../../src/ledger/slice.ts';
import { connectExport } from '../../src/operations/connect-export.ts';
import type { Context } from '../../src/operations/context.ts';
import type { Connection } from '../../src/operations/ports/connections.ts';
import type { SyncEntry } from '../../src/operations/sync/entry.ts';
import { sync } from '../../src/operations/sync.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { serveForTest } from '../sandbox/wire/clients.ts';
import { LEDGER, PAYER, tinyEstate, usd } from '../sandbox/wire/tiny-estate.ts';
import { connectedTo, TEST_DATA_DIR } from './sandbox-world.ts';

export const AS_OF = '2026-11-20';
export const BUCKET = 's3://yamabuki-billing';
const SINCE = '2026-09-01';

/** Three dollars and a half a day over two accounts, and tax of eleven on the first of each month. */
const LINES = [
  { from: SINCE, unblendedCost: usd('1.5'), resourceId: 'i-0123456789abcdef0' },
  { from: SINCE, accountId: LEDGER, unblendedCost: usd('2'), usageType: 'APN1-VolumeUsage.gp3', serviceName: 'EC2 - Other' },
  ...['2026-09', '2026-10', '2026-11'].map((month) => ({
    from: `${month}-01`,
    until: `${month}-02`,
    accountId: PAYER,
    unblendedCost: usd('11'),
    serviceName: 'Tax',
    recordType: 'Tax',
    usageType: '',
    operation: '',
    regionId: '',
  })),
];
export const SEPTEMBER = '116';
export const OCTOBER = '119.5';
/** The nineteen days up to AS_OF. */
export const NOVEMBER = '77.5';

export function serveExports(): Promise<Sandbox> {
  return serveForTest(
    tinyEstate({ lines: LINES, asOf: AS_OF, resources: [{ resourceId: 'i-0123456789abcdef0', tags: { env: 'prod' } }] }),
    { exportsSince: '2026-09' },
  );
}

let tenants = 0;

/** A tenant of its own, connected to a sandbox of its own with this export. */
export async function withExport(database: Database, address: string) {
  const sandbox = await serveExports();
  const context = await connectedTo(sandbox, database, `tenant ${++tenants}`, AS_OF);
  const [connection] = await context.ports.connections.list(context.scope);
  if (!connection) throw new Error('nothing is connected');
  const connected = await connectExport(context, { connection, address: `${BUCKET}/${address}` });
  return { sandbox, context, connection, connected };
}

export async function pull(context: Context): Promise<readonly SyncEntry[]> {
  return (await sync(context, { asOf: AS_OF, sources: ['exports'], questions: () => [] })).entries;
}

/** What Cost Explorer says by service of the same days: one slice, over the wire, as a sync writes it. */
export async function pullCostExplorer({ scope, ports }: Context, connection: Connection): Promise<void> {
  const [slice] = COST_SLICES;
  if (!slice) throw new Error('there are no slices');
  const window = { start: SINCE, end: AS_OF };
  const runId = await ports.runs.start(scope, { connectionId: connection.id, source: `costExplorer:${slice.id}`, window });
  const pulled = ports.costSource.pullSlice(connection, slice, window, { pageBought: async () => {} });
  const { priceView, id: connectionId } = connection;
  await ports.ledgerWriter.replaceWindow(scope, { connectionId, runId, sliceId: slice.id, window, priceView, ...pulled });
  await ports.runs.end(scope, runId, { status: 'ok' });
}

/** What everybody reads: the counted cost of these days; October when left out. */
export async function cost(context: Context, start = '2026-10-01', end = '2026-11-01'): Promise<string> {
  const rows = await context.ports.ledgerReader.spendByService(context.scope, {
    period: { start, end },
    basis: 'invoiceCost',
    currency: 'USD',
  });
  return plain(sumExact(rows.map((row) => row.cost)));
}

export const notOk = (entries: readonly SyncEntry[]) => entries.filter(({ status }) => status !== 'ok');

export function objectsFetched(sandbox: Sandbox): number {
  return sandbox.requests().find(({ service, operation }) => service === 's3' && operation === 'GetObject')?.pages ?? 0;
}

/** What fetching left on the disk. */
export function leftovers(): string[] {
  const home = path.join(TEST_DATA_DIR, 'exports-tmp');
  return fs.existsSync(home) ? fs.readdirSync(home) : [];
}
