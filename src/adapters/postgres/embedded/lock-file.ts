import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdvisorError } from '../../../kernel/failure.ts';
import { isAlive } from '../../process-alive.ts';

const PATIENCE_MS = 120_000;

/** Runs `fn` while holding a file that names us; waits for a living holder, takes over from a dead one. */
export async function withLockFile<T>(file: string, fn: () => Promise<T>): Promise<T> {
  await acquire(file);
  try {
    return await fn();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!tryCreate(file)) {
    removeIfAbandoned(file);
    if (Date.now() > deadline)
      throw new AdvisorError(
        'DATABASE_UNAVAILABLE',
        `another process has been starting or stopping the database for ${PATIENCE_MS / 1000} seconds`,
        `If none is running, delete ${file} and try again.`,
      );
    await sleep(50);
  }
}

function tryCreate(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeIfAbandoned(file: string): void {
  let holder: number;
  let writtenAt: number;
  try {
    holder = Number(fs.readFileSync(file, 'utf8'));
    writtenAt = fs.statSync(file).mtimeMs;
  } catch {
    return;
  }
  const stillWriting = holder === 0 && Date.now() - writtenAt < 5_000;
  if (stillWriting || (holder > 0 && isAlive(holder))) return;
  // Renamed first: of two that find it abandoned only one gets the name, and neither can delete a newer holder's file.
  const aside = `${file}.${process.pid}`;
  try {
    if (Number(fs.readFileSync(file, 'utf8')) !== holder) return;
    fs.renameSync(file, aside);
    fs.rmSync(aside, { force: true });
  } catch {
    // somebody else was quicker
  }
}
