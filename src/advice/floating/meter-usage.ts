import type { Day } from '../../kernel/calendar.ts';
import { type Exact, exact } from '../../kernel/money.ts';
import type { UsageLine } from '../../ledger/resource.ts';

/** One usage type of one resource over its recent days. */
export interface MeterUsage {
  readonly accountId: string;
  readonly serviceName: string;
  readonly regionId: string;
  readonly meterKind: string;
  readonly operation: string | null;
  /** A day at rest is left out. */
  readonly days: readonly UsageDay[];
}

export interface UsageDay {
  readonly day: Day;
  readonly quantity: Exact;
  readonly billed: Exact;
  readonly effective: Exact;
}

export function usageDay({ day, usageQuantity, billedCost, effectiveCost }: UsageLine): UsageDay {
  return { day, quantity: exact(usageQuantity), billed: exact(billedCost), effective: exact(effectiveCost) };
}
