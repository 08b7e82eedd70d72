import { StatementMapping } from '../../ledger/statement-mapping.ts';
import type { StatementMappings } from '../../operations/ports/statement-mappings.ts';
import type { Database } from './database.ts';
import { asJsonb, storableText } from './safe-values.ts';

export function statementMappingStore(database: Database): StatementMappings {
  return {
    save: (scope, mapping) =>
      database.withTenant(scope, async (client) => {
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          JSON.stringify(['statement mapping', scope.tenantId]),
        ]);
        const { rows } = await client.query<{ version: number }>(
          `insert into app.statement_mapping (tenant_id, name, version, document, saved_by)
           select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from app.statement_mapping where name = $2 returning version`,
          [scope.tenantId, mapping.name, asJsonb(mapping), storableText(scope.actor.label)],
        );
        return { version: rows[0]?.version as number };
      }),
    list: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<{ version: number; saved_at: Date | string; saved_by: string; document: unknown }>(
          `select distinct on (name) version, saved_at, saved_by, document from app.statement_mapping order by name, version desc`,
        );
        return rows.map((row) => ({
          version: row.version,
          savedAt: new Date(row.saved_at).toISOString(),
          savedBy: row.saved_by,
          mapping: StatementMapping.parse(row.document),
        }));
      }),
  };
}
