import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { withDatabase } from '../../src/adapters/postgres/connection-url.ts';
import { type Database, openDatabase } from '../../src/adapters/postgres/database.ts';
import { joinEmbedded } from '../../src/adapters/postgres/embedded/index.ts';
import { readMigrationFiles } from '../../src/adapters/postgres/migration-files.ts';
import { prepareDatabase } from '../../src/adapters/postgres/prepare-database.ts';
import type { Io } from '../../src/operations/ports/io.ts';
import { KEEP_MARKER } from './global-setup.ts';

export interface TestDatabase {
  /** As the run-time role: what a test does through it proves something. */
  readonly database: Database;
  /** A superuser's, which passes by every policy: for planting and for looking, not for proving. */
  readonly adminUrl: string;
  readonly runtimeUrl: string;
  readonly signingKey: Buffer;
  /** Drops the database unless it is to be kept. */
  close(options?: { readonly keep?: boolean }): Promise<void>;
}

export interface TestDatabaseOptions {
  readonly io?: Io;
  readonly poolSize?: number;
}

/** The secret of every test installation. */
export const TEST_SECRET = 'the secret of the tests';
/** Guards the making and the cloning of the template: Postgres clones a database only while nobody is connected to it. */
const TEMPLATE_LOCK = 7_241_003;

/** A migrated database of its own, cloned from the run's template. In most files `testDatabase` is shorter. */
export async function freshDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = await testServerUrl();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await withSuperuser(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await client.query(`create database ${name} template ${await template(client, serverUrl)}`);
  });
  const adminUrl = withDatabase(serverUrl, name);
  const { runtimeUrl, signingKey } = await prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
  const database = openDatabase({ url: runtimeUrl, signingKey, poolSize: 4, ...options });
  return {
    database,
    adminUrl,
    runtimeUrl,
    signingKey,
    async close({ keep = false } = {}) {
      await database.close();
      if (keep) return keepDatabase(adminUrl);
      await withSuperuser(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** For the top of a test file or describe block: made before its tests, dropped after them, kept when one of them failed. */
export function testDatabase(options: TestDatabaseOptions = {}): TestDatabase {
  let made: TestDatabase | null = null;
  let failed = false;
  beforeAll(async () => {
    made = await freshDatabase(options);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(() => made?.close({ keep: failed }));
  const current = (): TestDatabase => {
    if (made) return made;
    throw new Error('The test database exists only inside hooks and tests.');
  };
  return {
    get database() {
      return current().database;
    },
    get adminUrl() {
      return current().adminUrl;
    },
    get runtimeUrl() {
      return current().runtimeUrl;
    },
    get signingKey() {
      return current().signingKey;
    },
    close: (closing) => current().close(closing),
  };
}

/** One session as superuser. */
export async function withSuperuser<T>(url: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

/** An empty database, not migrated: for tests of preparing itself. */
export async function emptyDatabase(): Promise<{ readonly adminUrl: string; drop(): Promise<void> }> {
  const serverUrl = await testServerUrl();
  const name = `e_${randomBytes(8).toString('hex')}`;
  await withSuperuser(serverUrl, (client) => client.query(`create database ${name}`));
  return {
    adminUrl: withDatabase(serverUrl, name),
    async drop() {
      await withSuperuser(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

let server: Promise<string> | null = null;

/** The superuser's URL of the run's server; starts the embedded one at the first call of the run. It stops when the run ends. */
export function testServerUrl(): Promise<string> {
  const { adminUrl, dataDir } = inject('databaseServer');
  server ??= adminUrl ? Promise.resolve(adminUrl) : joinEmbedded({ dataDir, fsync: false }).then((joined) => joined.adminUrl);
  return server;
}

async function template(client: pg.Client, serverUrl: string): Promise<string> {
  const files = await readMigrationFiles();
  const version = createHash('sha256')
    .update(files.map((file) => file.checksum).join())
    .digest('hex')
    .slice(0, 16);
  const name = `cost_pillar_template_${version}`;
  if ((await client.query('select from pg_database where datname = $1', [name])).rowCount === 1) return name;
  // Renamed once whole, so that a killed run leaves no half-made template.
  const making = `${name}_making`;
  await client.query(`drop database if exists ${making} with (force)`);
  await client.query(`create database ${making}`);
  await prepareDatabase({ databaseUrl: null, adminUrl: withDatabase(serverUrl, making), secret: TEST_SECRET });
  await client.query(`alter database ${making} rename to ${name}`);
  return name;
}

function keepDatabase(adminUrl: string): void {
  const { adminUrl: given, dataDir } = inject('databaseServer');
  if (!given) writeFileSync(join(dataDir, KEEP_MARKER), '');
  console.log(`kept for a look: database ${new URL(adminUrl).pathname.slice(1)}`);
}
