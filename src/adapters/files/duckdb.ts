import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

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

export async function openDuck(): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  const connection = await instance.connect();
  async function* stream(sql: string): AsyncGenerator<(string | null)[][]> {
    const result = await connection.stream(sql);
    for await (const rows of result.yieldRows()) yield rows.map((row) => row.map(asText));
  }
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await Array.fromAsync(stream(sql))).flat(),
    stream,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
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
