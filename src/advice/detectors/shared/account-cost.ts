import { daysIn } from '../../../kernel/calendar.ts';
import { Exact, sumExact } from '../../../kernel/money.ts';
import { DAYS_PER_MONTH, settled } from '../../costing.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** runningCost of one account as a month of 730 h. */
export function accountMonthly(accountId: string, { snapshot }: SnapshotView): Exact {
  const days = daysIn(snapshot.spendWindow);
  const own = snapshot.accounts.filter((account) => account.accountId === accountId).map((account) => account.runningCost);
  return days === 0 ? new Exact(0) : settled(sumExact(own).div(days).mul(DAYS_PER_MONTH));
}
