import { Exact } from '../../../kernel/money.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import { type MeterCost, onDemandEquivalentMonthly, unitsMonthly } from '../../costing.ts';
import type { Evidence, Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** An answer that still lacks list prices: what to ask, and how to conclude. One value, so that asking and concluding cannot differ. */
export interface Priced<K extends string, E extends Evidence> {
  readonly kind: 'priced';
  readonly questions: Readonly<Record<K, PriceQuestion>>;
  readonly conclude: (prices: Readonly<Record<K, Exact>>) => Outcome<E>;
}

export function questionsOf<K extends string, E extends Evidence>(examined: Outcome<E> | Priced<K, E>): readonly PriceQuestion[] {
  return examined.kind === 'priced' ? Object.values<PriceQuestion>(examined.questions) : [];
}

export function concluded<K extends string, E extends Evidence>(
  examined: Outcome<E> | Priced<K, E>,
  view: SnapshotView,
): Outcome<E> {
  if (examined.kind !== 'priced') return examined;
  const missing = new Set<string>();
  const prices: Partial<Record<K, Exact>> = {};
  for (const name in examined.questions) {
    const answer = listPrice(examined.questions[name], view);
    if (typeof answer === 'string') missing.add(answer);
    else prices[name] = answer;
  }
  if (missing.size > 0) return { kind: 'unknown', missing: [...missing] };
  // Every question was answered above.
  return examined.conclude(prices as Record<K, Exact>);
}

/** The list price, or why there is none. A price of nothing is not believed. */
export function listPrice(question: PriceQuestion, view: SnapshotView): Exact | string {
  const answer = view.price(question);
  if (answer === undefined) return 'prices.notAsked';
  if (answer.kind !== 'price') return `prices.${answer.kind}`;
  const amount = new Exact(answer.amountPerUnit);
  return amount.gt(0) ? amount : 'prices.notFound';
}

/** Rounding, and days on which a price changed. */
const TOLERANCE = 1.05;

/**
 * The bill charges more an hour than the list price that we hold against it, which no discount explains: it is another product (Windows read
 * as Linux from a side line, SQL Server, a dedicated host). Compared only where both are AWS's own US dollars.
 */
export function isAboveList(costs: readonly MeterCost[], listHourly: Exact, { snapshot }: SnapshotView): boolean {
  const hours = unitsMonthly(costs);
  if (snapshot.priceView !== 'awsBilled' || snapshot.currency !== 'USD' || hours.lte(0)) return false;
  return onDemandEquivalentMonthly(costs).div(hours).gt(listHourly.mul(TOLERANCE));
}
