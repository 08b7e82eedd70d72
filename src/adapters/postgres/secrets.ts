import { hkdfSync } from 'node:crypto';

export interface DerivedSecrets {
  /** Signs tenant contexts. */
  readonly signingKey: Buffer;
  /** Name and password of the run-time login that we make ourselves. */
  readonly login: { readonly role: string; readonly password: string; readonly salt: Buffer };
}

/** Everything the database part needs, from the installation's one secret: nothing else has to be kept anywhere. */
export function deriveSecrets(secret: string): DerivedSecrets {
  const derive = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'cost-pillar', `postgres ${purpose}`, bytes));
  return {
    signingKey: derive('tenant context', 32),
    login: {
      // Roles belong to the whole cluster: with the name from the secret, two installations never fight for one login.
      role: `cost_pillar_run_${derive('login name', 6).toString('hex')}`,
      password: derive('login password', 32).toString('base64url'),
      salt: derive('login salt', 16),
    },
  };
}
