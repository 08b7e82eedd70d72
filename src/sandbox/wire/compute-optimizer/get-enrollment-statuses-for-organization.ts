import { dayNumber, firstDay, monthOf } from '../../../kernel/calendar.ts';
import { Refusal } from '../refusal.ts';
import type { Operation } from '../world.ts';
import { filtered, pageOf, readQuestion } from './question.ts';

/** Whether each account of the organisation has opted in; the management account alone may ask. A standing `optInRequired` is one that has not. */
export const getEnrollmentStatusesForOrganization: Operation = (given, caller, world) => {
  const question = readQuestion('GetEnrollmentStatusesForOrganization', given, caller, world);
  const { estate, faults, payerAccountId } = world;
  if (caller.accountId !== payerAccountId)
    throw new Refusal('AccessDeniedException', 'Only the management account or a delegated administrator may ask for this.');
  const lastUpdatedTimestamp = dayNumber(firstDay(monthOf(estate.asOf))) * 86_400;
  const meeting = { service: 'compute-optimizer', operation: 'GetEnrollmentStatus', regionId: caller.regionId };
  const statuses = estate.accounts.map(({ accountId }) => {
    const isOff = faults.stands('optInRequired', { ...meeting, accountId });
    return { accountId, status: isOff ? 'Inactive' : 'Active', lastUpdatedTimestamp };
  });
  const { page, rest } = pageOf(question, filtered(statuses, question, { Status: ({ status }) => [status] }), [], world);
  return { accountEnrollmentStatuses: page, ...(rest.nextToken !== undefined && { nextToken: rest.nextToken }) };
};
