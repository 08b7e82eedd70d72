import { fingerprint } from '../../kernel/fingerprint.ts';

/** Chance that is the same for the same key, on every machine and in any order of asking. */
export interface Dice {
  /** 0 <= x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
}

export function diceOf(...key: readonly (string | number)[]): Dice {
  let state = Number.parseInt(fingerprint(...key.map(String)).slice(0, 8), 16);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return mixed(state) / 0x1_0000_0000;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

/** -1000..1000 for one thing on one day, quick enough for a million lines. */
export function dailyNoise(salt: number, dayNumber: number): number {
  return (mixed((salt ^ Math.imul(dayNumber, 0x9e3779b1)) | 0) % 2001) - 1000;
}

/** The finaliser of MurmurHash3: spreads 32 bits evenly. */
function mixed(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
