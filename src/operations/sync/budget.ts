import { AdvisorError } from '../../kernel/failure.ts';
import { type DecimalString, type Exact, exact, plain } from '../../kernel/money.ts';

/**
 * US dollars that asking may cost a connection and UTC day, after the first load. A daily pull is some 25 to 40 pages at $0.01, so this
 * leaves room for large answers and for a run or two again, and stops a loop before anybody notices it on the bill.
 */
export const DAILY_BUDGET: DecimalString = '5.00';

/** What a connection may still spend today. */
export class Budget {
  readonly #limit: Exact;
  readonly #connectionName: string;
  #spent: Exact;

  constructor(connectionName: string, limit: DecimalString, spent: DecimalString) {
    this.#connectionName = connectionName;
    this.#limit = exact(limit);
    this.#spent = exact(spent);
  }

  spend(cost: DecimalString): void {
    this.#spent = this.#spent.plus(cost);
  }

  /** BUDGET_REACHED: asked before each page, so that the limit is never passed by more than a part of one page's price. */
  refuseWhenSpent(): void {
    if (this.#spent.lt(this.#limit)) return;
    throw new AdvisorError(
      'BUDGET_REACHED',
      `Today's budget of $${plain(this.#limit)} for questions to AWS is spent on connection "${this.#connectionName}"`,
      'Run the sync again tomorrow (UTC), or give it a larger daily budget. The figures of the last good run are unchanged.',
    );
  }
}
