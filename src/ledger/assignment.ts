import type { Period } from '../kernel/calendar.ts';

/** Which tenant an account belongs to on which days, and which connection is its one authoritative source. */
export interface AccountAssignment {
  readonly accountId: string;
  readonly tenantId: string;
  readonly connectionId: string;
  readonly period: Period;
}
