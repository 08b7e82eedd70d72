import type { Service } from './services.ts';

/** What was asked so far. Only successful requests count, each page is one: so does AWS bill. */
export interface RequestCount {
  readonly service: string;
  readonly operation: string;
  readonly pages: number;
  readonly refused: number;
  /** US dollars: Cost Explorer asks 0.01 a page, the others nothing. */
  readonly requestCost: string;
}

export class RequestCounter {
  readonly #counts = new Map<string, { service: Service; operation: string; pages: number; refused: number }>();

  count(service: Service, operation: string, answered: boolean): void {
    const key = `${service.id} ${operation}`;
    const entry = this.#counts.get(key) ?? { service, operation, pages: 0, refused: 0 };
    this.#counts.set(key, entry);
    if (answered) entry.pages++;
    else entry.refused++;
  }

  all(): RequestCount[] {
    return [...this.#counts.values()]
      .map(({ service, operation, pages, refused }) => {
        const cents = pages * service.requestCents;
        const requestCost = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        return { service: service.id, operation, pages, refused, requestCost };
      })
      .sort((a, b) => (`${a.service} ${a.operation}` < `${b.service} ${b.operation}` ? -1 : 1));
  }
}
