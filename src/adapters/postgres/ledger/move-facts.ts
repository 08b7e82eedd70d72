import type pg from 'pg';
import type { TenantScope } from '../../../operations/context.ts';
import type { Database } from '../database.ts';
import { assignedTenants } from './assigned-tenants.ts';
import { moveBillTags } from './bill-tags.ts';
import type { Move } from './split-again.ts';
import { ledgerLock } from './tenant-window.ts';

/** Facts of how things stand now; the next pull tells them to whom they belong. */
const OBSERVATIONS = ['aws_recommendation', 'observed_resource', 'coverage'] as const;

interface Recipient {
  readonly connection_id: string;
  readonly recipient_tenant_id: string;
}

/** Facts of an account go the way of its charges. Run in the owner's context, and left in it. */
export async function moveFacts(database: Database, client: pg.ClientBase, owner: TenantScope, move: Move): Promise<void> {
  const { rows } = await client.query<Recipient>(
    `select connection_id, recipient_tenant_id from app.fact_recipient
      union select connection_id, recipient_tenant_id from app.observation_recipient
      union select id, tenant_id from app.connection order by 2, 1`,
  );
  for (const tenantId of new Set(rows.map((row) => row.recipient_tenant_id))) await ledgerLock(client, tenantId, 'exclusive');
  for (const { connection_id: connectionId, recipient_tenant_id: holder } of rows) {
    await database.signFor(client, owner.tenantId);
    const ownerOf = await assignedTenants(client, owner, connectionId);
    await moveDatedFacts(database, client, owner, { ...move, connectionId, holder, ownerOf });
    await moveBillTags(database, client, owner, { accountId: move.accountId, connectionId, holder, ownerOf });
    if (ownerOf(move.accountId, undefined) === holder) continue;
    await database.signFor(client, holder);
    for (const table of OBSERVATIONS) {
      await client.query(`delete from app.${table} where connection_id = $1 and account_id = $2`, [connectionId, move.accountId]);
    }
  }
  await database.signFor(client, owner.tenantId);
}

interface FactRow {
  readonly kind: string;
  readonly day: string | null;
  readonly row: object;
}

interface HeldFacts extends Move {
  readonly connectionId: string;
  readonly holder: string;
  readonly ownerOf: Awaited<ReturnType<typeof assignedTenants>>;
}

async function moveDatedFacts(database: Database, client: pg.ClientBase, owner: TenantScope, held: HeldFacts): Promise<void> {
  const { connectionId, holder, ownerOf, accountId, since } = held;
  await database.signFor(client, holder);
  const { rows } = await client.query<FactRow>(
    `select kind, day::text, to_jsonb(f) as row from app.observed_fact f
      where connection_id = $1 and account_id = $2 and (day is null or day >= $3)`,
    [connectionId, accountId, since],
  );
  const foreign = rows.filter(({ day }) => ownerOf(accountId, day ?? undefined) !== holder);
  for (const [tenantId, facts] of Map.groupBy(foreign, ({ day }) => ownerOf(accountId, day ?? undefined))) {
    const given = JSON.stringify(facts.map(({ row }) => ({ ...row, tenant_id: tenantId })));
    await database.signFor(client, holder);
    await client.query(
      `delete from app.observed_fact f using jsonb_populate_recordset(null::app.observed_fact, $1) g
        where f.connection_id = g.connection_id and f.kind = g.kind and f.key = g.key and f.day is not distinct from g.day`,
      [given],
    );
    await database.signFor(client, tenantId);
    await client.query(
      `insert into app.observed_fact select * from jsonb_populate_recordset(null::app.observed_fact, $1) on conflict do nothing`,
      [given],
    );
    await database.signFor(client, owner.tenantId);
    await client.query(
      `insert into app.fact_recipient (tenant_id, connection_id, kind, recipient_tenant_id)
       select distinct $1::uuid, $2::uuid, kind, $3::uuid from unnest($4::text[]) as kinds (kind) on conflict do nothing`,
      [owner.tenantId, connectionId, tenantId, facts.map((fact) => fact.kind)],
    );
  }
}
