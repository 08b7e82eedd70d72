import type { Period } from '../../kernel/calendar.ts';
import type { AccountAssignment } from '../../ledger/assignment.ts';
import type { PriceView } from '../../ledger/charge.ts';
import type { TenantScope } from '../scope.ts';

/**
 * Where credentials come from: the SDK's default chain (with a profile if named), or fixed test credentials of the sandbox, or none:
 * with `files` the bill arrives as files and `sync` passes the connection by.
 */
export type CredentialReference =
  | { readonly kind: 'chain'; readonly profile: string | null }
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'files' };

/** One way into AWS: a payer (or lone account) as seen with some credentials. */
export interface Connection {
  readonly id: string;
  /** The operator's tenant, or the one customer's. Accounts that nobody is assigned fall to the owner. */
  readonly ownerTenantId: string;
  readonly name: string;
  /** Found by STS GetCallerIdentity at `connect`, or by the bill file. */
  readonly payerAccountId: string;
  readonly credentials: CredentialReference;
  /** Region of the client; Cost Explorer itself is global. */
  readonly regionId: string;
  /** Null: AWS's own endpoints (or the SDK's AWS_ENDPOINT_URL* environment). For the sandbox it is found anew at each start. */
  readonly endpointUrl: string | null;
  readonly priceView: PriceView;
  readonly createdAt: string;
}

export interface Connections {
  list(scope: TenantScope): Promise<readonly Connection[]>;
  /** CONFLICT when the tenant has one of that name. */
  create(scope: TenantScope, connection: Omit<Connection, 'id' | 'ownerTenantId' | 'createdAt'>): Promise<Connection>;
  setEndpoint(scope: TenantScope, connectionId: string, endpointUrl: string | null): Promise<void>;
}

/** Whose cost: kept by the tenant that owns the connection, effective-dated, at most one tenant per account and day. */
export interface Assignments {
  list(scope: TenantScope, connectionId: string): Promise<readonly AccountAssignment[]>;
  /** Ends the account's assignment at `period.start` if it has one; CONFLICT when a later one is already there. */
  assign(
    scope: TenantScope,
    assignment: { readonly accountId: string; readonly tenantId: string; readonly connectionId: string; readonly period: Period },
  ): Promise<void>;
}
