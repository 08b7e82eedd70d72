import type { Period } from '../../../kernel/calendar.ts';
import { type Exact, exact, plain } from '../../../kernel/money.ts';
import type { Bill } from '../cost-explorer/bill.ts';
import type { Series } from '../cost-explorer/charge-table.ts';
import { addUp } from '../cost-explorer/cost-cells.ts';
import type { Reader } from '../cost-explorer/dimensions.ts';
import { requestIdentity } from '../page-token.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, World } from '../world.ts';

/** Lines of the bill added up: one for each part of the period and each combination of keys that was active in it. */
export interface Sum {
  readonly part: number;
  readonly keys: readonly string[];
  readonly unblended: Exact;
  readonly amortized: Exact;
  readonly hours: Exact;
  /** Normalized units of instances. */
  readonly units: Exact;
}

export function sumsOf(
  bill: Bill,
  parts: readonly Period[],
  groupBy: readonly Reader[],
  accepts: (series: Series) => boolean,
): Sum[] {
  const cells = addUp(bill.table, bill.overlay, {
    periods: parts,
    metrics: ['UnblendedCost', 'AmortizedCost', 'UsageQuantity', 'NormalizedUsageAmount'],
    groupBy,
    accepts: (series) => bill.mayRead(series) && accepts(series),
  });
  return Array.from(cells.cells, (cell) => {
    const metrics = cells.metricsOf(cell);
    const amount = (metric: string): Exact => exact(metrics[metric]?.Amount ?? '0');
    return {
      part: cells.periodOf(cell),
      keys: cells.keysOf(cell),
      unblended: amount('UnblendedCost'),
      amortized: amount('AmortizedCost'),
      hours: amount('UsageQuantity'),
      units: amount('NormalizedUsageAmount'),
    };
  });
}

export function total(sums: readonly Sum[], of: (sum: Sum) => Exact): Exact {
  return sums.reduce((sum, item) => sum.plus(of(item)), exact(0));
}

/** As Cost Explorer writes amounts: plain, at most ten decimals. */
export function text(amount: Exact): string {
  return plain(amount.toDecimalPlaces(10));
}

/** Nothing of nothing is 0 percent. */
export function percent(part: Exact, whole: Exact): string {
  return whole.isZero() ? '0' : text(part.mul(100).div(whole));
}

/** One page of a list under a token that is bound to the question. */
export function commitmentPage<T>(
  operation: string,
  all: readonly T[],
  input: object,
  paging: { readonly token: string | undefined; readonly size: number },
  caller: Caller,
  { tokens }: World,
): { readonly page: readonly T[]; readonly nextToken: string | undefined } {
  const identity = requestIdentity(operation, caller.accountId, '', input);
  const place = paging.token ? tokens.read(identity, paging.token) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw new Refusal('InvalidNextTokenException', 'Invalid page token');
  const end = place.offset + paging.size;
  const nextToken = end < all.length ? tokens.issue(identity, { offset: end, afterEmptyPage: false }) : undefined;
  return { page: all.slice(place.offset, end), nextToken };
}
