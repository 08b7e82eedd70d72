import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AdvisorError } from '../kernel/failure.ts';
import type { Config } from './config.ts';

/** The installation's secret: COST_PILLAR_SECRET, or a file that only its owner can read, made at the first start. */
export function installationSecret(config: Config): string {
  if (config.secret) return config.secret;
  const file = path.join(config.dataDir, 'secret');
  try {
    fs.mkdirSync(config.dataDir, { recursive: true });
    try {
      fs.writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return fs.readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new AdvisorError(
      'DATA_DIRECTORY_NOT_WRITABLE',
      `the installation's secret could not be kept in ${config.dataDir}`,
      'Make the data directory writable, name another with COST_PILLAR_DATA_DIR, or set COST_PILLAR_SECRET.',
      { cause },
    );
  }
}
