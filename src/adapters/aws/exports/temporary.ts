import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from '../../process-alive.ts';

/** Nobody takes a day to read one month. */
const STALE_MS = 24 * 3_600_000;
const NAME = /^([a-z0-9-]{1,64})\.(\d{1,10})\.[0-9a-f-]{36}$/;

/** A folder that says whose it is: "<host>.<pid>.<uuid>", so that whoever starts next can tell what was left behind. */
export function newFolder(home: string): string {
  const folder = path.join(home, `${hostName()}.${process.pid}.${randomUUID()}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes what killed processes left: on this host those that are gone, elsewhere what is older than a day. */
export function sweep(home: string, now: Date): void {
  let names: string[];
  try {
    names = fs.readdirSync(home);
  } catch {
    return;
  }
  for (const name of names) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (host === undefined || !isLeft(path.join(home, name), host, Number(pid), now)) continue;
    fs.rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

function isLeft(folder: string, host: string, pid: number, now: Date): boolean {
  if (host === hostName() && pid !== process.pid && !isAlive(pid)) return true;
  const { mtimeMs } = fs.statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: now.getTime() };
  return now.getTime() - mtimeMs > STALE_MS;
}

function hostName(): string {
  return (
    os
      .hostname()
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '-') || 'host'
  ).slice(0, 64);
}
