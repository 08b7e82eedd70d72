/** A whole number of 10^-`decimals` as a plain decimal without trailing zeros: Cost Explorer writes "0", "3.3", "0.0551724144". */
export function amountText(value: bigint, decimals = 10): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits.slice(0, -decimals)}${fraction && `.${fraction}`}`;
}

/** The inverse for amounts that people write: at most 10 decimals. */
export function tenBillionthsOf(text: string): bigint {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a decimal with at most 10 decimals`);
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole + fraction.padEnd(10, '0'));
  return sign ? -value : value;
}
