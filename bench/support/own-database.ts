import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/adapters/postgres/database.ts';
import { joinEmbedded } from '../../src/adapters/postgres/embedded/index.ts';
import { prepareDatabase } from '../../src/adapters/postgres/prepare-database.ts';

export interface OwnDatabase {
  /** As the run-time role: what is measured. */
  readonly database: Database;
  /** A superuser: makes the data and the plain tables beside it. */
  readonly admin: pg.Client;
}

/** A migrated Postgres of the bench's own, gone when `fn` has ended. */
export async function withOwnDatabase<T>(fn: (own: OwnDatabase) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cost-pillar-bench-'));
  // Under root the server runs as another user, who must be able to walk through.
  chmodSync(dataDir, 0o711);
  const server = await joinEmbedded({ dataDir, fsync: false });
  try {
    const prepared = await prepareDatabase({ databaseUrl: null, adminUrl: server.adminUrl, secret: 'the secret of the benches' });
    const database = openDatabase({ url: prepared.runtimeUrl, signingKey: prepared.signingKey, poolSize: 2 });
    const admin = new pg.Client({ connectionString: server.adminUrl });
    await admin.connect();
    try {
      return await fn({ database, admin });
    } finally {
      await admin.end();
      await database.close();
    }
  } finally {
    await server.leave();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
