import type pg from 'pg';
import { firstDay, monthOf } from '../../kernel/calendar.ts';
import type { ExportFile, ExportKind, ExportPlace, ExportStore, ImportedPeriod } from '../../operations/ports/export-source.ts';
import type { TenantScope } from '../../operations/scope.ts';
import type { Database } from './database.ts';
import { requireOwnConnection } from './ledger/tenant-window.ts';
import { asJsonb } from './safe-values.ts';

/** Which export each connection reads, and what of it lies in the ledger. */
export function exportStore(database: Database): ExportStore {
  return {
    of: (scope, connectionId) => database.withTenant(scope, (client) => placeOf(client, connectionId)),
    save: (scope, connectionId, place) =>
      database.withTenant(scope, async (client) => {
        await requireOwnConnection(client, connectionId);
        await save(client, scope, connectionId, place);
      }),
    imported: (scope, connectionId) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<{ month: string; assembly_id: string; manifest_etag: string; files: ExportFile[] }>(
          'select month, assembly_id, manifest_etag, files from app.export_period where connection_id = $1 order by month',
          [connectionId],
        );
        return rows.map(
          (row): ImportedPeriod => ({
            month: monthOf(row.month),
            assemblyId: row.assembly_id,
            manifestEtag: row.manifest_etag,
            files: row.files,
          }),
        );
      }),
    remember: (scope, connectionId, runId, period) =>
      database.withTenant(scope, async (client) => {
        await client.query(
          `insert into app.export_period (tenant_id, connection_id, month, assembly_id, manifest_etag, files, run_id)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (tenant_id, connection_id, month) do update set assembly_id = excluded.assembly_id,
             manifest_etag = excluded.manifest_etag, files = excluded.files, run_id = excluded.run_id, imported_at = clock_timestamp()`,
          [
            scope.tenantId,
            connectionId,
            firstDay(period.month),
            period.assemblyId,
            period.manifestEtag,
            asJsonb(period.files),
            runId,
          ],
        );
      }),
  };
}

async function placeOf(client: pg.ClientBase, connectionId: string): Promise<ExportPlace | null> {
  const { rows } = await client.query<{ bucket: string; prefix: string; name: string; kind: ExportKind }>(
    'select bucket, prefix, name, kind from app.export where connection_id = $1',
    [connectionId],
  );
  return rows[0] ?? null;
}

async function save(client: pg.ClientBase, scope: TenantScope, connectionId: string, place: ExportPlace): Promise<void> {
  const { bucket, prefix, name, kind } = place;
  const known = await placeOf(client, connectionId);
  const isSame = known !== null && known.bucket === bucket && known.prefix === prefix && known.name === name;
  if (!isSame) await client.query('delete from app.export_period where connection_id = $1', [connectionId]);
  await client.query(
    `insert into app.export (tenant_id, connection_id, bucket, prefix, name, kind) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, connection_id) do update set bucket = excluded.bucket, prefix = excluded.prefix, name = excluded.name,
       kind = excluded.kind`,
    [scope.tenantId, connectionId, bucket, prefix, name, kind],
  );
}
