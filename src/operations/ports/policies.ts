import type { PolicyVersions } from '../../advice/policy/policy-view.ts';
import type { PolicyLayer } from '../../advice/policy/read-policy.ts';
import type { TenantScope } from '../scope.ts';

/** A policy as somebody wrote it, comments and all. */
export interface PolicyRecord {
  readonly layer: PolicyLayer;
  readonly version: number;
  readonly text: string;
  readonly reason: string;
  readonly recordedBy: string;
  readonly recordedAt: string;
}

export interface PolicyStore {
  /** The newest of the operator's for all tenants, and of the tenant's own; null: there is none. */
  effective(scope: TenantScope): Promise<Readonly<Record<PolicyLayer, PolicyRecord | null>>>;
  /** Of these two, without their texts. */
  versions(scope: TenantScope): Promise<PolicyVersions>;
  /** The tenant's own, newest first. */
  history(scope: TenantScope, limit: number): Promise<readonly PolicyRecord[]>;
  /** Null: the tenant has no such version. */
  get(scope: TenantScope, version: number): Promise<PolicyRecord | null>;
  /** A further version. CONFLICT where the newest of its layer is another one than `basedOnVersion` (0: there is none yet; null: whichever). */
  apply(
    scope: TenantScope,
    policy: {
      readonly layer: PolicyLayer;
      readonly text: string;
      readonly reason: string;
      readonly basedOnVersion: number | null;
    },
  ): Promise<PolicyRecord>;
}
