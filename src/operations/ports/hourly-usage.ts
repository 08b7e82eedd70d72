import type { Period } from '../../kernel/calendar.ts';
import type { HourlyUsage, HourlyUsageDay } from '../../ledger/hourly-usage.ts';
import type { TenantScope } from '../scope.ts';

/** On-demand usage by the hour that commitments could cover, kept beyond the two weeks that AWS keeps it. */
export interface HourlyUsageStore {
  /**
   * Replaces what this connection said of the window's days and of these services, split by account assignment like the charges. In one
   * transaction; CONFLICT when the run was taken over.
   */
  replace(
    scope: TenantScope,
    input: {
      readonly connectionId: string;
      readonly runId: string;
      readonly serviceNames: readonly string[];
      readonly window: Period;
      readonly usage: readonly HourlyUsageDay[];
    },
  ): Promise<{ readonly rows: number; readonly tenants: number }>;
  /** The tenant's own, by day, account, service and usage type. An account that two connections saw is told by the newer one. */
  read(scope: TenantScope, period: Period): Promise<HourlyUsage>;
}
