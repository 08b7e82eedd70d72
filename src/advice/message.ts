import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney, type Locale, type Localized } from '../kernel/locale.ts';
import { exact, isPlainDecimal, plain } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import type { Evidence } from './detector.ts';

/** Evidence that holds money is a decimal string and says so in its name: "monthlyCost", "pricePerGb", "hourlyPrice", "supportFee". */
const MONEY_NAME = /cost|savings|price|spend|(fee|commitment)$/i;
/** A share, a count or a time beside money ("savingsPercent", "priceDays") is none. */
const NO_MONEY_NAME = /(percent|share|count|days|hours)$/i;
/** Prices of one unit need their small digits; monthly amounts do not. */
const UNIT_PRICE_NAME = /price|hourly|per(Hour|Gb|Unit|Iops)/i;
const UNKNOWN: Localized = { en: 'not known', ja: '不明' };
const YES: Localized = { en: 'yes', ja: 'はい' };
const NO: Localized = { en: 'no', ja: 'いいえ' };

const cache = new Map<string, IntlMessageFormat>();
const CACHE_SIZE = 5_000;

/** An ICU message filled with evidence: amounts in the currency, numbers in the reader's way, strangers' text on one line. */
export function fillMessage(message: string, evidence: Evidence, currency: string, locale: Locale): string {
  const compiled = compile(message, locale);
  const typed = typedPlaceholders(compiled.getAst());
  const values = Object.entries(evidence).map(([name, value]) => [
    name,
    typed.has(name) ? value : formatValue(name, value, currency, locale),
  ]);
  return String(compiled.format(Object.fromEntries(values)));
}

/** One piece of evidence as a reader sees it. */
export function formatValue(name: string, value: Evidence[string], currency: string, locale: Locale): string {
  if (value === null || value === undefined) return UNKNOWN[locale];
  if (typeof value === 'boolean') return value ? YES[locale] : NO[locale];
  const text = typeof value === 'number' ? plain(exact(value)) : value;
  if (!isPlainDecimal(text)) return oneLine(text);
  if (typeof value === 'string' && isMoney(name)) return formatMoney(text, currency, locale, decimalsOf(name, currency));
  return typeof value === 'number' || text.includes('.') ? formatNumber(text, locale) : text;
}

function isMoney(name: string): boolean {
  return MONEY_NAME.test(name) && !NO_MONEY_NAME.test(name);
}

function decimalsOf(name: string, currency: string): number | undefined {
  return UNIT_PRICE_NAME.test(name) && currency !== 'JPY' ? 4 : undefined;
}

function formatNumber(text: string, locale: Locale): string {
  const format = new Intl.NumberFormat(locale === 'ja' ? 'ja-JP' : 'en-US', { maximumFractionDigits: 2 });
  return format.format(text as Intl.StringNumericLiteral);
}

function compile(message: string, locale: Locale): IntlMessageFormat {
  const key = `${locale}\n${message}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const compiled = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  cache.set(key, compiled);
  return compiled;
}

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** Placeholders with a type of their own ({n, plural, …}, {x, number}) want the bare value. Type 0 is text, 1 a plain placeholder. */
function typedPlaceholders(elements: Elements): Set<string> {
  const typed = new Set<string>();
  for (const element of elements) {
    if (element.type > 1 && 'value' in element) typed.add(String(element.value));
    if (!('options' in element)) continue;
    for (const option of Object.values(element.options)) {
      for (const name of typedPlaceholders(option.value)) typed.add(name);
    }
  }
  return typed;
}
