import type { Role, TenantScope } from '../scope.ts';

export const KEY_SCOPES = ['read', 'write'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export interface ApiKey {
  /** The public part of the key. */
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** Secrets come in as SHA-256 digests (hex); the store never sees one in the clear. */
export interface ApiKeys {
  create(
    scope: TenantScope,
    key: {
      readonly keyId: string;
      readonly digest: string;
      readonly name: string;
      readonly scopes: readonly KeyScope[];
      readonly role: Role;
      readonly expiresAt: string | null;
    },
  ): Promise<ApiKey>;
  list(scope: TenantScope): Promise<readonly ApiKey[]>;
  /** False for an unknown key and for another tenant's. */
  revoke(scope: TenantScope, keyId: string): Promise<boolean>;
}

/** Asked before there is a tenant; the only reads without a tenant context, each a listed SECURITY DEFINER function. */
export interface SignIn {
  /** A live key's digest and rights; null when unknown, expired or revoked. */
  findKey(keyId: string): Promise<{
    readonly digest: string;
    readonly tenantId: string;
    readonly name: string;
    readonly scopes: readonly KeyScope[];
    readonly role: Role;
  } | null>;
  /** Single use: the second redemption of a link, or a late one, gives null. */
  redeemLink(digest: string): Promise<{ readonly tenantId: string; readonly role: Role } | null>;
  findSession(digest: string): Promise<{ readonly tenantId: string; readonly role: Role; readonly sessionId: string } | null>;
}

export interface Sessions {
  createLink(
    scope: TenantScope,
    link: { readonly digest: string; readonly role: Role; readonly expiresAt: string },
  ): Promise<void>;
  createSession(
    scope: TenantScope,
    session: { readonly digest: string; readonly role: Role; readonly expiresAt: string; readonly idleSeconds: number },
  ): Promise<void>;
  endSession(scope: TenantScope, digest: string): Promise<void>;
}
