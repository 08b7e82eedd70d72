import type pg from 'pg';
import { AdvisorError } from '../../kernel/failure.ts';
import type { Audit, AuditEvent, OwnTenant, Tenant, TenantDirectory } from '../../operations/ports/tenants.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './failures.ts';
import { asJsonb, storableText } from './safe-values.ts';

/** Installation-level: answers through listed SECURITY DEFINER functions, without any tenant. Never for the API. */
export function tenantDirectoryStore(database: Database): TenantDirectory {
  const ask = (sql: string, values: readonly string[] = []) =>
    database.withoutTenant(async (client) => (await client.query<TenantRow>(sql, [...values])).rows.map(asTenant));
  return {
    async operator() {
      const [operator] = await ask('select * from app.operator_tenant()');
      if (!operator) throw new Error('The migration makes the operator, and there is none.');
      return operator;
    },
    list: () => ask('select * from app.list_tenants()'),
    async byName(name) {
      const [tenant] = await ask('select * from app.list_tenants() where name = $1', [storableText(name)]);
      return tenant ?? null;
    },
    async create({ name, locale }) {
      try {
        const [tenant] = await ask('select * from app.create_tenant($1, $2)', [usableName(name), locale]);
        if (!tenant) throw new Error('A new tenant was not returned.');
        return tenant;
      } catch (error) {
        if (!isUniqueViolation(error, 'tenant_name')) throw error;
        throw new AdvisorError(
          'CONFLICT',
          `There is a tenant named "${name}" already.`,
          'Choose another name, or use that one.',
          {
            cause: error,
          },
        );
      }
    },
  };
}

export function ownTenantStore(database: Database): OwnTenant {
  return {
    own: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<TenantRow>('select tenant_id, name, kind, locale from app.tenant');
        const [row] = rows;
        if (!row) throw new AdvisorError('NOT_FOUND', 'This tenant does not exist.', 'Sign in again.');
        return asTenant(row);
      }),
  };
}

export function auditStore(database: Database): Audit {
  return {
    record: (scope, event) =>
      database.withTenant(scope, async (client) => {
        const { actor } = scope;
        await client.query(
          `insert into app.audit_event (tenant_id, actor_kind, actor_id, actor_label, action, subject, detail)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [
            scope.tenantId,
            actor.kind,
            storableText(actor.id),
            storableText(actor.label),
            storableText(event.action),
            storableText(event.subject),
            asJsonb(event.detail ?? {}),
          ],
        );
      }),
    list: (scope, limit) => database.withTenant(scope, (client) => newestEvents(client, limit)),
  };
}

async function newestEvents(client: pg.ClientBase, limit: number): Promise<readonly AuditEvent[]> {
  const { rows } = await client.query<AuditEvent>(
    `select at, actor_label as actor, action, subject, detail from app.audit_event order by at desc, id desc limit $1`,
    [limit],
  );
  return rows;
}

interface TenantRow {
  readonly tenant_id: string;
  readonly name: string;
  readonly kind: Tenant['kind'];
  readonly locale: Tenant['locale'];
}

function asTenant(row: TenantRow): Tenant {
  return { id: row.tenant_id, name: row.name, kind: row.kind, locale: row.locale };
}

function usableName(name: string): string {
  const trimmed = storableText(name).trim();
  if (trimmed.length > 0 && trimmed.length <= 200) return trimmed;
  throw new AdvisorError('INVALID_INPUT', "A tenant's name has 1 to 200 characters.", 'Give it another name.');
}
