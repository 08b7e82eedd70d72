/** The columns that every bill format is brought to, as SQL expressions over the file's own columns; text, so that casting is ours. */
export const CANONICAL = [
  'payer',
  'account',
  'day',
  'period_start',
  'period_end',
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

export type Canonical = Readonly<Record<CanonicalColumn, string>>;

export const NULL_TEXT = 'cast(null as varchar)';

/** 23 digits before the point and 15 after it: more than any bill has. */
export const DECIMAL = 'decimal(38, 15)';

/** A number through its shortest text, so that a Parquet double gives the decimal that was written and not its binary neighbour. */
export function number(column: string | null): string {
  return column === null ? `cast(null as ${DECIMAL})` : `try_cast(cast(${column} as varchar) as ${DECIMAL})`;
}

export function text(column: string | null): string {
  return column === null ? NULL_TEXT : `nullif(trim(cast(${column} as varchar)), '')`;
}
