import { contains, type Day, type Period } from '../kernel/calendar.ts';

/** Which tenant an account belongs to on which days, and which connection is its one authoritative source. */
export interface AccountAssignment {
  readonly accountId: string;
  readonly tenantId: string;
  readonly connectionId: string;
  readonly period: Period;
}

/**
 * The tenant that owns an account's charges on a day. Null: nobody (the operator's `unassigned`). A charge that arrives over another
 * connection than the authoritative one is not this tenant's: it would be counted twice.
 */
export function tenantOf(assignments: readonly AccountAssignment[], accountId: string, day: Day): AccountAssignment | null {
  return assignments.find((item) => item.accountId === accountId && contains(item.period, day)) ?? null;
}
