import type { Column } from './readable.ts';
import { isShort } from './short-doubles.ts';

/** The columns that every bill format is brought to, as SQL expressions over the file's own columns. */
export const CANONICAL = [
  'payer',
  'account',
  'moment',
  'period_start',
  'period_end',
  'invoice',
  'charge_type',
  'service',
  'usage_type',
  'operation',
  'region',
  'resource',
  'billed',
  'effective',
  'list',
  'contracted',
  'quantity',
  'unit',
  'currency',
] as const;
export type CanonicalColumn = (typeof CANONICAL)[number];

/** `moment`, `period_start` and `period_end` are timestamps in UTC, amounts decimals, everything else text. */
export interface Canonical extends Readonly<Record<CanonicalColumn, string>> {
  /** The tags of a line as the file has them, to be made JSON text by `jsonText` when few are left; null where it has none. */
  readonly tags: Column | null;
}

export const NULL_TEXT = 'cast(null as varchar)';
/** 20 digits before the point and 18 after it, as many as the ledger keeps: more than any bill has. */
export const DECIMAL = 'decimal(38, 18)';
export const NO_AMOUNT = `cast(null as ${DECIMAL})`;

/** A number as the decimal that was written: a double through its shortest text (see `short-doubles.ts`), so that it does not become its binary neighbour. */
export function number(column: Column | null): string {
  if (column === null) return NO_AMOUNT;
  const { sql, type } = column;
  const throughText = `try_cast(cast(${sql} as varchar) as ${DECIMAL})`;
  if (type === 'SHORT') return `cast(${sql} as decimal(18, 10))`;
  if (type === 'VARCHAR') return `try_cast(${sql} as ${DECIMAL})`;
  if (type !== 'DOUBLE') return throughText;
  return `case when ${isShort(sql)} then cast(cast(${sql} as decimal(15, 10)) as ${DECIMAL}) else ${throughText} end`;
}

export function text(column: Column | null): string {
  if (column === null) return NULL_TEXT;
  return `nullif(trim(${column.type === 'VARCHAR' ? column.sql : `cast(${column.sql} as varchar)`}), '')`;
}

/** A moment in UTC, whatever offset it was written with. */
export function moment(column: Column | null): string {
  if (column === null) return 'cast(null as timestamp)';
  const { sql, type } = column;
  if (type === 'TIMESTAMP') return sql;
  if (type !== 'VARCHAR') return `try_cast(${sql} as timestamp)`;
  return `case when length(${sql}) > 20 and regexp_matches(${sql}, '[+-][0-9]{2}:?[0-9]{2}$') then cast(try_cast(${sql} as timestamptz) as timestamp) else try_cast(${sql} as timestamp) end`;
}

/** One key of a map column: a Parquet map, or JSON text as CSV has it. */
export function keyOf(column: Column | null, key: string): string {
  if (column === null) return NULL_TEXT;
  if (isMap(column)) return `nullif(${column.sql}['${key}'], '')`;
  return `nullif(json_extract_string(${jsonText(column)}, '$."${key}"'), '')`;
}

/** A map column whole, as JSON text; what is no JSON is nothing. */
export function jsonText(column: Column | null): string {
  if (column === null) return NULL_TEXT;
  if (column.type !== 'VARCHAR')
    return `cast(to_json(${isEntries(column) ? `map_from_entries(${column.sql})` : column.sql}) as varchar)`;
  return `case when json_valid(${column.sql}) then ${column.sql} end`;
}

function isMap({ type }: Column): boolean {
  return type === 'MAP(VARCHAR, VARCHAR)';
}

/** A map as writers without the map annotation leave it: a list of key and value. */
function isEntries({ type }: Column): boolean {
  return /^STRUCT\("?key"? VARCHAR, "?value"? VARCHAR\)\[\]$/.test(type);
}
