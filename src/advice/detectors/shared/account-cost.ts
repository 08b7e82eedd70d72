import { daysIn } from '../../../kernel/calendar.ts';
import { Exact, sumExact } from '../../../kernel/money.ts';
import { DAYS_PER_MONTH, settled } from '../../costing.ts';
import { sharingGroupOf } from '../../sharing-group.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** runningCost of one account as a month of 730 h. */
export function accountMonthly(accountId: string, { snapshot }: SnapshotView): Exact {
  return monthly(
    snapshot.accounts.filter((account) => account.accountId === accountId).map((account) => account.runningCost),
    daysIn(snapshot.spendWindow),
  );
}

/** Of all accounts that share commitments with it: those of one payer. */
export function groupMonthly(group: string, view: SnapshotView): Exact {
  const members = view.snapshot.accounts.filter(({ accountId }) => sharingGroupOf(accountId, view) === group);
  return monthly(
    members.map((account) => account.runningCost),
    daysIn(view.snapshot.spendWindow),
  );
}

function monthly(costs: readonly string[], days: number): Exact {
  return days === 0 ? new Exact(0) : settled(sumExact(costs).div(days).mul(DAYS_PER_MONTH));
}
