import { exact } from '../../../kernel/money.ts';
import type { AccountSpend } from '../../ports/pull-state.ts';

/** The part of the cost that detail is asked for when money is short. */
const DEAREST_SHARE = '0.95';

/** The fewest accounts that make 95 % of the cost; `share` is their part of the number of accounts. */
export function dearestAccounts(spend: readonly AccountSpend[]): {
  readonly accountIds: readonly string[];
  readonly rest: readonly string[];
  readonly share: number;
} {
  const ordered = spend.toSorted(
    (a, b) => exact(b.effectiveCost).comparedTo(a.effectiveCost) || (a.accountId < b.accountId ? -1 : 1),
  );
  const total = ordered.reduce((sum, item) => sum.plus(item.effectiveCost), exact('0'));
  const accountIds: string[] = [];
  let sum = exact('0');
  for (const { accountId, effectiveCost } of ordered) {
    if (sum.gte(total.mul(DEAREST_SHARE))) break;
    sum = sum.plus(effectiveCost);
    accountIds.push(accountId);
  }
  const rest = ordered.slice(accountIds.length).map((item) => item.accountId);
  return { accountIds, rest, share: ordered.length === 0 ? 1 : accountIds.length / ordered.length };
}
