import type pg from 'pg';
import type { Day } from '../../../kernel/calendar.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { Database } from '../database.ts';
import type { assignedTenants } from './assigned-tenants.ts';
import { ATTRIBUTION_KIND } from './attribution-store.ts';
import { HOURLY_KIND } from './hourly-usage-store.ts';
import type { Move } from './split-again.ts';

interface DatedTable {
  readonly name: string;
  /** Under which `fact_recipient` remembers who was given rows; null: each row says it. */
  readonly kind: string | null;
}

/** What says something of one account on one day, or as things stand now, and came through `splitFacts`. */
const DATED_TABLES: readonly DatedTable[] = [
  { name: 'app.observed_fact', kind: null },
  { name: 'app.hourly_usage', kind: HOURLY_KIND },
  { name: 'app.attribution_day', kind: ATTRIBUTION_KIND },
];

interface Held extends Move {
  readonly connectionId: string;
  readonly holder: string;
  readonly ownerOf: Awaited<ReturnType<typeof assignedTenants>>;
}

/** What one tenant holds of the account since that day goes to whom it belongs now, to the last digit. Left in some tenant's context. */
export async function moveDatedRows(database: Database, client: pg.ClientBase, owner: TenantScope, held: Held): Promise<void> {
  const { connectionId, accountId, holder, ownerOf } = held;
  for (const { name, kind } of DATED_TABLES) {
    await database.signFor(client, holder);
    const foreign = (await daysOf(client, held, name)).filter((day) => ownerOf(accountId, day ?? undefined) !== holder);
    for (const [tenantId, days] of Map.groupBy(foreign, (day) => ownerOf(accountId, day ?? undefined))) {
      await database.signFor(client, holder);
      await client.query(STAGE);
      await client.query(takenAway(name), [connectionId, accountId, days]);
      await database.signFor(client, tenantId);
      await client.query(givenTo(name), [tenantId]);
      await database.signFor(client, owner.tenantId);
      await client.query(REMEMBER, [owner.tenantId, connectionId, tenantId, kind]);
      if (kind === HOURLY_KIND) await copyHourlyDays(database, client, held, tenantId);
    }
  }
}

/** Of which days the holder has rows of the account. */
async function daysOf(
  client: pg.ClientBase,
  { connectionId, accountId, since }: Held,
  table: string,
): Promise<readonly (Day | null)[]> {
  const { rows } = await client.query<{ day: Day | null }>(
    `select distinct day::text from ${table} where connection_id = $1 and account_id = $2 and (day is null or day >= $3) order by 1`,
    [connectionId, accountId, since],
  );
  return rows.map(({ day }) => day);
}

/** A day was read for everybody at once: who gets an account gets to know which of its days were read, the quiet ones among them. */
async function copyHourlyDays(
  database: Database,
  client: pg.ClientBase,
  { connectionId, accountId, since, holder, ownerOf }: Held,
  tenantId: string,
): Promise<void> {
  await database.signFor(client, holder);
  const { rows } = await client.query<{ day: Day }>(
    'select distinct day::text from app.hourly_day where connection_id = $1 and day >= $2',
    [connectionId, since],
  );
  const days = rows.map(({ day }) => day).filter((day) => ownerOf(accountId, day) === tenantId);
  await client.query(STAGE);
  await client.query(
    'insert into pg_temp.moving select to_jsonb(t) from app.hourly_day t where connection_id = $1 and day = any ($2::date[])',
    [connectionId, days],
  );
  await database.signFor(client, tenantId);
  await client.query(givenTo('app.hourly_day'), [tenantId]);
}

/** Rows as jsonb, whose numbers are as exact as the database's own; they never leave it. */
const STAGE = `
  create temp table if not exists moving (line jsonb not null) on commit drop;
  truncate pg_temp.moving`;

function takenAway(table: string): string {
  return `with gone as (
      delete from ${table} t where connection_id = $1 and account_id = $2
         and (day = any ($3::date[]) or (day is null and array_position($3::date[], null) is not null))
      returning to_jsonb(t) as line)
    insert into pg_temp.moving select line from gone`;
}

function givenTo(table: string): string {
  return `insert into ${table}
    select r.* from pg_temp.moving m,
           jsonb_populate_record(null::${table}, m.line || jsonb_build_object('tenant_id', $1::uuid)) r
    on conflict do nothing`;
}

const REMEMBER = `
  insert into app.fact_recipient (tenant_id, connection_id, kind, recipient_tenant_id)
  select distinct $1::uuid, $2::uuid, coalesce($4, m.line ->> 'kind'), $3::uuid from pg_temp.moving m on conflict do nothing`;
