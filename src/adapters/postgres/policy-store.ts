import type pg from 'pg';
import type { PolicyLayer } from '../../advice/policy/read-policy.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import type { TenantScope } from '../../operations/context.ts';
import type { PolicyRecord, PolicyStore } from '../../operations/ports/policies.ts';
import type { Database } from './database.ts';
import { storableText } from './safe-values.ts';

/** Versions are only ever added; the newest of a layer counts. */
export function policyStore(database: Database): PolicyStore {
  return {
    effective: (scope) =>
      database.withTenant(scope, async (client) => ({
        tenant: await newest(client, 'tenant'),
        integrator: await asOperator(database, client, () => newest(client, 'integrator')),
      })),
    versions: (scope) =>
      database.withTenant(scope, async (client) => ({
        tenant: await newestVersion(client, 'tenant'),
        integrator: await asOperator(database, client, () => newestVersion(client, 'integrator')),
      })),
    history: (scope, limit) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<PolicyRow>(`${SELECT} order by version desc limit $1`, [limit]);
        return rows.map(recordOf);
      }),
    get: (scope, version) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<PolicyRow>(`${SELECT} where version = $1`, [version]);
        return rows[0] ? recordOf(rows[0]) : null;
      }),
    apply: (scope, policy) => database.withTenant(scope, (client) => apply(client, scope, policy)),
  };
}

interface PolicyRow {
  readonly layer: PolicyLayer;
  readonly version: number;
  readonly body: string;
  readonly reason: string;
  readonly recorded_by: string;
  readonly recorded_at: string;
}

const SELECT = 'select layer, version, body, reason, recorded_by, recorded_at from app.policy';

function recordOf({ layer, version, body, reason, recorded_by, recorded_at }: PolicyRow): PolicyRecord {
  return { layer, version, text: body, reason, recordedBy: recorded_by, recordedAt: recorded_at };
}

async function newest(client: pg.ClientBase, layer: PolicyLayer): Promise<PolicyRecord | null> {
  const { rows } = await client.query<PolicyRow>(`${SELECT} where layer = $1 order by version desc limit 1`, [layer]);
  return rows[0] ? recordOf(rows[0]) : null;
}

async function newestVersion(client: pg.ClientBase, layer: PolicyLayer): Promise<number | null> {
  const { rows } = await client.query<{ version: number | null }>(
    'select max(version) as version from app.policy where layer = $1',
    [layer],
  );
  return rows[0]?.version ?? null;
}

/** What holds for all tenants is the operator's row, which no other tenant's context can read. Ends the use of the tenant's own context. */
async function asOperator<T>(database: Database, client: pg.ClientBase, read: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from app.operator_tenant()');
  const operator = rows[0];
  if (!operator) throw new Error('The migration makes the operator, and there is none.');
  await database.signFor(client, operator.tenant_id);
  return read();
}

async function apply(
  client: pg.ClientBase,
  scope: TenantScope,
  { layer, text, reason, basedOnVersion }: Parameters<PolicyStore['apply']>[1],
): Promise<PolicyRecord> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(['policy', scope.tenantId])]);
  const current = await newestVersion(client, layer);
  if (basedOnVersion !== null && basedOnVersion !== (current ?? 0)) {
    throw new AdvisorError(
      'CONFLICT',
      `The policy has been changed in the meantime: version ${current ?? 0} holds`,
      'Read it again, put your change into it, and apply that.',
    );
  }
  const { rows } = await client.query<PolicyRow>(
    `insert into app.policy (tenant_id, version, layer, body, reason, recorded_by)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from app.policy
     returning layer, version, body, reason, recorded_by, recorded_at`,
    [scope.tenantId, layer, storableText(text), storableText(reason), storableText(scope.actor.label)],
  );
  return recordOf(rows[0] as PolicyRow);
}
