import type { HearingFact } from '../../ledger/hearing.ts';
import type { Plan } from '../../plan/plan.ts';
import type { TenantScope } from '../scope.ts';

export interface PlanStore {
  /** A new version; earlier ones stay. */
  save(scope: TenantScope, plan: Plan): Promise<{ readonly version: number }>;
  latest(scope: TenantScope): Promise<{ readonly version: number; readonly plan: Plan } | null>;
  /** Of the latest version, in list order. */
  hearing(scope: TenantScope): Promise<readonly HearingFact[]>;
}
