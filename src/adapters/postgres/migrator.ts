import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Umzug, type UmzugStorage } from 'umzug';
import { AdvisorError } from '../../kernel/failure.ts';
import { sqlState } from './failures.ts';
import { type MigrationFile, readMigrationFiles } from './migration-files.ts';
import { OWNER_ROLE } from './roles.ts';

/** Any number: it only has to be the same for everyone who migrates one database. */
export const MIGRATION_LOCK = 7_241_002;

/**
 * Brings the schema to the newest version. The client is an administrator's, in a session that holds MIGRATION_LOCK and whose roles and
 * schemas exist. Throws SCHEMA_TOO_NEW, and CONFLICT when a migration that has run was changed.
 */
export async function migrate(client: pg.ClientBase, files?: readonly MigrationFile[]): Promise<readonly string[]> {
  const migrations = files ?? (await readMigrationFiles());
  await client.query(`set role ${OWNER_ROLE}`);
  try {
    await client.query(`create table if not exists app.schema_migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const executed = await executedMigrations(client);
    refuseStrangeSchema(executed, migrations);
    return await runPending(client, migrations);
  } finally {
    await client.query('reset role').catch(() => {});
  }
}

export async function executedMigrations(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from app.schema_migration order by name',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** Refuses a schema that this code does not know: newer than it, or made by files that have been changed since. */
export function refuseStrangeSchema(executed: ReadonlyMap<string, string>, files: readonly MigrationFile[]): void {
  const newest = files.at(-1)?.name ?? '';
  for (const [name, checksum] of executed) {
    const file = files.find((candidate) => candidate.name === name);
    if (file?.checksum === checksum) continue;
    if (!file && name.slice(0, 4) > newest.slice(0, 4)) {
      throw new AdvisorError(
        'SCHEMA_TOO_NEW',
        `The database has been migrated by a newer version of Cost Pillar (${name}).`,
        'Start that version or a later one; this one could damage the data.',
      );
    }
    throw new AdvisorError(
      'CONFLICT',
      `The migration ${name} was ${file ? 'changed' : 'removed'} after it had run on this database.`,
      'Put the file back as it was, and write what is to change as a new migration.',
    );
  }
}

async function runPending(client: pg.ClientBase, files: readonly MigrationFile[]): Promise<readonly string[]> {
  const storage: UmzugStorage = {
    executed: async () => [...(await executedMigrations(client)).keys()],
    // Written in the migration's own transaction, so that a kill leaves both or neither.
    logMigration: async () => {},
    unlogMigration: async () => {
      throw new Error('Migrations only go forward.');
    },
  };
  const migrations = files.map((file) => ({ name: file.name, up: () => apply(client, file) }));
  const done = await new Umzug({ migrations, storage, logger: undefined }).up();
  return done.map(({ name }) => name);
}

const MAXIMUM_ATTEMPTS = 12;

async function apply(client: pg.ClientBase, file: MigrationFile): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('begin');
      // An older version may still serve: rather try again than queue in front of its readers.
      await client.query("select set_config('lock_timeout', '5s', true), set_config('search_path', 'pg_catalog', true)");
      await client.query(file.sql);
      await client.query('insert into app.schema_migration (name, checksum) values ($1, $2)', [file.name, file.checksum]);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      const isBusy = sqlState(error) === '55P03' || sqlState(error) === '40P01';
      if (!isBusy || attempt >= MAXIMUM_ATTEMPTS) {
        throw new Error(`The migration ${file.name} failed: ${(error as Error).message}`, { cause: error });
      }
      await sleep(500);
    }
  }
}
