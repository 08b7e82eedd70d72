import pg from 'pg';
import { AdvisorError } from '../../kernel/failure.ts';
import { type Io, plainIo } from '../../operations/ports/io.ts';
import { urlOf, withDatabase } from './connection-url.ts';
import { sqlState } from './failures.ts';
import { instrumented } from './instrumented.ts';
import { readMigrationFiles } from './migration-files.ts';
import { executedMigrations, MIGRATION_LOCK, migrate, refuseStrangeSchema } from './migrator.ts';
import { asMissingRight, notMigrated, notPlain, notPrepared, refusedAtTheDoor } from './prepare-refusals.ts';
import { APP_ROLE, grantMembership, makeRolesAndSchemas } from './roles.ts';
import { makeOwnLogin, roleFacts } from './run-time-login.ts';
import { type DerivedSecrets, deriveSecrets } from './secrets.ts';
import { installSigningKey, signingKeyIsAccepted } from './signing-key.ts';

export interface PrepareDatabase {
  /** The run-time login; or, where it may create roles and stands alone, used for migration only. */
  readonly databaseUrl: string | null;
  /** Migrates and makes the roles. */
  readonly adminUrl: string | null;
  /** The installation's secret: the signing key and the password of our own login follow from it. */
  readonly secret: string;
  readonly io?: Io;
}

export interface PreparedDatabase {
  /** Never an owner's, an administrator's or a superuser's. */
  readonly runtimeUrl: string;
  readonly signingKey: Buffer;
}

/**
 * Makes the database ready to serve: roles, schemas, migrations, signing key, run-time login. Many processes may call it at once, on
 * many databases of one cluster. DATABASE_NOT_ALLOWED names the missing right and the SQL that gives it; also SCHEMA_TOO_NEW,
 * CONFLICT (a migration was changed) and DATABASE_UNAVAILABLE.
 */
export async function prepareDatabase(input: PrepareDatabase): Promise<PreparedDatabase> {
  const { io = plainIo } = input;
  const secrets = deriveSecrets(input.secret);
  const target = input.databaseUrl ?? input.adminUrl;
  if (target === null) throw new TypeError('prepareDatabase needs databaseUrl or adminUrl.');
  if (input.adminUrl !== null) {
    const adminUrl = withDatabase(input.adminUrl, urlOf(target).database);
    return prepareAsAdmin(io, adminUrl, input.databaseUrl, secrets);
  }
  const facts = await withClient(io, target, roleFacts, { createIfMissing: true });
  return facts.mayMakeRoles ? prepareAsAdmin(io, target, target, secrets) : prepareAsGuest(io, target, secrets);
}

async function prepareAsAdmin(
  io: Io,
  adminUrl: string,
  databaseUrl: string | null,
  secrets: DerivedSecrets,
): Promise<PreparedDatabase> {
  const runtimeUrl = await withClient(
    io,
    adminUrl,
    async (client) => {
      await refuseOldServer(client);
      await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      try {
        await makeRolesAndSchemas(client);
        await migrate(client, await io('migration files read', readMigrationFiles));
        await installSigningKey(client, secrets.signingKey);
        return await runTimeUrl(client, adminUrl, databaseUrl, secrets);
      } catch (error) {
        throw asMissingRight(error, client);
      }
    },
    { createIfMissing: true },
  );
  await proveRunTimeLogin(io, runtimeUrl, secrets.signingKey);
  return { runtimeUrl, signingKey: secrets.signingKey };
}

/** The given login where it is a plain one; else a login of our own, since an administrator's passes by every policy. */
async function runTimeUrl(
  client: pg.Client,
  adminUrl: string,
  databaseUrl: string | null,
  secrets: DerivedSecrets,
): Promise<string> {
  const given = databaseUrl === null ? null : urlOf(databaseUrl).user;
  const facts = given === null ? null : await roleFacts(client, given);
  if (databaseUrl !== null && given !== null && facts?.isPlain) {
    await grantMembership(client, APP_ROLE, given, 'usage');
    return databaseUrl;
  }
  return makeOwnLogin(client, adminUrl, secrets.login);
}

/** Without any administrator: everything must be there already. */
async function prepareAsGuest(io: Io, url: string, secrets: DerivedSecrets): Promise<PreparedDatabase> {
  const files = await io('migration files read', readMigrationFiles);
  await withClient(io, url, async (client) => {
    const facts = await roleFacts(client);
    if (!(await isPrepared(client))) throw notPrepared(facts);
    const executed = await executedMigrations(client);
    refuseStrangeSchema(executed, files);
    const missing = files.filter(({ name }) => !executed.has(name));
    if (missing.length > 0) throw notMigrated(missing.length);
    if (!facts.isPlain) throw notPlain(facts);
  });
  await proveRunTimeLogin(io, url, secrets.signingKey);
  return { runtimeUrl: url, signingKey: secrets.signingKey };
}

async function isPrepared(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean }>(
    `select coalesce(has_table_privilege(to_regclass('app.schema_migration'), 'select'), false) as ready`,
  );
  return rows[0]?.ready === true;
}

async function proveRunTimeLogin(io: Io, url: string, signingKey: Buffer): Promise<void> {
  await withClient(io, url, async (client) => {
    if (await signingKeyIsAccepted(client, signingKey)) return;
    throw new AdvisorError(
      'DATABASE_NOT_ALLOWED',
      'The database was prepared with another secret.',
      'Set COST_PILLAR_SECRET to the one it was prepared with, or start once with DATABASE_ADMIN_URL to change it.',
    );
  });
}

async function withClient<T>(
  io: Io,
  url: string,
  fn: (client: pg.Client) => Promise<T>,
  options: { readonly createIfMissing?: boolean } = {},
): Promise<T> {
  const client = instrumented(
    new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'cost-pillar' }),
    io,
  );
  client.on('error', () => {});
  try {
    await io('postgres connect', () => client.connect());
    return await fn(client);
  } catch (error) {
    if (sqlState(error) !== '3D000' || !options.createIfMissing) throw refusedAtTheDoor(error);
  } finally {
    await client.end().catch(() => {});
  }
  await createDatabase(io, url);
  return withClient(io, url, fn);
}

async function createDatabase(io: Io, url: string): Promise<void> {
  const { database } = urlOf(url);
  await withClient(io, withDatabase(url, 'postgres'), async (client) => {
    try {
      await client.query(`create database ${client.escapeIdentifier(database)}`);
    } catch (error) {
      // Made by someone else in the same moment.
      if (sqlState(error) === '42P04' || sqlState(error) === '23505') return;
      throw new AdvisorError(
        'DATABASE_NOT_ALLOWED',
        `The database "${database}" does not exist, and this login may not make it.`,
        `As an administrator run: CREATE DATABASE ${client.escapeIdentifier(database)};`,
        { cause: error },
      );
    }
  });
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>("select current_setting('server_version_num')::int as version");
  if ((rows[0]?.version ?? 0) >= 150_000) return;
  throw new AdvisorError(
    'DATABASE_NOT_ALLOWED',
    'This Postgres is older than version 15.',
    'Point DATABASE_URL to PostgreSQL 15 or newer, or leave it out to use the built-in one.',
  );
}
