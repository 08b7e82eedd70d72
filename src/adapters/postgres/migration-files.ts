import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface MigrationFile {
  /** "0001_tenant_context.sql". */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, with line ends as Git stores them. */
  readonly checksum: string;
}

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const NAME = /^\d{4}_[a-z0-9_]+\.sql$/;

/** All migrations of this version of the code, in the order in which they run. */
export async function readMigrationFiles(folder: string = FOLDER): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
