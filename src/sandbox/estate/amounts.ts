import type { DecimalString } from '../../kernel/money.ts';
import type { TenBillionths } from './types.ts';

/** One dollar, one hour, one GB: in the sandbox's whole 1e-10 units. */
export const ONE: TenBillionths = 10_000_000_000n;
const DIGITS = 10;

/** Reads a plain decimal exactly; more than ten decimals are refused, since the sandbox could not keep them. */
export function units(text: DecimalString): TenBillionths {
  const match = /^(-?)(\d+)(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a decimal with at most ten decimals`);
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole + fraction.padEnd(DIGITS, '0'));
  return sign === '-' ? -value : value;
}

/** The inverse of `units`, without trailing zeros: 1920000000n is "0.192". */
export function decimal(value: TenBillionths): DecimalString {
  const digits = (value < 0n ? -value : value).toString().padStart(DIGITS + 1, '0');
  const text = `${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`.replace(/\.?0+$/, '');
  return value < 0n ? `-${text}` : text;
}

/** What `quantity` costs at `rate` a unit, both in 1e-10 units; rounded down to a whole one. */
export function costOf(quantity: TenBillionths, rate: TenBillionths): TenBillionths {
  return (quantity * rate) / ONE;
}
