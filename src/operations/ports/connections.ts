import type { Period } from '../../kernel/calendar.ts';
import type { AccountAssignment } from '../../ledger/assignment.ts';
import type { PriceView } from '../../ledger/charge.ts';
import type { TenantScope } from '../scope.ts';

/**
 * Where credentials come from: the SDK's default chain (with a profile if named), or a customer's role that the chain's identity assumes
 * with an external id of ours, or fixed test credentials of the sandbox, or none: with `files` the bill arrives as files and `sync` passes
 * the connection by.
 */
export type CredentialReference =
  | { readonly kind: 'chain'; readonly profile: string | null }
  | {
      readonly kind: 'role';
      readonly roleArn: string;
      /** Made by the database, one per tenant and account. Not a secret, and still told to nobody but its tenant. */
      readonly externalId: string;
      /** Whose chain assumes the role. */
      readonly profile: string | null;
    }
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
  /** The one billing view that Cost Explorer is asked for; null: the account's own. */
  readonly billingViewArn: string | null;
  /** Null unless the credentials are a role's. */
  readonly trust: RoleTrust | null;
  readonly createdAt: string;
}

/** What the last probes of a role's trust policy showed. `insecureTrust`: others could use it too, so it gives us no credentials either. */
export interface RoleTrust {
  readonly state: 'proven' | 'insecureTrust';
  readonly checkedAt: string;
}

/** What asking AWS needs to know. A way that is only being tried has no id yet: nothing is kept of it. */
export type Reach = Pick<Connection, 'credentials' | 'regionId' | 'endpointUrl'> &
  Partial<Pick<Connection, 'id' | 'ownerTenantId' | 'billingViewArn' | 'trust'>>;

/** The external id of a role is not among it: the database knows the one that it made. */
export type NewConnection = Omit<
  Connection,
  'id' | 'ownerTenantId' | 'createdAt' | 'credentials' | 'billingViewArn' | 'trust'
> & {
  readonly credentials:
    | Exclude<CredentialReference, { readonly kind: 'role' }>
    | Omit<Extract<CredentialReference, { readonly kind: 'role' }>, 'externalId'>;
  readonly billingViewArn?: string | null;
  readonly trust?: RoleTrust | null;
};

export interface Connections {
  list(scope: TenantScope): Promise<readonly Connection[]>;
  /** CONFLICT when the tenant has one of that name; NOT_FOUND for a role in an account without an external id. */
  create(scope: TenantScope, connection: NewConnection): Promise<Connection>;
  setEndpoint(scope: TenantScope, connectionId: string, endpointUrl: string | null): Promise<void>;
  setTrust(scope: TenantScope, connectionId: string, trust: RoleTrust): Promise<void>;
  /** The external id for roles in this account: made the first time, the same ever after. */
  externalId(scope: TenantScope, accountId: string): Promise<string>;
}

export interface KnownAccount {
  readonly accountId: string;
  readonly accountName: string | null;
  /** Oldest first; none: it falls to the owner of the connection. */
  readonly assignments: readonly AccountAssignment[];
}

/** Whose cost: kept by the tenant that owns the connection, effective-dated, at most one tenant per account and day. */
export interface Assignments {
  /** Every account that the tenant's own connections told of, or that it gave away; by account. */
  accounts(scope: TenantScope): Promise<readonly KnownAccount[]>;
  list(scope: TenantScope, connectionId: string): Promise<readonly AccountAssignment[]>;
  /**
   * Ends the account's assignment at `period.start` if it has one; CONFLICT when a later one is already there. What is stored of the account
   * since then moves with it in the same transaction; answers how many stored windows were split anew.
   */
  assign(
    scope: TenantScope,
    assignment: { readonly accountId: string; readonly tenantId: string; readonly connectionId: string; readonly period: Period },
  ): Promise<{ readonly windows: number }>;
}
