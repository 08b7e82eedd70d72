import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AdvisorError } from '../../../kernel/failure.ts';
import { isAlive } from '../../process-alive.ts';
import type { Binaries, RunAs } from './binaries.ts';
import { type Cluster, serverEnvironment } from './cluster.ts';

const START_ATTEMPTS = 20;
const LOG_LIMIT_BYTES = 10_000_000;

export interface RunningServer {
  readonly port: number;
  readonly pid: number;
}

/** The server that already serves this cluster (its starter may long be dead), or a new one, detached from our terminal. */
export async function findOrStart(
  cluster: Cluster,
  binaries: Binaries,
  user: RunAs,
  options: { fsync: boolean; logFile: string },
): Promise<RunningServer> {
  const running = await find(cluster);
  if (running) return running;
  let lastWords = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const port = await freePort();
    const { pid, exited } = launch(cluster, binaries, user, port, options);
    while (!exited() && !(await answers(cluster, port))) await sleep(20);
    if (!exited()) return { port, pid };
    lastWords = lastLineOf(options.logFile);
    // A predecessor's children are still dying, or somebody took the port between our look and the server's.
    await sleep(250);
  }
  throw new AdvisorError(
    'DATABASE_UNAVAILABLE',
    `the embedded Postgres did not start: ${lastWords}`,
    `Read ${options.logFile}, or set DATABASE_URL to a Postgres server.`,
  );
}

async function find(cluster: Cluster): Promise<RunningServer | null> {
  const noted = pidFile(cluster);
  if (!noted || !isAlive(noted.pid)) return null;
  for (let i = 0; i < 100 && isAlive(noted.pid); i++) {
    const now = pidFile(cluster);
    if (now?.port && (await answers(cluster, now.port))) return { pid: now.pid, port: now.port };
    await sleep(100);
  }
  return null;
}

function pidFile(cluster: Cluster): { pid: number; port: number } | null {
  try {
    const lines = fs.readFileSync(path.join(cluster.directory, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0) };
  } catch {
    return null;
  }
}

function launch(
  cluster: Cluster,
  binaries: Binaries,
  user: RunAs,
  port: number,
  options: { fsync: boolean; logFile: string },
): { pid: number; exited: () => boolean } {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: '100',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    jit: 'off',
    dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'posix',
    ...(options.fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  if (fs.existsSync(options.logFile) && fs.statSync(options.logFile).size > LOG_LIMIT_BYTES) fs.rmSync(options.logFile);
  const log = fs.openSync(options.logFile, 'a', 0o600);
  const child = spawn(binaries.postgres, ['-D', cluster.directory, '-p', String(port), ...args], {
    ...user,
    env: serverEnvironment(),
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  fs.closeSync(log);
  let gone = false;
  child.on('exit', () => {
    gone = true;
  });
  child.on('error', () => {
    gone = true;
  });
  child.unref();
  return { pid: child.pid ?? 0, exited: () => gone };
}

export function clientConfig(cluster: Cluster, port: number, database = 'postgres'): pg.ClientConfig {
  return { host: '127.0.0.1', port, user: 'postgres', password: cluster.password, database, connectionTimeoutMillis: 5_000 };
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client(clientConfig(cluster, port));
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Fast shutdown: sessions are ended, everything committed is kept. */
export async function stopServer(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  for (let i = 0; i < 600 && isAlive(pid); i++) await sleep(50);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function lastLineOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
  } catch {
    return '';
  }
}
