import type { Language } from './words.ts';

const LOCALE = { en: 'en-US', ja: 'ja-JP' } as const;

/** The decimal goes in as text, so that no digit passes through a float. */
export function money(amount: string, currency: string, language: Language, decimals?: number): string {
  const digits = decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(LOCALE[language], { style: 'currency', currency, ...digits }).format(
    amount as Intl.StringNumericLiteral,
  );
}

/** Short, for an axis or a headline: "$123K", "$12.3万". */
export function shortMoney(amount: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(amount);
}

export function percent(share: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function monthName(month: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** The exact sum of decimal texts, in whole 1e-18 units. */
export function sumOf(amounts: readonly string[]): string {
  const SCALE = 18;
  const total = amounts.reduce((sum, amount) => sum + scaled(amount, SCALE), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(SCALE + 1, '0');
  const text = `${total < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
  return text.replace(/\.?0+$/, '') || '0';
}

function scaled(amount: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
  return amount.startsWith('-') ? -value : value;
}
