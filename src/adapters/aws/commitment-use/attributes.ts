import { isDay, type Period } from '../../../kernel/calendar.ts';
import { type DecimalString, exact, plain } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import { decimalOf, UnreadableFact } from '../decimals.ts';
import type { Attributes } from './schema.ts';

const bare = (name: string): string => name.toLowerCase().replaceAll('_', '');

/**
 * An attribute under any of its spellings: AWS writes "REGION" in one answer and "region" in the next. Null for none, and for AWS's words
 * for none ("NoRegion", "None").
 */
export function attributeOf(attributes: Attributes, ...names: readonly string[]): string | null {
  const wanted = new Set(names.map(bare));
  const value = Object.entries(attributes ?? {}).find(([name, text]) => wanted.has(bare(name)) && text)?.[1];
  return value && !/^(No[A-Z]\w+|None|null)$/.test(value) ? oneLine(value, 200) : null;
}

/** The days of a row; days alone, since we ask for no hours. */
export function periodOf({ Start, End }: { readonly Start: string; readonly End: string }): Period {
  const [start, end] = [Start.slice(0, 10), End.slice(0, 10)];
  if (!isDay(start) || !isDay(end) || start >= end) throw new UnreadableFact('days that can be read');
  return { start, end };
}

/** AWS's percentage, or where it gives none what it is: 0 of nothing. A share outside 0 to 100 is no share. */
export function percentOf(text: string | null | undefined, part: DecimalString, whole: DecimalString): DecimalString {
  const own = (): DecimalString => (exact(whole).isZero() ? '0' : plain(exact(part).mul(100).div(whole).toDecimalPlaces(10)));
  const percent = decimalOf(text) ?? own();
  if (exact(percent).lt(0) || exact(percent).gt('100.000001')) throw new UnreadableFact('a percentage between 0 and 100');
  return exact(percent).gt(100) ? '100' : percent;
}
