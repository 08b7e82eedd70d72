import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Io, plainIo } from '../../../operations/ports/io.ts';
import { instrumented } from '../instrumented.ts';
import { binariesFor, runAs } from './binaries.ts';
import { notWritable, openCluster } from './cluster.ts';
import { withLockFile } from './lock-file.ts';
import { clientConfig, findOrStart, stopServer } from './server.ts';

/** Everybody who uses the server holds this lock shared; who can take it exclusively is the last. */
const IN_USE_LOCK = 7_241_001;

export interface EmbeddedServer {
  /** Superuser, database "postgres": for preparing and for tests, never for the product's own work. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Gives the server back; the last one to leave stops it. */
  leave(): Promise<void>;
}

/**
 * The one Postgres of a data directory: found when it runs, made and started when it does not. Safe against other processes that do the
 * same, against a starter that was killed, and under root.
 */
export async function joinEmbedded(options: { dataDir: string; fsync?: boolean; io?: Io }): Promise<EmbeddedServer> {
  const { io = plainIo } = options;
  const dataDir = path.resolve(options.dataDir);
  const user = runAs();
  const binaries = await binariesFor(user);
  const lockFile = path.join(dataDir, 'pg-starting');
  return guarded(dataDir, lockFile, async () => {
    const cluster = openCluster(dataDir, binaries, user);
    const settings = { fsync: options.fsync ?? true, logFile: path.join(dataDir, 'pg.log') };
    const server = await io('embedded postgres find or start', () => findOrStart(cluster, binaries, user, settings));
    const holder = instrumented(new pg.Client({ ...clientConfig(cluster, server.port), keepAlive: true }), io);
    holder.on('error', () => {});
    await io('postgres connect', () => holder.connect());
    await holder.query('select pg_advisory_lock_shared($1)', [IN_USE_LOCK]);
    return {
      ...server,
      adminUrl: `postgres://postgres:${encodeURIComponent(cluster.password)}@127.0.0.1:${server.port}/postgres`,
      leave: () => withLockFile(lockFile, () => leave(holder, () => io('embedded postgres stop', () => stopServer(server.pid)))),
    };
  });
}

async function guarded<T>(dataDir: string, lockFile: string, fn: () => Promise<T>): Promise<T> {
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    return await withLockFile(lockFile, fn);
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw notWritable(dataDir, error);
    throw error;
  }
}

async function leave(holder: pg.Client, stop: () => Promise<void>): Promise<void> {
  try {
    await holder.query('select pg_advisory_unlock_shared($1)', [IN_USE_LOCK]);
    const { rows } = await holder.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [IN_USE_LOCK]);
    if (!rows[0]?.last) return;
  } catch {
    return; // the server is gone already
  } finally {
    await holder.end().catch(() => {});
  }
  await stop();
}
