export type Role = 'viewer' | 'reviewer' | 'tenantAdmin' | 'integratorOperator' | 'integratorAdmin';

/** Who acts. `label` is shown in the audit; it is never a secret. */
export interface Actor {
  readonly kind: 'person' | 'key' | 'localOperator' | 'job';
  readonly id: string;
  readonly label: string;
  readonly role: Role;
}

/** Whose data. Made by sign-in, by a key or by the local operator's audited act-as; never from a request's input. */
export interface TenantScope {
  readonly tenantId: string;
  readonly actor: Actor;
}
