import type pg from 'pg';
import { expect } from 'vitest';
import { rollUp } from '../../../../src/adapters/postgres/ledger/rollup.ts';
import { stageAssigned } from '../../../../src/adapters/postgres/ledger/split.ts';
import type { PriceView } from '../../../../src/ledger/charge.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import type { TestDatabase } from '../../../support/database.ts';

/** What the lines, the assignments and the plan decide; closes are history and cannot be built again. */
const ROLL_UPS = ['spend_day', 'spend_month', 'spend_mover', 'spend_workload_day'];

class RolledBack extends Error {}

/** The roll-ups of a tenant, row for row, are what they would be if they were built again from nothing. `owner` has the connections. */
export async function expectRollUpsAsRebuilt(db: TestDatabase, scope: TenantScope, owner: TenantScope): Promise<void> {
  const attempt = db.database.withTenant(scope, async (client) => {
    const stored = await readAll(client);
    for (const table of ROLL_UPS) await client.query(`delete from app.${table}`);
    await rebuild(db, client, scope, owner);
    expect(stored).toEqual(await readAll(client));
    throw new RolledBack();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
}

async function rebuild(db: TestDatabase, client: pg.ClientBase, scope: TenantScope, owner: TenantScope): Promise<void> {
  const { rows: feeds } = await client.query<{
    connection_id: string;
    price_view: PriceView;
  }>('select distinct connection_id, price_view from app.feed order by 1, 2');
  const { rows: days } = await client.query<{
    start: string | null;
    end: string;
  }>('select min(day)::text as start, (max(day) + 1)::text as end from app.charge');
  const { start, end = '' } = days[0] ?? {};
  if (!start) return;
  const window = { start, end };
  for (const { connection_id: connectionId, price_view: priceView } of feeds) {
    await db.database.signFor(client, owner.tenantId);
    await stageAssigned(client, { connectionId, window });
    await db.database.signFor(client, scope.tenantId);
    const key = { connectionId, priceView, window, runId: '', sliceId: 'account-service' };
    await rollUp((sql, values) => client.query(sql, [...values]), scope.tenantId, key);
  }
}

async function readAll(client: pg.ClientBase): Promise<string[]> {
  const tables = ROLL_UPS.map((table) => `select '${table} ' || t::text as line from app.${table} t`);
  const { rows } = await client.query<{ line: string }>(
    `select line from (${tables.join(' union all ')}) all_lines order by line`,
  );
  return rows.map((row) => row.line);
}
