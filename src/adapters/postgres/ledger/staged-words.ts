import type { MeterParts } from '../../../operations/ports/ledger.ts';

/** Local numbers for the words of one window; 0 stands for "no account" and "no resource". */
export interface StagedWords {
  readonly meters: Map<string, { readonly n: number; readonly parts: MeterParts }>;
  readonly accounts: Map<string, number>;
  readonly resources: Map<string, number>;
}

export function numberOf(words: Map<string, number>, word: string | null): number {
  if (word === null || word === '') return 0;
  const text = word.toWellFormed();
  const known = words.get(text);
  if (known !== undefined) return known;
  words.set(text, words.size + 1);
  return words.size;
}

export function meterNumber(words: StagedWords, given: MeterParts): number {
  let key = '';
  for (const part of given) key += part === null ? '-' : `${part.length}:${part}`;
  const known = words.meters.get(key.toWellFormed());
  if (known !== undefined) return known.n;
  const n = words.meters.size + 1;
  words.meters.set(key.toWellFormed(), { n, parts: given });
  return n;
}
