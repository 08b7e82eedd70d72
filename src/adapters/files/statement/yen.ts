const SIGNS = /[¥￥\\$円]/g;
const PLAIN = /^\d{1,15}(\.\d{1,6})?$/;
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d{1,6})?$/;

/**
 * An amount as a Japanese statement writes it: full-width digits, yen signs, thousands with commas, negative by △, ▲, a minus of any width or
 * parentheses. Null where it is none, as "1,23" or "別途".
 */
export function amountOf(cell: string): string | null {
  const text = cell.normalize('NFKC').replaceAll(/\s/g, '').replaceAll(SIGNS, '');
  const bracketed = /^\((.+)\)$/.exec(text);
  const signed = /^[-−‐–▲△](.+)$/.exec(bracketed?.[1] ?? text);
  if (bracketed && signed) return null;
  const digits = signed?.[1] ?? bracketed?.[1] ?? text;
  if (!PLAIN.test(digits) && !GROUPED.test(digits)) return null;
  const value = digits.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const isZero = /^0(\.0*)?$/.test(value);
  return isZero ? '0' : `${bracketed || signed ? '-' : ''}${value}`;
}

/** "2026年9月", "2026-09", "2026/9", "202609": a month with its year. "9月" alone: the first one from `firstMonth` on. */
export function monthOfText(cell: string, firstMonth: string | null = null): string | null {
  const text = cell.normalize('NFKC').replaceAll(/\s/g, '');
  const full = /(\d{4})(?:年|[-/.])?(\d{1,2})(?:月|\D|$)/.exec(text);
  if (full) return monthText(Number(full[1]), Number(full[2]));
  const alone = /(?:^|\D)(\d{1,2})月/.exec(text);
  if (!alone || firstMonth === null) return null;
  const [year = 0, first = 0] = firstMonth.split('-').map(Number);
  const month = Number(alone[1]);
  return monthText(month >= first ? year : year + 1, month);
}

function monthText(year: number, month: number): string | null {
  if (year < 2006 || year > 2099 || month < 1 || month > 12) return null;
  return `${year}-${String(month).padStart(2, '0')}`;
}
