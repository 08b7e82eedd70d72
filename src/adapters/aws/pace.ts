import { setTimeout as sleepFor } from 'node:timers/promises';

/** Resolves when the next request of `key` may go out. */
export type Pace = (key: string) => Promise<void>;

interface PaceSettings {
  readonly perSecond: number;
  /** So many may go at once after a rest. */
  readonly burst: number;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** A token bucket per key: each caller takes a turn in the order of asking. */
export function pace({ perSecond, burst, now = () => performance.now(), sleep = sleepFor }: PaceSettings): Pace {
  const gap = 1000 / perSecond;
  const nextTurn = new Map<string, number>();
  return async (key) => {
    const time = now();
    const turn = Math.max(nextTurn.get(key) ?? -Infinity, time - gap * (burst - 1));
    nextTurn.set(key, turn + gap);
    if (turn > time) await sleep(turn - time);
  };
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
