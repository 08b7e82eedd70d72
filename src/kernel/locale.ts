import { type DecimalString, Exact, plain } from './money.ts';

export const LOCALES = ['en', 'ja'] as const;
export type Locale = (typeof LOCALES)[number];

/** One text per language; a missing language does not compile. */
export type Localized<T = string> = Readonly<Record<Locale, T>>;

/** The first language of ours in an Accept-Language header (or a LANG value); English when there is none. */
export function preferredLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const q = rest.map((item) => /^\s*q=([\d.]+)$/.exec(item)?.[1]).find((value) => value !== undefined);
      return { tag: tag.toLowerCase(), quality: q === undefined ? 1 : Number(q) };
    })
    .filter((item) => item.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const found = LOCALES.find((locale) => tag === locale || tag.startsWith(`${locale}-`) || tag.startsWith(`${locale}_`));
    if (found) return found;
  }
  return 'en';
}

/** Decimals that the currency has: 2 for the dollar, 0 for the yen. */
export function fractionDigits(currency: string): number {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * A start and the amounts that lead from it, as they are printed in this currency: every sum on the way is rounded by itself and an amount is the
 * difference of two of them, so that a reader's own addition of what is printed is right, and start and end are.
 */
export function printedSteps(
  start: DecimalString,
  amounts: readonly DecimalString[],
  currency: string,
): { readonly start: DecimalString; readonly amounts: readonly DecimalString[] } {
  const digits = fractionDigits(currency);
  const rounded = (sum: Exact): Exact => sum.toDecimalPlaces(digits);
  let sum = new Exact(start);
  const shown = amounts.map((amount) => {
    const before = rounded(sum);
    sum = sum.plus(amount);
    return plain(rounded(sum).minus(before));
  });
  return { start: plain(rounded(new Exact(start))), amounts: shown };
}

/** Exact: Intl takes the decimal as a string, so no digit passes through a float. */
export function formatMoney(amount: DecimalString, currency: string, locale: Locale, decimals?: number): string {
  const digits = decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const text = new Exact(amount).toFixed() as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(locale === 'ja' ? 'ja-JP' : 'en-US', { style: 'currency', currency, ...digits }).format(text);
}
