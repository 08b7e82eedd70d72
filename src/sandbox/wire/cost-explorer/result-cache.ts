import type { CostCells } from './cost-cells.ts';

/** The last few answers, so that each further page of one need not add up the whole bill again. */
export class ResultCache {
  readonly #results = new Map<string, Promise<CostCells>>();

  get(key: string, make: () => Promise<CostCells>): Promise<CostCells> {
    const known = this.#results.get(key);
    if (known) return known;
    const result = make();
    this.#results.set(key, result);
    result.catch(() => this.#results.delete(key));
    const [oldest] = this.#results.keys();
    if (this.#results.size > KEPT && oldest !== undefined) this.#results.delete(oldest);
    return result;
  }
}

const KEPT = 3;
