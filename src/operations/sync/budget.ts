import { AdvisorError } from '../../kernel/failure.ts';
import { type DecimalString, type Exact, exact, plain } from '../../kernel/money.ts';

/**
 * US dollars that asking may cost a connection and UTC day, after the first load. A daily pull is two pages at $0.01 for a small
 * company, so this leaves room for large answers, and stops a loop before anybody notices it on the bill.
 */
export const DAILY_BUDGET: DecimalString = '5.00';

/** Told of each page that is bought, and asked before it. */
export type Spending = Pick<Budget, 'spend' | 'refuseWhenSpent'>;

/** What a connection may still spend today. */
export class Budget {
  readonly #limit: Exact;
  readonly #connectionName: string;
  readonly #spentAtStart: Exact;
  #spent: Exact;

  constructor(connectionName: string, limit: DecimalString, spent: DecimalString) {
    this.#connectionName = connectionName;
    this.#limit = exact(limit);
    this.#spent = exact(spent);
    this.#spentAtStart = this.#spent;
  }

  /** What a plan of this sync may cost in all. */
  get leftAtStart(): DecimalString {
    const left = this.#limit.minus(this.#spentAtStart);
    return left.isNegative() ? '0' : plain(left);
  }

  spend(cost: DecimalString): void {
    this.#spent = this.#spent.plus(cost);
  }

  /** BUDGET_REACHED: asked before each page, so that the limit is never passed by more than a part of one page's price. */
  refuseWhenSpent(): void {
    if (this.#spent.gte(this.#limit)) this.refuse();
  }

  /** For a first load and the pull of a month at its close: counted, and stopped by nothing. */
  get unlimited(): Spending {
    return { spend: (cost) => this.spend(cost), refuseWhenSpent: () => {} };
  }

  /** What is left does not suffice. */
  refuse(): never {
    throw new AdvisorError(
      'BUDGET_REACHED',
      `Today's budget of $${plain(this.#limit)} for questions to AWS does not suffice for more on connection "${this.#connectionName}"`,
      'Run the sync again tomorrow (UTC), or give it a larger daily budget. The figures of the last good run are unchanged.',
    );
  }
}
