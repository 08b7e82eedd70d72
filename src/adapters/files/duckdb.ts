import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { Io } from '../../operations/ports/io.ts';

/** One in-memory DuckDB: reads the files it was opened for, nothing else, never the network; extensions are not downloaded. */
export interface Duck {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  /** Batches as they are computed; every value as text, so that decimals stay exact. */
  stream(sql: string): AsyncIterable<readonly (readonly (string | null)[])[]>;
  /** As `stream`, on a connection of its own: may run beside everything else, but sees no temporary tables. One at a time. */
  streamBeside(sql: string): AsyncIterable<readonly (readonly (string | null)[])[]>;
  /** What still runs is stopped. */
  close(): Promise<void>;
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
    const beside = await io('duckdb connect', () => instance.connect());
    for (const each of [connection, beside]) await each.run("set timezone = 'UTC'");
    for (const setting of confinement(files)) await connection.run(setting);
    const running = new Set<Promise<unknown>>();
    const stream = streamOf(connection, noted(io, running));
    return {
      run: async (sql) => void (await io(statementName(sql), () => connection.run(sql))),
      rows: async (sql) => (await Array.fromAsync(stream(sql))).flat(),
      stream,
      streamBeside: streamOf(beside, noted(io, running)),
      close: async () => {
        for (const each of [connection, beside]) each.interrupt();
        await Promise.allSettled(running);
        connection.closeSync();
        beside.closeSync();
        instance.closeSync();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What was begun ahead may still run when a failure closes everything: a connection must not be closed under it. */
function noted(io: Io, running: Set<Promise<unknown>>): Io {
  return (name, fn) => {
    const result = io(name, fn);
    running.add(result);
    const forget = (): boolean => running.delete(result);
    result.then(forget, forget);
    return result;
  };
}

function streamOf(connection: DuckDBConnection, io: Io): (sql: string) => AsyncGenerator<(string | null)[][]> {
  return async function* (sql) {
    const result = await io(statementName(sql), () => connection.stream(sql));
    const batches = result.yieldRows();
    for (;;) {
      const batch = await io('duckdb next batch', () => batches.next());
      if (batch.done) return;
      yield batch.value.map((row) => row.map(asText));
    }
  };
}

/** A file's own text never reaches another file: what DuckDB may open is named before the first one is read, and cannot be changed after. */
function confinement(files: readonly string[]): readonly string[] {
  return [
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
