import type { HearingFact } from '../../ledger/hearing.ts';
import type { Plan } from '../../plan/plan.ts';
import type { TenantScope } from '../scope.ts';

/** Who handed in a version, when and why; the first needs no reason, and versions of old have none. */
export interface PlanVersion {
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly reason: string | null;
}

export interface PlanStore {
  /** A new version, and why it replaces the one before; earlier ones stay. */
  save(scope: TenantScope, plan: Plan, reason?: string | null): Promise<{ readonly version: number }>;
  latest(scope: TenantScope): Promise<(PlanVersion & { readonly plan: Plan }) | null>;
  /** Newest first. */
  history(scope: TenantScope, limit: number): Promise<readonly PlanVersion[]>;
  /** Of the latest version, in list order. */
  hearing(scope: TenantScope): Promise<readonly HearingFact[]>;
}
