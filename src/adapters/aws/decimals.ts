import { type DecimalString, Exact, plain } from '../../kernel/money.ts';

/** Numbers as text, now and then with the tail of a float ("0.6960000000000001") or in exponent form. */
const NUMBER = /^-?\d{1,20}(\.\d{1,40})?([eE][+-]?\d{1,2})?$/;
/** The sandbox and Cost Explorer's own answers have no more that means anything. */
const DECIMALS = 10;

/** Null where AWS says nothing, or no number. */
export function decimalOf(text: string | null | undefined): DecimalString | null {
  const trimmed = text?.trim() ?? '';
  return NUMBER.test(trimmed) ? plain(new Exact(trimmed).toDecimalPlaces(DECIMALS)) : null;
}

/** A row that lacks what it is about: it is counted and left out, the others land. */
export class UnreadableFact extends Error {}

export function neededDecimal(text: string | null | undefined, what: string): DecimalString {
  const value = decimalOf(text);
  if (value === null) throw new UnreadableFact(`no ${what}`);
  return value;
}

/** Reads each row by itself. What cannot be read is counted with its first reason. */
export function readRows<Row, Result>(
  rows: readonly Row[],
  read: (row: Row) => Result,
): { readonly results: Result[]; readonly unread: readonly string[] } {
  const results: Result[] = [];
  const unread: string[] = [];
  for (const row of rows) {
    try {
      results.push(read(row));
    } catch (error) {
      if (!(error instanceof UnreadableFact)) throw error;
      unread.push(error.message);
    }
  }
  return { results, unread };
}
