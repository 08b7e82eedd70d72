import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PACKAGE_ROOT } from './config.ts';

const PORTAL = path.join(PACKAGE_ROOT, 'src', 'portal');
export const PORTAL_DIST = path.join(PORTAL, 'dist');
const NOTE = path.join(PORTAL_DIST, '.inputs');

/** Builds the page when what it is made of has changed since the last build; a few milliseconds otherwise. */
export async function buildPortal(log: (line: string) => void): Promise<void> {
  const inputs = hashOfInputs();
  if (readNote() === inputs) return;
  const vite = path.join(PACKAGE_ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!fs.existsSync(vite)) return log('The page cannot be built without development dependencies; the API works without it.');
  const said: string[] = [];
  const child = spawn(process.execPath, [vite, 'build', PORTAL, '--logLevel', 'warn'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: PACKAGE_ROOT,
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code === 0) fs.writeFileSync(NOTE, inputs);
  else log(`The page could not be built; the API works without it. ${said.join('').trim()}`);
}

function hashOfInputs(): string {
  const hash = createHash('sha256');
  const sources = fs
    .readdirSync(PORTAL, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !path.join(entry.parentPath, entry.name).startsWith(PORTAL_DIST))
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of [...sources, path.join(PACKAGE_ROOT, 'package-lock.json')].sort())
    hash.update(path.relative(PACKAGE_ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function readNote(): string | null {
  try {
    return fs.readFileSync(NOTE, 'utf8');
  } catch {
    return null;
  }
}
