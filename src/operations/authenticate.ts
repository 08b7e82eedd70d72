import type { TenantScope } from './context.ts';
import type { KeyScope, SignIn } from './ports/access.ts';
import { digestOf, KEY_ID_LENGTH, SECRET_LENGTH, sameDigest } from './secret.ts';

export type Credential = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'session'; readonly token: string };

/** Who asks, for which tenant, and with which rights. The only way from a request to a tenant. */
export interface Identity {
  readonly scope: TenantScope;
  readonly keyScopes: readonly KeyScope[];
  readonly via: Credential['kind'];
  /** Stands for the credential in counters and logs; never the secret. */
  readonly credentialId: string;
}

/** null for anything that does not open the door; the caller cannot tell why, and neither can a stranger. */
export async function authenticate(signIn: SignIn, credential: Credential): Promise<Identity | null> {
  return credential.kind === 'key' ? byKey(signIn, credential.key) : bySession(signIn, credential.token);
}

const KEY = new RegExp(`^cpk_([0-9A-Za-z]{${KEY_ID_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH}}$`);

/** Compared with when the key is unknown, so that an unknown key costs what a wrong secret costs. */
const NOBODY = digestOf('no key has this digest');

async function byKey(signIn: SignIn, key: string): Promise<Identity | null> {
  const keyId = KEY.exec(key)?.[1] ?? null;
  const found = keyId === null ? null : await signIn.findKey(keyId);
  const opens = sameDigest(digestOf(key), found?.digest ?? NOBODY);
  if (!opens || found === null || keyId === null) return null;
  return {
    scope: { tenantId: found.tenantId, actor: { kind: 'key', id: keyId, label: found.name, role: found.role } },
    keyScopes: found.scopes,
    via: 'key',
    credentialId: `key:${keyId}`,
  };
}

async function bySession(signIn: SignIn, token: string): Promise<Identity | null> {
  const found = await signIn.findSession(digestOf(token));
  if (found === null) return null;
  return {
    scope: {
      tenantId: found.tenantId,
      actor: { kind: 'person', id: found.sessionId, label: 'signed in by link', role: found.role },
    },
    keyScopes: ['read', 'write'],
    via: 'session',
    credentialId: `session:${found.sessionId}`,
  };
}
