import { Decimal } from 'decimal.js';

/** Exact decimal arithmetic: 40 significant digits, plain notation. Bill lines carry at most 12 decimals. */
export const Exact = Decimal.clone({ precision: 40, toExpNeg: -40, toExpPos: 40, rounding: Decimal.ROUND_HALF_UP });
export type Exact = Decimal;

/** A decimal written out, never in exponent form: "-12.340000". What travels through JSON, SQL and COPY. */
export type DecimalString = string;

const PLAIN_DECIMAL = /^-?\d{1,20}(\.\d{1,18})?$/;

export function isPlainDecimal(text: string): boolean {
  return PLAIN_DECIMAL.test(text);
}

export function exact(value: DecimalString | number | bigint | Exact): Exact {
  return new Exact(typeof value === 'bigint' ? value.toString() : value);
}

export function plain(value: Exact): DecimalString {
  return value.isZero() ? '0' : value.toFixed();
}

export function sumExact(values: Iterable<DecimalString | Exact>): Exact {
  let total = new Exact(0);
  for (const value of values) total = total.plus(value);
  return total;
}

/** Rounds half away from zero to cents (or `decimals`), always written with that many decimals. */
export function rounded(value: DecimalString | Exact, decimals = 2): DecimalString {
  const text = exact(value).toFixed(decimals);
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

/** A difference of two totals below this is a rounding of the source's, in any currency. */
export const HALF_A_CENT: Exact = new Exact('0.005');

/** AWS states monthly figures on 730 hours (365 * 24 / 12): Compute Optimizer and Cost Optimization Hub guides, read 2026-11. */
export const HOURS_PER_MONTH = 730;
