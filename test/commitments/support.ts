import type { HourlyUsage } from '../../src/commitments/usage.ts';

/** Numbers from 0 to 1, the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function aUsage(families: number, hours: number, costOf: (family: number, hour: number) => number): HourlyUsage {
  const onDemandCost = Float64Array.from({ length: families * hours }, (_, at) => costOf(Math.floor(at / hours), at % hours));
  return { families: Array.from({ length: families }, (_, family) => `family ${family}`), hours, onDemandCost };
}

/** How usage goes after a migration: independent, all alike, or moving from one family to the next. */
export function someUsage(random: () => number, families: number, hours: number, kind: number): HourlyUsage {
  const base = Array.from({ length: hours }, random);
  return aUsage(families, hours, (family, hour) => {
    if (kind % 3 === 0) return random() * 10;
    if (kind % 3 === 1) return (base[hour] as number) * (1 + family) * 5 + 1;
    const isTurn = hour / hours >= family / families && hour / hours < (family + 1) / families;
    return (isTurn ? 8 : 1) + random();
  });
}
