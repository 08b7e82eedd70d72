/** What an answer is of. Two answers with the same stamp are the same. */
export interface AnswerStamp {
  readonly tenantId: string;
  /** Changes whenever anything changes that the answer was made from. */
  readonly version: string;
  /** The question. */
  readonly question: string;
}

interface Kept<T> {
  readonly stamp: AnswerStamp;
  readonly answer: Promise<T>;
  /** Null while it is still being made. */
  weight: number | null;
}

/**
 * Answers that take long, kept as long as they are true: those of an older version of the same tenant go at once, and the one that nobody asked
 * for longest goes when all together weigh too much. Who asks while an answer is being made waits for that one.
 */
export class KeptAnswers<T> {
  /** The one that was asked for last stands last. */
  readonly #kept = new Map<string, Kept<T>>();
  readonly #mostWeight: number;
  readonly #weigh: (answer: T) => number;

  constructor(limits: { readonly mostWeight: number; readonly weigh: (answer: T) => number }) {
    this.#mostWeight = limits.mostWeight;
    this.#weigh = limits.weigh;
  }

  get(stamp: AnswerStamp, make: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([stamp.tenantId, stamp.version, stamp.question]);
    const found = this.#kept.get(key);
    if (found) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
      return found.answer;
    }
    this.#forgetOlder(stamp);
    const kept: Kept<T> = { stamp, answer: make(), weight: null };
    this.#kept.set(key, kept);
    void this.#settle(key, kept);
    return kept.answer;
  }

  async #settle(key: string, kept: Kept<T>): Promise<void> {
    try {
      kept.weight = this.#weigh(await kept.answer);
      if (kept.weight > this.#mostWeight) this.#forget(key, kept);
      else this.#makeRoom();
    } catch {
      // Whoever asked is told by the promise itself; the next one asks anew.
      this.#forget(key, kept);
    }
  }

  #forget(key: string, kept: Kept<T>): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
  }

  #forgetOlder({ tenantId, version }: AnswerStamp): void {
    for (const [key, { stamp }] of this.#kept) {
      if (stamp.tenantId === tenantId && stamp.version !== version) this.#kept.delete(key);
    }
  }

  #makeRoom(): void {
    let weight = [...this.#kept.values()].reduce((sum, kept) => sum + (kept.weight ?? 0), 0);
    for (const [key, kept] of this.#kept) {
      if (weight <= this.#mostWeight) return;
      if (kept.weight === null) continue;
      this.#kept.delete(key);
      weight -= kept.weight;
    }
  }
}
