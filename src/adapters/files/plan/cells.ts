import { Exact, exact, isPlainDecimal, plain } from '../../../kernel/money.ts';
import { amountOf } from '../statement/yen.ts';
import { comparable, type PlanColumn } from './columns.ts';

/** A cell as it stands in a file: text, or a number of which the file keeps no more than a spreadsheet shows. */
export type Cell = string | number;

const TRUE_WORDS = new Set(['true', 'yes', 'はい', '有', 'あり', '○', '◯', '税込']);
const FALSE_WORDS = new Set(['false', 'no', 'いいえ', '無', 'なし', '×', '税抜', '税別']);
/** A spreadsheet keeps 15 digits of a number (Excel specifications and limits, read 2026-11); a plan ten decimals. */
const SPREADSHEET_DIGITS = 15;
const PLAN_DECIMALS = 10;

/**
 * What a cell means in its column, in the form that a plan as JSON has. What cannot be read stays as it is: the plan's own check refuses it,
 * and names the cell.
 */
export function meaningOf(cell: Cell, { kind, words }: PlanColumn): unknown {
  const text = textOf(cell);
  if (kind === 'amount') return decimalOf(text) ?? text;
  if (kind === 'share') return shareOf(text) ?? text;
  if (kind === 'percent') return decimalOf(text.replace(/[%％]\s*$/, '')) ?? text;
  if (kind === 'count') return /^\d{1,5}$/.test(comparable(text)) ? Number(comparable(text)) : text;
  if (kind === 'day') return dayOf(text) ?? text;
  if (kind === 'truth') return truthOf(text) ?? text;
  if (kind === 'word') return wordOf(text, words ?? {}) ?? text;
  if (kind === 'accounts')
    return text
      .normalize('NFKC')
      .split(/[\s,;、]+/)
      .filter((item) => item !== '');
  if (kind === 'list') return partsOf(text, ';').map(unescaped);
  if (kind === 'tags') return partsOf(text, ';').map(tagOf);
  return text.trim();
}

/** The other way: what `meaningOf` takes back to the same. */
export function cellOf(value: unknown, { kind, words }: PlanColumn, language: 'en' | 'ja'): string {
  if (value === null || value === undefined) return '';
  if (kind === 'accounts') return (value as readonly string[]).join('; ');
  if (kind === 'list') return (value as readonly string[]).map((item) => escaped(item, /[\\;\n]/g)).join('; ');
  if (kind === 'tags')
    return (value as readonly { readonly key: string; readonly value: string }[])
      .map((tag) => `${escaped(tag.key, /[\\;=\n]/g)}=${escaped(tag.value, /[\\;\n]/g)}`)
      .join('; ');
  if (kind === 'word' && language === 'ja') return words?.[String(value)] ?? String(value);
  if (kind === 'truth' && language === 'ja') return value === true ? 'はい' : 'いいえ';
  return String(value);
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || textOf(cell).trim() === '';
}

export function textOf(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  const shown = new Exact(cell.toPrecision(SPREADSHEET_DIGITS));
  const kept = shown.toDecimalPlaces(PLAN_DECIMALS);
  return plain(kept.isZero() ? shown : kept);
}

function decimalOf(text: string): string | null {
  const trimmed = text.normalize('NFKC').trim();
  return isPlainDecimal(trimmed) ? trimmed : amountOf(text);
}

function shareOf(text: string): string | null {
  const percent = /^(.*)%$/.exec(text.normalize('NFKC').trim());
  if (!percent) return decimalOf(text);
  const value = decimalOf(percent[1] ?? '');
  return value === null ? null : plain(exact(value).div(100));
}

function dayOf(text: string): string | null {
  const [, year, month = '', day = ''] =
    /^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/.exec(text.normalize('NFKC').replaceAll(/\s/g, '')) ?? [];
  return year === undefined ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function truthOf(text: string): boolean | null {
  const word = comparable(text);
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : null;
}

function wordOf(text: string, words: Readonly<Record<string, string>>): string | null {
  const wanted = comparable(text);
  const found = Object.entries(words).find(([own, japanese]) => comparable(own) === wanted || comparable(japanese) === wanted);
  return found?.[0] ?? null;
}

/** Split where the mark stands without a backslash before it; a line end of a cell separates, too. */
function partsOf(text: string, mark: string): readonly string[] {
  const parts = text.match(new RegExp(`(?:\\\\[\\s\\S]|[^\\\\${mark}\\n])+`, 'g')) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Without "=" it stays a text, which no tag is. */
function tagOf(text: string): unknown {
  const [, key, value] = /^((?:\\[\s\S]|[^\\=])+)=([\s\S]*)$/.exec(text) ?? [];
  return key === undefined || value === undefined ? text : { key: unescaped(key).trim(), value: unescaped(value).trim() };
}

function escaped(text: string, marks: RegExp): string {
  return text.replaceAll(marks, '\\$&');
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, '$1');
}
