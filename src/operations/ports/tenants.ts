import type { TenantScope } from '../scope.ts';

export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** The operator is a tenant too: it holds what belongs to no customer. There is exactly one. */
  readonly kind: 'operator' | 'customer';
  readonly locale: 'en' | 'ja';
}

/** For the installation itself (CLI, start-up). The API never gets this port. */
export interface TenantDirectory {
  /** The operator's tenant; made at migration. */
  operator(): Promise<Tenant>;
  list(): Promise<readonly Tenant[]>;
  byName(name: string): Promise<Tenant | null>;
  /** CONFLICT when the name is taken. */
  create(tenant: { readonly name: string; readonly locale: Tenant['locale'] }): Promise<Tenant>;
}

export interface OwnTenant {
  own(scope: TenantScope): Promise<Tenant>;
}

export interface AuditEvent {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** Append-only: the run-time roles cannot change or delete what is written. */
export interface Audit {
  record(
    scope: TenantScope,
    event: { readonly action: string; readonly subject: string; readonly detail?: Readonly<Record<string, string>> },
  ): Promise<void>;
  list(scope: TenantScope, limit: number): Promise<readonly AuditEvent[]>;
}
