import { CANONICAL, type Canonical } from './canonical.ts';
import type { Duck } from './duckdb.ts';
import type { NamedColumn, Readable } from './readable.ts';
import { unreadable } from './unreadable.ts';

type CanonicalOf = (file: Readable) => Canonical;

/**
 * A double means the decimal that was written, its shortest text; going through that text is slow. Below 100,000 a decimal of 10 places that
 * gives back the same double is that text (both have at most 15 digits, and different decimals of 15 digits are different doubles). Nearly
 * every file has only such: its doubles are called SHORT and are cast without a question a line, and the survey, which comes first, asks
 * `areShort` of them in passing. Where it is not so, `withShortDoubles` looks at each column.
 */
export function takenAsShort(file: Readable, canonical: CanonicalOf): Readable {
  return called(file, new Set(amountsOf(file, canonical)));
}

/** Of a line: whether all that is called SHORT is. */
export function areShort({ columns }: Readable): string {
  const short = columns.filter(({ type }) => type === 'SHORT');
  const each = short.map(({ sql }) => `(${sql} is null or (${isShort(sql)}))`);
  return each.length === 0 ? 'true' : each.join(' and ');
}

/** Asks of each column by itself, in a pass of its own. */
export async function withShortDoubles(duck: Duck, file: Readable, canonical: CanonicalOf): Promise<Readable> {
  const amounts = amountsOf(file, canonical);
  if (amounts.length === 0) return file;
  const long = amounts.map(({ sql: amount }) => `coalesce(not (${isShort(amount)}), false)`);
  try {
    const [row] = await duck.rows(`select ${long.map((is) => `coalesce(bool_or(${is}), false)`).join(', ')} from ${file.from}`);
    return called(file, new Set(amounts.filter((_, index) => row?.[index] === 'false')));
  } catch (cause) {
    throw unreadable(file.path, 'it is damaged or cut off in the middle', cause);
  }
}

function amountsOf(file: Readable, canonical: CanonicalOf): readonly NamedColumn[] {
  const read = canonical(file);
  const sql = CANONICAL.map((column) => read[column]).join(' ');
  return file.columns.filter((column) => column.type === 'DOUBLE' && sql.includes(column.sql));
}

function called(file: Readable, short: ReadonlySet<NamedColumn>): Readable {
  return { ...file, columns: file.columns.map((column) => (short.has(column) ? { ...column, type: 'SHORT' } : column)) };
}

/**
 * Whole numbers below 10^15 and 10^10 are doubles, so their quotient is the double nearest to that decimal. No cast: it fails where it does not
 * fit, and DuckDB may try it before it asks for the bounds.
 */
export function isShort(amount: string): string {
  return `abs(${amount}) < 99999 and round(${amount} * 1e10) / 1e10 = ${amount}`;
}
