import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { joinEmbedded } from '../../src/adapters/postgres/embedded/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the run's databases live. The first test file that needs one starts the server; a run without such files starts none. */
    databaseServer: { readonly adminUrl: string | null; readonly dataDir: string };
  }
}

/** Made in the data folder by a test file that failed: its database is kept, so the whole folder is. */
export const KEEP_MARKER = 'keep';

/** One Postgres for the whole run: TEST_DATABASE_ADMIN_URL (a superuser's) if set, else an embedded one in a folder of its own. */
export default function globalSetup(project: TestProject): () => Promise<void> {
  const adminUrl = process.env.TEST_DATABASE_ADMIN_URL || null;
  const dataDir = mkdtempSync(join(tmpdir(), 'cost-pillar-test-'));
  // Under root the server runs as another user, who must be able to walk through; else its files would be placed elsewhere and stay.
  chmodSync(dataDir, 0o711);
  project.provide('databaseServer', { adminUrl, dataDir });
  return async () => {
    if (existsSync(join(dataDir, 'pg-password'))) {
      const server = await joinEmbedded({ dataDir, fsync: false });
      await server.leave();
    }
    if (existsSync(join(dataDir, KEEP_MARKER))) console.log(`The databases of the failed test files are kept in ${dataDir}`);
    else rmSync(dataDir, { recursive: true, force: true });
  };
}
