import type { Io } from '../../operations/ports/io.ts';
import { literal, openDuck } from './duckdb.ts';

export type CsvLine = readonly (string | null)[];

/** The columns of these names of a CSV with a heading, all as text; an empty cell is null. Throws what DuckDB says. */
export async function csvLines(io: Io, path: string, names: readonly string[]): Promise<readonly CsvLine[]> {
  const duck = await openDuck(io, [path]);
  try {
    const source = `read_csv(${literal(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
    return await duck.rows(`select ${names.map((name) => `"${name}"`).join(', ')} from ${source}`);
  } finally {
    await duck.close();
  }
}
