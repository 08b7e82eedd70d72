import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { Io } from '../../operations/ports/io.ts';

/** One in-memory DuckDB: reads the files it was opened for, nothing else, never the network; extensions are not downloaded. */
export interface Duck {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  /** Batches as they are computed; every value as text, so that decimals stay exact. */
  stream(sql: string): AsyncIterable<readonly (readonly (string | null)[])[]>;
  close(): void;
}

const SETTINGS = {
  threads: '2',
  memory_limit: '256MB',
  max_temp_directory_size: '8GB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  preserve_insertion_order: 'false',
};

/** What does not fit into memory goes into a folder of its own that is removed at `close`. */
export async function openDuck(io: Io, files: readonly string[]): Promise<Duck> {
  const spill = fs.mkdtempSync(path.join(os.tmpdir(), 'cost-pillar-import-'));
  const remove = (): void => fs.rmSync(spill, { recursive: true, force: true });
  try {
    const instance = await io('duckdb open', () => DuckDBInstance.create(':memory:', { ...SETTINGS, temp_directory: spill }));
    const connection = await io('duckdb connect', () => instance.connect());
    for (const setting of confinement(files)) await connection.run(setting);
    async function* stream(sql: string): AsyncGenerator<(string | null)[][]> {
      const result = await io(statementName(sql), () => connection.stream(sql));
      const batches = result.yieldRows();
      for (;;) {
        const batch = await io('duckdb next batch', () => batches.next());
        if (batch.done) return;
        yield batch.value.map((row) => row.map(asText));
      }
    }
    return {
      run: async (sql) => void (await io(statementName(sql), () => connection.run(sql))),
      rows: async (sql) => (await Array.fromAsync(stream(sql))).flat(),
      stream,
      close: () => {
        connection.closeSync();
        instance.closeSync();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A file's own text never reaches another file: what DuckDB may open is named before the first one is read, and cannot be changed after. */
function confinement(files: readonly string[]): readonly string[] {
  return [
    "set timezone = 'UTC'",
    `set allowed_paths = [${files.map(literal).join(', ')}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
}

function statementName(sql: string): string {
  return `duckdb ${sql.split(/\s+/, 2).join(' ')}`;
}

function asText(value: DuckDBValue): string | null {
  return value === null ? null : String(value);
}

/** A SQL text literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
