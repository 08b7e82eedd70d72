import { dayNumber, firstDay, monthOf } from '../../../kernel/calendar.ts';
import type { Operation } from '../world.ts';

/** Who takes part. A standing `hubNotEnrolled` fault is an account that does not; the payer's stands for all. */
export const listEnrollmentStatuses: Operation = (given, caller, { estate, faults, payerAccountId }) => {
  const { includeOrganizationInfo } = given as { includeOrganizationInfo?: boolean };
  const meeting = { service: 'cost-optimization-hub', operation: 'ListRecommendations', regionId: caller.regionId };
  const isOff = (accountId: string): boolean => faults.stands('hubNotEnrolled', { ...meeting, accountId });
  const since = dayNumber(firstDay(monthOf(estate.asOf))) * 86_400;
  const isWhole = includeOrganizationInfo === true && caller.accountId === payerAccountId;
  const accounts = isWhole ? estate.accounts.map(({ accountId }) => accountId) : [caller.accountId];
  return {
    items: accounts.map((accountId) => ({
      accountId,
      status: isOff(payerAccountId) || isOff(accountId) ? 'Inactive' : 'Active',
      lastUpdatedTimestamp: since,
      createdTimestamp: since,
    })),
    ...(isWhole && { includeMemberAccounts: !isOff(payerAccountId) }),
  };
};

export const getPreferences: Operation = () => ({
  savingsEstimationMode: 'AfterDiscounts',
  memberAccountDiscountVisibility: 'All',
  preferredCommitment: { term: 'OneYear', paymentOption: 'NoUpfront' },
});
