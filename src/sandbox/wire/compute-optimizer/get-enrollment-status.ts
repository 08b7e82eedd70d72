import { dayNumber, firstDay, monthOf } from '../../../kernel/calendar.ts';
import type { Operation } from '../world.ts';

/** Whether the caller's account has opted in. A standing `optInRequired` fault is an account that has not. */
export const getEnrollmentStatus: Operation = (_given, caller, { estate, faults }) => {
  const refuses = (accountId: string): boolean =>
    faults.stands('optInRequired', {
      service: 'compute-optimizer',
      operation: 'GetEnrollmentStatus',
      accountId,
      regionId: caller.regionId,
    });
  const lastUpdatedTimestamp = dayNumber(firstDay(monthOf(estate.asOf))) * 86_400;
  if (refuses(caller.accountId)) return { status: 'Inactive', memberAccountsEnrolled: false, lastUpdatedTimestamp };
  const members = estate.accounts.filter(({ accountId, isPayer }) => !isPayer && !refuses(accountId));
  return {
    status: 'Active',
    memberAccountsEnrolled: true,
    lastUpdatedTimestamp,
    numberOfMemberAccountsOptedIn: members.length,
  };
};
