import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AdvisorError } from '../../../kernel/failure.ts';
import { type Binaries, isReachable, type RunAs, systemDirectory } from './binaries.ts';

export interface Cluster {
  /** The server's own directory (PGDATA). */
  readonly directory: string;
  readonly password: string;
}

/** Finds the data directory's cluster, or makes it. Never takes a half-made one for a whole one. */
export function openCluster(dataDir: string, binaries: Binaries, user: RunAs): Cluster {
  prepareDataDir(dataDir);
  const password = passwordOf(dataDir);
  const directory = locate(dataDir, user);
  if (!fs.existsSync(path.join(directory, 'PG_VERSION'))) create(directory, dataDir, password, binaries, user);
  return { directory, password };
}

function prepareDataDir(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    fs.accessSync(dataDir, fs.constants.W_OK);
  } catch (cause) {
    throw notWritable(dataDir, cause);
  }
}

export function notWritable(dataDir: string, cause: unknown): AdvisorError {
  return new AdvisorError(
    'DATA_DIRECTORY_NOT_WRITABLE',
    `the data directory ${dataDir} cannot be written`,
    'Make it writable for this user, or name another with COST_PILLAR_DATA_DIR.',
    { cause },
  );
}

function passwordOf(dataDir: string): string {
  const file = path.join(dataDir, 'pg-password');
  try {
    if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    return fs.readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw notWritable(dataDir, cause);
  }
}

/**
 * Inside the data directory where the server's user can go there, else in a system folder that `pg-location` names with an id. A copied
 * data directory that names another machine's cluster finds another id there, or nothing, and gets a new cluster.
 */
function locate(dataDir: string, user: RunAs): string {
  const inside = path.join(dataDir, 'pg');
  if (fs.existsSync(path.join(inside, 'PG_VERSION')) || isReachable(dataDir, user)) return inside;
  const note = path.join(dataDir, 'pg-location');
  if (fs.existsSync(note)) {
    const { id, directory } = JSON.parse(fs.readFileSync(note, 'utf8')) as { id: string; directory: string };
    if (idOf(directory) === id) return directory;
  }
  const id = randomUUID();
  const directory = systemDirectory('clusters', id, 'pg');
  fs.mkdirSync(path.dirname(directory), { recursive: true, mode: 0o755 });
  fs.writeFileSync(idFile(directory), id);
  fs.writeFileSync(note, JSON.stringify({ id, directory }));
  return directory;
}

function idFile(directory: string): string {
  return path.join(path.dirname(directory), 'id');
}

function idOf(directory: string): string | null {
  try {
    return fs.readFileSync(idFile(directory), 'utf8');
  } catch {
    return null;
  }
}

function create(directory: string, dataDir: string, password: string, binaries: Binaries, user: RunAs): void {
  const unfinished = `${directory}.unfinished`;
  const passwordFile = path.join(path.dirname(directory), `password-${randomBytes(6).toString('hex')}`);
  try {
    fs.rmSync(unfinished, { recursive: true, force: true });
    fs.mkdirSync(unfinished, { mode: 0o700 });
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined)
      for (const each of [unfinished, passwordFile]) fs.chownSync(each, user.uid, user.gid);
  } catch (cause) {
    throw notWritable(dataDir, cause);
  }
  const args = ['-D', unfinished, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  try {
    execFileSync(binaries.initdb, [...args, '--locale=C.UTF-8', '--data-checksums', '--no-instructions'], {
      ...user,
      env: serverEnvironment(),
      cwd: '/',
      stdio: 'pipe',
    });
  } catch (cause) {
    const said =
      String((cause as { stderr?: Buffer }).stderr ?? '')
        .trim()
        .split('\n')
        .at(-1) ?? '';
    throw new AdvisorError(
      'DATABASE_UNAVAILABLE',
      `the embedded Postgres could not be set up: ${said}`,
      'Set DATABASE_URL to a Postgres server instead.',
      { cause },
    );
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(unfinished, directory);
}

export function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'])
    if (process.env[name]) environment[name] = process.env[name];
  return environment;
}
