import { assignmentStore } from '../../src/adapters/postgres/assignment-store.ts';
import { connectionStore } from '../../src/adapters/postgres/connection-store.ts';
import type { Database } from '../../src/adapters/postgres/database.ts';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import type { Actor, TenantScope } from '../../src/operations/context.ts';
import type { Connection } from '../../src/operations/ports/connections.ts';
import type { Tenant } from '../../src/operations/ports/tenants.ts';

/** Since when the shared payer's accounts are assigned. */
export const ASSIGNED_SINCE = '2025-01-01';
export const FAR_END = '9999-12-31';

export const ACCOUNTS = {
  aoyama: { payer: '111122223333', production: '111122224444' },
  shared: { payer: '222233334444', ofBunkyo: '222233335555', ofChiyoda: '222233336666', ofNobody: '222233337777' },
} as const;

/** Three customers. Aoyama has its own payer; Bunkyo and Chiyoda share one that is connected by the operator. */
export interface World {
  readonly operator: Tenant;
  readonly aoyama: Tenant;
  readonly bunkyo: Tenant;
  readonly chiyoda: Tenant;
  readonly scopes: Readonly<Record<'operator' | 'aoyama' | 'bunkyo' | 'chiyoda', TenantScope>>;
  readonly connections: { readonly aoyama: Connection; readonly shared: Connection };
}

export async function makeWorld(database: Database): Promise<World> {
  const directory = tenantDirectoryStore(database);
  const operator = await directory.operator();
  const aoyama = await directory.create({ name: 'Aoyama Retail', locale: 'ja' });
  const bunkyo = await directory.create({ name: 'Bunkyo Foods', locale: 'ja' });
  const chiyoda = await directory.create({ name: 'Chiyoda Logistics', locale: 'en' });
  const scopes = {
    operator: scopeOf(operator, 'integratorAdmin'),
    aoyama: scopeOf(aoyama),
    bunkyo: scopeOf(bunkyo),
    chiyoda: scopeOf(chiyoda),
  };
  const connections = {
    aoyama: await aConnection(database, scopes.aoyama, { name: 'aoyama payer', payerAccountId: ACCOUNTS.aoyama.payer }),
    shared: await aConnection(database, scopes.operator, { name: 'shared payer', payerAccountId: ACCOUNTS.shared.payer }),
  };
  const period = { start: ASSIGNED_SINCE, end: FAR_END };
  const assignments = assignmentStore(database);
  for (const [accountId, tenant] of [
    [ACCOUNTS.shared.ofBunkyo, bunkyo],
    [ACCOUNTS.shared.ofChiyoda, chiyoda],
  ] as const) {
    await assignments.assign(scopes.operator, { accountId, tenantId: tenant.id, connectionId: connections.shared.id, period });
  }
  return { operator, aoyama, bunkyo, chiyoda, scopes, connections };
}

export function scopeOf(tenant: Pick<Tenant, 'id'>, role: Actor['role'] = 'tenantAdmin'): TenantScope {
  return { tenantId: tenant.id, actor: anActor({ role }) };
}

export function anActor(given: Partial<Actor> = {}): Actor {
  return { kind: 'person', id: 'person-1', label: 'Hanako Test', role: 'tenantAdmin', ...given };
}

export function aConnection(
  database: Database,
  scope: TenantScope,
  given: Partial<Parameters<ReturnType<typeof connectionStore>['create']>[1]> = {},
): Promise<Connection> {
  return connectionStore(database).create(scope, {
    name: 'a payer',
    payerAccountId: ACCOUNTS.aoyama.payer,
    credentials: { kind: 'sandbox' },
    regionId: 'us-east-1',
    endpointUrl: null,
    priceView: 'awsBilled',
    ...given,
  });
}
