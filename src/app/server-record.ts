import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';

const Record = z.strictObject({ pid: z.number().int(), url: z.url() });

/** Where the server of this data directory can be reached, as far as one is running. */
export type ServerRecord = z.infer<typeof Record>;

const file = (config: Config): string => path.join(config.dataDir, 'server.json');

export function noteServer(config: Config, url: string): void {
  fs.writeFileSync(file(config), JSON.stringify({ pid: process.pid, url }));
}

export function forgetServer(config: Config): void {
  if (readRecord(config)?.pid === process.pid) fs.rmSync(file(config), { force: true });
}

/** Asks the noted server whether it is alive: a note that a killed process left behind counts for nothing. */
export async function runningServer(config: Config): Promise<ServerRecord | null> {
  const noted = readRecord(config);
  if (!noted) return null;
  try {
    const answer = await fetch(new URL('/healthz', noted.url), { signal: AbortSignal.timeout(2_000) });
    return answer.ok ? noted : null;
  } catch {
    return null;
  }
}

function readRecord(config: Config): ServerRecord | null {
  try {
    return Record.parse(JSON.parse(fs.readFileSync(file(config), 'utf8')));
  } catch {
    return null;
  }
}
