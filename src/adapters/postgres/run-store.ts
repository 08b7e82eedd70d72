import { AdvisorError, type FailureCode } from '../../kernel/failure.ts';
import type { TenantScope } from '../../operations/context.ts';
import type { Run, RunLog, RunStatus } from '../../operations/ports/runs.ts';
import type { Database } from './database.ts';
import { keepAlive } from './heartbeat.ts';
import { isPresent, presence } from './presence.ts';

/** A run whose heartbeat is older has lost its right, even while its process holds on: it is frozen or cut off. */
const STALE_AFTER = "interval '90 seconds'";

export function runStore(database: Database): RunLog {
  const self = presence(database);
  const alive = keepAlive(database, self);
  return {
    async start(scope, run) {
      const id = await start(database, scope, run, await self.show());
      alive.add(scope, id);
      return id;
    },
    notePage: (scope, runId, requestCost) => notePage(database, scope, runId, requestCost),
    async end(scope, runId, end) {
      alive.remove(runId);
      const ended = await database.withTenant(scope, (client) =>
        client.query(
          `update app.run set status = $2, ended_at = clock_timestamp(), heartbeat_at = clock_timestamp(), rows = coalesce($3, rows),
             quarantined = coalesce($4, quarantined), total = $5, residual = $6, currency = $7,
             error_code = $8, error_message = $9, error_next_step = $10
           where id = $1 and status = 'running'`,
          [
            runId,
            end.status,
            end.rows ?? null,
            end.quarantined ?? null,
            end.total ?? null,
            end.residual ?? null,
            end.currency ?? null,
            end.error?.code ?? null,
            end.error?.message ?? null,
            end.error?.nextStep ?? null,
          ],
        ),
      );
      const claimsSuccess = end.status === 'ok' || end.status === 'partial';
      if (ended.rowCount === 0 && claimsSuccess) throw takenOver();
    },
    list: (scope, { limit, after }) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<RunRow>(
          `select ${COLUMNS} from app.run
           where $2::timestamptz is null or (started_at, id) < ($2, $3::uuid)
           order by started_at desc, id desc limit $1`,
          [limit, after?.startedAt ?? null, after?.id ?? null],
        );
        return rows.map(asRun);
      }),
    spentSince: (scope, connectionId, since) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<{ spent: string }>(
          `select coalesce(sum(request_cost), 0) as spent from app.bought_page where connection_id = $1 and bought_at >= $2`,
          [connectionId, since],
        );
        return rows[0]?.spent ?? '0';
      }),
  };
}

/** One at a time for a source of a connection; what a dead or frozen process left behind is closed as abandoned first. */
async function start(
  database: Database,
  scope: TenantScope,
  run: { readonly connectionId: string | null; readonly source: string; readonly window: Run['window'] },
  presenceNumber: string,
): Promise<string> {
  return database.withTenant(scope, async (client) => {
    const { tenantId } = scope;
    const { connectionId, source, window } = run;
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify(['run', tenantId, connectionId, source]),
    ]);
    const of = `source = $1 and connection_id is not distinct from $2`;
    const { rows: running } = await client.query<{ isAlive: boolean }>(
      `select heartbeat_at > clock_timestamp() - ${STALE_AFTER} and ${isPresent('presence')} as "isAlive"
       from app.run where status = 'running' and ${of}`,
      [source, connectionId],
    );
    if (running.some((row) => row.isAlive)) throw busy(source);
    await client.query(
      `update app.run set status = 'abandoned', ended_at = clock_timestamp() where status = 'running' and ${of}`,
      [source, connectionId],
    );
    const { rows } = await client.query<{ id: string }>(
      `insert into app.run (tenant_id, connection_id, source, period, presence, fence)
       select $3, $2, $1, case when $4::date is null then null else daterange($4, $5) end, $6, coalesce(max(fence), 0) + 1
       from app.run where ${of} returning id`,
      [source, connectionId, tenantId, window?.start ?? null, window?.end ?? null, presenceNumber],
    );
    return rows[0]?.id as string;
  });
}

async function notePage(database: Database, scope: TenantScope, runId: string, requestCost: string): Promise<void> {
  await database.withTenant(scope, async (client) => {
    const { rows } = await client.query<{ page: number; connection: string | null }>(
      `update app.run set pages = pages + 1, request_cost = request_cost + $2::numeric, heartbeat_at = clock_timestamp()
       where id = $1 and status = 'running' returning pages as page, connection_id as connection`,
      [runId, requestCost],
    );
    const [row] = rows;
    if (!row) throw takenOver();
    await client.query(
      'insert into app.bought_page (tenant_id, run_id, page, connection_id, request_cost) values ($1, $2, $3, $4, $5)',
      [scope.tenantId, runId, row.page, row.connection, requestCost],
    );
  });
}

const COLUMNS = `id, connection_id, source, lower(period) as starts, upper(period) as ends, status, started_at, ended_at, pages,
  request_cost, rows, quarantined, total, residual, currency, error_code, error_message, error_next_step`;

interface RunRow {
  readonly id: string;
  readonly connection_id: string | null;
  readonly source: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly status: RunStatus;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly pages: number;
  readonly request_cost: string;
  readonly rows: string;
  readonly quarantined: string;
  readonly total: string | null;
  readonly residual: string | null;
  readonly currency: string | null;
  readonly error_code: FailureCode | null;
  readonly error_message: string | null;
  readonly error_next_step: string | null;
}

function asRun(row: RunRow): Run {
  const { error_code: code, error_message: message, error_next_step: nextStep } = row;
  return {
    id: row.id,
    connectionId: row.connection_id,
    source: row.source,
    window: row.starts === null || row.ends === null ? null : { start: row.starts, end: row.ends },
    status: row.status,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    pages: row.pages,
    requestCost: row.request_cost,
    rows: Number(row.rows),
    quarantined: Number(row.quarantined),
    total: row.total,
    residual: row.residual,
    currency: row.currency,
    error: code === null || message === null || nextStep === null ? null : { code, message, nextStep },
  };
}

function busy(source: string): AdvisorError {
  return new AdvisorError('CONFLICT', `Another process is reading ${source} at this moment.`, 'Wait until it has finished.');
}

function takenOver(): AdvisorError {
  return new AdvisorError(
    'CONFLICT',
    'This run is no longer running: another process may have taken its work over.',
    'Start it again.',
  );
}
