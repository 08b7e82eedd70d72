import type pg from 'pg';
import { AdvisorError } from '../../../kernel/failure.ts';
import { plain } from '../../../kernel/money.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import type { WindowInput } from '../../../operations/ports/ledger.ts';
import type { CheckedDay } from './reconcile.ts';
import { applyDiff } from './table-diff.ts';

/** A statement of one tenant: its context is signed before, since the transaction writes for several. */
export type TenantQuery = <R extends pg.QueryResultRow>(sql: string, values: readonly unknown[]) => Promise<pg.QueryResult<R>>;

export type WindowKey = Pick<WindowInput, 'connectionId' | 'runId' | 'sliceId' | 'window' | 'priceView'>;

export async function feedRefOf(query: TenantQuery, tenantId: string, key: WindowKey): Promise<number> {
  await query(
    `insert into app.feed (tenant_id, connection_id, slice_id, price_view)
     select $1, $2, $3, $4
      where not exists (select from app.feed where connection_id = $2 and slice_id = $3 and price_view = $4)
     on conflict do nothing`,
    [tenantId, key.connectionId, key.sliceId, key.priceView],
  );
  const { rows } = await query<{ id: number }>(
    'select id from app.feed where connection_id = $1 and slice_id = $2 and price_view = $3',
    [key.connectionId, key.sliceId, key.priceView],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the feed that was just written cannot be read');
  return id;
}

/**
 * Replaces one tenant's part of the window: its words, its lines, its days. Lines that name the same thing twice are summed; lines that
 * are as they were are not written again. `isAlone`: all staged lines are this tenant's, and nobody is written after it.
 */
export async function writeTenantWindow(
  query: TenantQuery,
  tenantId: string,
  key: WindowKey,
  days: readonly CheckedDay[],
  { isOwner, isDistinct, isAlone }: { readonly isOwner: boolean; readonly isDistinct: boolean; readonly isAlone: boolean },
): Promise<void> {
  const feedRef = await feedRefOf(query, tenantId, key);
  if (isDistinct && isAlone) await query(ALL_ARE_MINE, []);
  else {
    await query('truncate pg_temp.mine, pg_temp.my_account, pg_temp.my_meter, pg_temp.my_resource, pg_temp.my_line', []);
    await query(isDistinct ? MINE_AS_IT_IS : MINE, [tenantId]);
    await query('analyze pg_temp.mine (day, account, meter, resource)', []);
  }
  await query(HASH_ONLY, []);
  for (const words of newWords(isAlone)) await query(words, [tenantId]);
  for (const words of MY_WORDS) await query(words, []);
  await query(ANY_PLAN, []);
  await query('analyze pg_temp.my_account, pg_temp.my_meter, pg_temp.my_resource', []);
  const window = [feedRef, key.window.start, key.window.end];
  await writeLines(query, tenantId, window);
  await query('delete from app.charge_day_status where feed_ref = $1 and day >= $2 and day < $3', window);
  const runIds = days.map((day) => day.runId ?? key.runId);
  await query(DAYS, [tenantId, feedRef, runIds, ...dayColumns(days, isOwner)]);
}

/** A window that was empty is filled at once: the first load needs no comparing. */
async function writeLines(query: TenantQuery, tenantId: string, window: readonly unknown[]): Promise<void> {
  const { rows } = await query<{ is_known: boolean }>(
    'select exists (select from app.charge where feed_ref = $1 and day >= $2 and day < $3) as is_known',
    window,
  );
  if (!rows[0]?.is_known) {
    await query(FIRST_LINES, [tenantId, window[0]]);
    return;
  }
  await query(MY_LINES, [window[0]]);
  await query(HASH_ONLY, []);
  await applyDiff(query, tenantId, {
    target: 'app.charge',
    fresh: 'pg_temp.my_line',
    scope: 't.feed_ref = $2 and t.day >= $3 and t.day < $4',
    values: window,
    keys: ['feed_ref', 'day', 'meter_ref', 'currency', 'billed_cost', 'effective_cost'],
    refs: ['account_ref', 'resource_ref'],
    rest: ['charge_category', 'charge_type', 'list_cost', 'contracted_cost', 'usage_quantity'],
    order: LINE_ORDER,
  });
  await query(ANY_PLAN, []);
}

/** Temporary, so that the planner knows their sizes: the run-time role may not ANALYZE the ledger's own tables. */
export const MINE_TABLES = `
  create temp table mine (
    day date, account integer, meter integer, resource integer, charge_category text, charge_type text, currency text,
    billed_cost numeric, effective_cost numeric, list_cost numeric, contracted_cost numeric, usage_quantity numeric
  ) on commit drop;
  create temp table my_account (n integer, id integer) on commit drop;
  create temp table my_meter (n integer, id integer) on commit drop;
  create temp table my_resource (n integer, id bigint) on commit drop;
  create temp table my_line (
    feed_ref integer, day date, account_ref integer, meter_ref integer, resource_ref bigint, charge_category text, charge_type text,
    currency text, billed_cost numeric, effective_cost numeric, list_cost numeric, contracted_cost numeric, usage_quantity numeric
  ) on commit drop`;

/** A sum of which one part is not known is not known. */
const known = (column: string) => `case when count(${column}) = count(*) then sum(${column}) end`;

const MINE = `
  insert into pg_temp.mine
  select s.day, s.account, s.meter, s.resource, s.charge_category, s.charge_type, s.currency,
         sum(s.billed_cost), sum(s.effective_cost), ${known('s.list_cost')}, ${known('s.contracted_cost')}, ${known('s.usage_quantity')}
    from pg_temp.staged s join pg_temp.share h on h.account = s.account and h.day = s.day
   where h.tenant_id = $1
   group by s.day, s.account, s.meter, s.resource, s.charge_category, s.charge_type, s.currency`;

/** Where no two lines name the same thing there is nothing to sum. */
const MINE_AS_IT_IS = `
  insert into pg_temp.mine
  select s.day, s.account, s.meter, s.resource, s.charge_category, s.charge_type, s.currency,
         s.billed_cost, s.effective_cost, s.list_cost, s.contracted_cost, s.usage_quantity
    from pg_temp.staged s join pg_temp.share h on h.account = s.account and h.day = s.day
   where h.tenant_id = $1`;

/** Where nobody shares, either, the stage is what is written. It has been analysed. */
const ALL_ARE_MINE = 'drop table pg_temp.mine; alter table pg_temp.staged rename to mine';

/**
 * Only the words that this tenant's own lines use: another customer's stay unknown to it. Where all lines are its own, so are all words, but for
 * the meter that names nothing, which is there before anybody knows whether a line needs it.
 */
const newWords = (isAlone: boolean): readonly string[] => [
  `insert into app.account (tenant_id, account_id)
   select $1, w.account_id from pg_temp.staged_account w
    where ${isAlone ? 'true' : 'w.n in (select account from pg_temp.mine)'} and not exists (select from app.account x where x.account_id = w.account_id)
   on conflict do nothing`,
  `insert into app.meter (tenant_id, key, service_name, usage_type, operation, usage_unit, region_id)
   select $1, w.key, w.service_name, w.usage_type, w.operation, w.usage_unit, w.region_id from pg_temp.staged_meter w
    where w.n in (select meter from pg_temp.mine) and not exists (select from app.meter x where x.key = w.key)
   on conflict do nothing`,
  `insert into app.resource (tenant_id, resource_id)
   select $1, w.resource_id from pg_temp.staged_resource w
    where ${isAlone ? 'true' : 'w.n in (select resource from pg_temp.mine)'} and not exists (select from app.resource x where x.resource_id = w.resource_id)
   on conflict do nothing`,
];

const MY_WORDS = [
  'insert into pg_temp.my_account select w.n, a.id from pg_temp.staged_account w join app.account a on a.account_id = w.account_id',
  'insert into pg_temp.my_meter select w.n, x.id from pg_temp.staged_meter w join app.meter x on x.key = w.key',
  'insert into pg_temp.my_resource select w.n, r.id from pg_temp.staged_resource w join app.resource r on r.resource_id = w.resource_id',
];

const LINE_COLUMNS = `feed_ref, day, account_ref, meter_ref, resource_ref, charge_category, charge_type, currency,
                          billed_cost, effective_cost, list_cost, contracted_cost, usage_quantity`;

/** That of the index, which then grows at its end. */
const LINE_ORDER = 'day, account_ref, meter_ref, resource_ref';

const MINE_IN_NUMBERS = `m.day, a.id as account_ref, x.id as meter_ref, r.id as resource_ref, m.charge_category, m.charge_type, m.currency,
         m.billed_cost, m.effective_cost, m.list_cost, m.contracted_cost, m.usage_quantity
    from pg_temp.mine m
    join pg_temp.my_meter x on x.n = m.meter
    left join pg_temp.my_account a on a.n = m.account
    left join pg_temp.my_resource r on r.n = m.resource`;

const FIRST_LINES = `
  insert into app.charge (tenant_id, ${LINE_COLUMNS})
  select $1, $2, ${MINE_IN_NUMBERS} order by ${LINE_ORDER}`;

const MY_LINES = `insert into pg_temp.my_line (${LINE_COLUMNS}) select $1, ${MINE_IN_NUMBERS}`;

const DAYS = `
  insert into app.charge_day_status (tenant_id, feed_ref, run_id, day, currency, estimated, is_partial, billed_cost, effective_cost,
                                     control_billed_cost, control_effective_cost, residual_billed_cost, residual_effective_cost)
  select $1, $2, d.run_id, d.day, d.currency, d.estimated, d.is_partial, coalesce(m.billed, 0), coalesce(m.effective, 0),
         d.control_billed, d.control_effective, d.residual_billed, d.residual_effective
    from unnest($3::uuid[], $4::date[], $5::text[], $6::boolean[], $7::boolean[], $8::numeric[], $9::numeric[], $10::numeric[],
                $11::numeric[])
         as d (run_id, day, currency, estimated, is_partial, control_billed, control_effective, residual_billed, residual_effective)
    left join (select day, currency, sum(billed_cost) as billed, sum(effective_cost) as effective from pg_temp.mine group by 1, 2) m
      on m.day = d.day and m.currency = d.currency`;

function dayColumns(days: readonly CheckedDay[], isOwner: boolean): unknown[] {
  const ownersOnly = (value: (day: CheckedDay) => string) => days.map((day) => (isOwner ? value(day) : null));
  return [
    days.map((day) => day.day),
    days.map((day) => day.currency),
    days.map((day) => day.estimated),
    days.map((day) => day.isPartial ?? false),
    ownersOnly((day) => plain(day.control.billedCost)),
    ownersOnly((day) => plain(day.control.effectiveCost)),
    ownersOnly((day) => plain(day.difference.billedCost)),
    ownersOnly((day) => plain(day.difference.effectiveCost)),
  ];
}

/** Asks in whatever context the connection is in. */
export function queryOf(client: pg.ClientBase): TenantQuery {
  return (sql, values) => client.query(sql, [...values]);
}

/** Held to the end of the transaction. Readers take it shared, so that they see one window or the other and never a mixture. */
export async function ledgerLock(client: pg.ClientBase, tenantId: string, mode: 'exclusive' | 'shared'): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await client.query(`select ${lock}(hashtextextended($1, 0))`, [`ledger ${tenantId}`]);
}

/**
 * Held to the end of the transaction by whoever splits what comes over a connection: shared while the assignments stay as they are, exclusive
 * while they change. Taken before the locks of the ledgers.
 */
export async function splitLock(client: pg.ClientBase, connectionId: string, mode: 'exclusive' | 'shared'): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await client.query(`select ${lock}(hashtextextended($1, 0))`, [`split ${connectionId}`]);
}

/** NOT_FOUND unless the connection is this tenant's own: only its owner writes what comes over it. */
export async function requireOwnConnection(client: pg.ClientBase, connectionId: string): Promise<PriceView> {
  const { rows } = await client.query<{ view: PriceView }>('select price_view as view from app.connection where id = $1', [
    connectionId,
  ]);
  if (rows[0]) return rows[0].view;
  throw new AdvisorError('NOT_FOUND', 'This connection is not known.', 'List the connections and use the id of one of them.');
}

/**
 * The run-time role may not ANALYZE, so a young table looks empty to the planner, and it would walk the whole dictionary for each of a
 * million lines, or sort them all to make groups of them. Hashing costs the same either way.
 */
export const HASH_ONLY = 'set local enable_nestloop = off; set local enable_sort = off';
export const ANY_PLAN = 'set local enable_nestloop = on; set local enable_sort = on';
