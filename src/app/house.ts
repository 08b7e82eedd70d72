import type { Locale } from '../kernel/locale.ts';
import type { Context, Progress, Role } from '../operations/context.ts';
import type { SignIn } from '../operations/ports/access.ts';
import type { Ports } from '../operations/ports/index.ts';
import type { Tenant, TenantDirectory } from '../operations/ports/tenants.ts';
import type { SandboxOnDemand } from './sandbox-connections.ts';

/** The installation, opened: a migrated database and every adapter behind its port. */
export interface House {
  readonly ports: Ports;
  readonly directory: TenantDirectory;
  readonly signIn: SignIn;
  /** Signs the API's cursors. */
  readonly apiSecret: string;
  /** Rejects when the database does not answer. */
  pingDatabase(): Promise<void>;
  /** The sandbox's day and company, started when first asked for. */
  readonly sandbox: SandboxOnDemand;
  /** Ends the connections; the last process to leave stops the embedded Postgres. */
  close(): Promise<void>;
}

/** The person at this machine acting for a tenant: every such act is in that tenant's audit. */
export function localContext(
  house: House,
  tenant: Tenant,
  options: { readonly locale: Locale; readonly progress: Progress | null; readonly role?: Role; readonly signal?: AbortSignal },
): Context {
  return {
    scope: {
      tenantId: tenant.id,
      actor: { kind: 'localOperator', id: 'local', label: 'local operator', role: options.role ?? 'integratorAdmin' },
    },
    locale: options.locale,
    now: () => new Date(),
    ports: house.ports,
    progress: options.progress,
    ...(options.signal ? { signal: options.signal } : {}),
  };
}
