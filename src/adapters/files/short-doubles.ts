import { CANONICAL, type Canonical } from './canonical.ts';
import type { Duck } from './duckdb.ts';
import type { Readable } from './readable.ts';
import { unreadable } from './unreadable.ts';

/**
 * A double means the decimal that was written, its shortest text; going through that text is slow. Below 100,000 a decimal of 10 places that
 * gives back the same double is that text (both have at most 15 digits, and different decimals of 15 digits are different doubles). Where
 * this holds for every amount of a file, its doubles are called SHORT and are cast without a question a line.
 */
export async function withShortDoubles(duck: Duck, file: Readable, canonical: (file: Readable) => Canonical): Promise<Readable> {
  const read = canonical(file);
  const sql = CANONICAL.map((column) => read[column]).join(' ');
  const amounts = file.columns.filter((column) => column.type === 'DOUBLE' && sql.includes(column.sql));
  if (amounts.length === 0) return file;
  const long = amounts.map(({ sql: amount }) => `coalesce(not (${isShort(amount)}), false)`);
  try {
    const [row] = await duck.rows(`select ${long.map((is) => `coalesce(bool_or(${is}), false)`).join(', ')} from ${file.from}`);
    const short = new Set(amounts.filter((_, index) => row?.[index] === 'false'));
    return { ...file, columns: file.columns.map((column) => (short.has(column) ? { ...column, type: 'SHORT' } : column)) };
  } catch (cause) {
    throw unreadable(file.path, 'it is damaged or cut off in the middle', cause);
  }
}

export function isShort(amount: string): string {
  return `${amount} between -99999 and 99999 and cast(cast(${amount} as decimal(15, 10)) as double) = ${amount}`;
}
