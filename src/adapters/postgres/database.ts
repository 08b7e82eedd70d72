import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Io, plainIo } from '../../operations/ports/io.ts';
import { asReaderFailure, isWorthRetrying } from './failures.ts';
import { instrumented } from './instrumented.ts';
import { signTenantContext } from './tenant-context.ts';
import { valueParsers } from './value-parsers.ts';

export interface TransactionOptions {
  /** False where `fn` reads a stream that cannot be read twice. Otherwise `fn` may run up to four times. */
  readonly retry?: boolean;
}

/** The only way to a connection at run time. `fn` must do all its work on the client it is given, and leave it before it returns. */
export interface Database {
  /** One transaction that sees and writes what belongs to this tenant. Rolled back when `fn` throws. */
  withTenant<T>(
    scope: { readonly tenantId: string },
    fn: (client: pg.ClientBase) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Signs the context of the same transaction anew, for this tenant: for the writer that splits a payer over tenants. */
  signFor(client: pg.ClientBase, tenantId: string): Promise<void>;
  /** One transaction without any tenant: tenant tables refuse it. Only for the listed SECURITY DEFINER functions. */
  withoutTenant<T>(fn: (client: pg.ClientBase) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** A connection of its own outside the pool, for session locks. Closed by `close`; reconnecting is the caller's business. */
  dedicated(): Promise<pg.Client>;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  /** The run-time login: neither owner nor superuser. */
  readonly url: string;
  readonly signingKey: Buffer;
  readonly io?: Io;
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  /** Told of connections that broke while nobody used them. */
  readonly log?: (line: string) => void;
}

const MAXIMUM_RETRIES = 3;

export function openDatabase(settings: DatabaseSettings): Database {
  const { signingKey, io = plainIo, log = () => {} } = settings;
  const config = connectionConfig(settings);
  const dedicated = new Set<pg.Client>();
  let clockOffsetMs = 0;
  const pool = new pg.Pool({
    ...config,
    max: settings.poolSize ?? 8,
    idleTimeoutMillis: 30_000,
    onConnect: async (client) => {
      // Without a listener of its own, a connection that dies while it is checked out ends the process.
      client.on('error', () => {});
      clockOffsetMs = await prepareSession(client);
    },
  });
  pool.on('error', (error) => log(`an idle database connection was lost: ${error.message}`));

  async function signFor(client: pg.ClientBase, tenantId: string): Promise<void> {
    await client.query("select set_config('app.ctx', $1, true)", [
      signTenantContext(signingKey, tenantId, Date.now() + clockOffsetMs),
    ]);
  }

  async function once<T>(tenantId: string | null, fn: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const pooled = await io('postgres connect', () => pool.connect());
    const client = instrumented(pooled, io);
    let broken = true;
    try {
      await client.query('begin');
      if (tenantId !== null) await signFor(client, tenantId);
      const result = await fn(client);
      const { command } = await client.query('commit');
      broken = false;
      // A swallowed error leaves the transaction aborted, and COMMIT then answers ROLLBACK without failing.
      if (command !== 'COMMIT') throw new Error('The transaction had failed before its commit; nothing was written.');
      return result;
    } catch (error) {
      if (broken) broken = !(await rolledBack(client));
      throw error;
    } finally {
      pooled.release(broken);
    }
  }

  async function transaction<T>(
    tenantId: string | null,
    fn: (client: pg.ClientBase) => Promise<T>,
    { retry = true }: TransactionOptions = {},
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await once(tenantId, fn);
      } catch (error) {
        if (!retry || attempt >= MAXIMUM_RETRIES || !isWorthRetrying(error)) throw asReaderFailure(error);
      }
      await sleep(2 ** attempt * 20 * (0.5 + Math.random()));
    }
  }

  return {
    signFor,
    withTenant: (scope, fn, options) => transaction(scope.tenantId, fn, options),
    withoutTenant: (fn, options) => transaction(null, fn, options),
    async dedicated() {
      const client = instrumented(new pg.Client(config), io);
      client.on('error', () => {});
      try {
        await io('postgres connect', () => client.connect());
        await prepareSession(client);
      } catch (error) {
        await client.end().catch(() => {});
        throw asReaderFailure(error);
      }
      dedicated.add(client);
      client.on('end', () => dedicated.delete(client));
      return client;
    },
    async close() {
      await Promise.all([...dedicated].map((client) => client.end().catch(() => {})));
      if (!pool.ended) await pool.end();
    },
  };
}

function connectionConfig(settings: DatabaseSettings): pg.ClientConfig {
  return {
    connectionString: settings.url,
    application_name: 'cost-pillar',
    types: valueParsers,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: settings.statementTimeoutMs ?? 120_000,
    lock_timeout: 30_000,
    // A pull waits for AWS between its statements; a process that is stopped for good must not hold its locks for ever.
    idle_in_transaction_session_timeout: 300_000,
  };
}

/** Makes text forms independent of the server's settings; answers how far the database's clock is ahead of ours, in milliseconds. */
async function prepareSession(client: pg.ClientBase): Promise<number> {
  const asked = Date.now();
  const { rows } = await client.query<{ now: string }>(
    `select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, MDY', false),
            (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now`,
  );
  return Number(rows[0]?.now) - (asked + Date.now()) / 2;
}

async function rolledBack(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
