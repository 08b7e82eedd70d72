import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { Io } from '../../operations/ports/io.ts';

/** One in-memory DuckDB: reads files, never the network; extensions are not downloaded. */
export interface Duck {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  /** Batches as they are computed; every value as text, so that decimals stay exact. */
  stream(sql: string): AsyncIterable<readonly (readonly (string | null)[])[]>;
  close(): void;
}

const SETTINGS = {
  threads: '2',
  memory_limit: '1GB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  preserve_insertion_order: 'false',
};

export async function openDuck(io: Io): Promise<Duck> {
  const instance = await io('duckdb open', () => DuckDBInstance.create(':memory:', SETTINGS));
  const connection = await io('duckdb connect', () => instance.connect());
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
    },
  };
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
