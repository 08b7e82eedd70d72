import { identifier } from './duckdb.ts';

/** A column of a file, as SQL, with DuckDB's type of it. */
export interface Column {
  readonly sql: string;
  readonly type: string;
}

/** How DuckDB reads a file, and the columns it has. */
export interface Readable {
  readonly path: string;
  readonly from: string;
  /** In the file's order: as the file calls it, and as DuckDB does. */
  readonly columns: readonly NamedColumn[];
  readonly isText: boolean;
}

export interface NamedColumn extends Column {
  readonly name: string;
}

/** The columns of one file by our names for them; the first one where two squash to the same. */
export function columnsOf(file: Readable): (name: string) => Column | null {
  const byName = new Map(file.columns.toReversed().map((column) => [squashed(column.name), column]));
  return (name) => byName.get(squashed(name)) ?? null;
}

export function has(file: Readable, name: string): boolean {
  const wanted = squashed(name);
  return file.columns.some((column) => squashed(column.name) === wanted);
}

/** "lineItem/UsageAccountId" of a CUR in CSV and "line_item_usage_account_id" of the same in Parquet are one column, and so is "BilledCost" however it is spelt. */
function squashed(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** DuckDB does not tell capitals apart in names of columns; a report with the tags "Name" and "name" does. */
export function distinct(columns: readonly { readonly name: string; readonly type: string }[]): readonly NamedColumn[] {
  const taken = new Set<string>();
  return columns.map(({ name, type }, index) => {
    const own = taken.has(name.toLowerCase()) || name === '' ? `${name}#${index + 1}` : name;
    taken.add(own.toLowerCase());
    return { name, type, sql: identifier(own) };
  });
}
