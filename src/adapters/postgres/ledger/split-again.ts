import type pg from 'pg';
import { addDays, type Day } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { Database } from '../database.ts';
import { LONG_WORK, publish } from './ledger-writer.ts';
import { moveFacts } from './move-facts.ts';
import { type CheckedDay, hasResidualLine } from './reconcile.ts';
import { formerRecipients } from './split.ts';
import { STAGE } from './stage.ts';
import { ledgerLock, splitLock } from './tenant-window.ts';

interface StoredFeed {
  readonly id: number;
  readonly connection_id: string;
  readonly slice_id: string;
  readonly price_view: PriceView;
}

/** An account that has got another tenant or another source: what is stored of it since then goes to whom it belongs now. */
export interface Move {
  readonly accountId: string;
  readonly since: Day;
}

/**
 * Splits the stored windows of the owner's connections anew, as if they had been pulled now, in the transaction that changed the
 * assignment: lines, days, roll-ups and facts move, the payer's total stays to the last digit, or nothing happens. Nobody is asked, so
 * history moves too that the source holds no more. Run in the owner's context; answers how many windows were split.
 */
export async function splitAgain(database: Database, client: pg.ClientBase, owner: TenantScope, move: Move): Promise<number> {
  const feeds = await feedsThatTell(client, move);
  await client.query(LONG_WORK);
  for (const connectionId of [...new Set(feeds.map((feed) => feed.connection_id))].sort())
    await splitLock(client, connectionId, 'exclusive');
  const holders = await holdersOf(client, owner, feeds, move.since);
  for (const tenantId of holders) await ledgerLock(client, tenantId, 'exclusive');
  for (const feed of feeds) {
    const days = await knownDays(client, feed.id, move.since);
    const [first] = days;
    const last = days.at(-1);
    if (!first || !last) continue;
    const window = { start: first.day, end: addDays(last.day, 1) };
    await stageStored(database, client, owner, feed, window);
    const key = { connectionId: feed.connection_id, sliceId: feed.slice_id, priceView: feed.price_view, window };
    // Each day keeps the run that wrote it; this one stands for none.
    await publish(database, client, owner, { ...key, runId: first.runId, isDistinct: false }, days);
    await database.signFor(client, owner.tenantId);
  }
  await moveFacts(database, client, owner, move);
  return feeds.length;
}

/** The feeds of every connection over which the owner has seen this account, in one order. */
async function feedsThatTell(client: pg.ClientBase, { accountId, since }: Move): Promise<readonly StoredFeed[]> {
  const { rows } = await client.query<StoredFeed>(
    `select f.id, f.connection_id, f.slice_id, f.price_view from app.feed f
      where f.connection_id in (select id from app.connection)
        and (f.connection_id in (select connection_id from app.account_assignment where account_id = $1)
          or f.connection_id in (select s.connection_id from app.spend_day s join app.account a on a.id = s.account_ref
                                  where a.account_id = $1 and s.day >= $2))
      order by f.connection_id, f.slice_id, f.price_view`,
    [accountId, since],
  );
  return rows;
}

/** Everybody whose ledger may change, in the order in which ledgers are locked. */
async function holdersOf(
  client: pg.ClientBase,
  owner: TenantScope,
  feeds: readonly StoredFeed[],
  since: Day,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ tenant_id: string }>(
    `select recipient_tenant_id as tenant_id from app.feed_recipient where feed_ref = any ($1)
      union select assigned_tenant_id from app.account_assignment where connection_id = any ($2) and upper(period) > $3`,
    [feeds.map((feed) => feed.id), feeds.map((feed) => feed.connection_id), since],
  );
  return [...new Set([owner.tenantId, ...rows.map((row) => row.tenant_id)])].sort();
}

interface DayRow {
  readonly day: Day;
  readonly currency: string;
  readonly run_id: string;
  readonly estimated: boolean;
  readonly is_partial: boolean;
  readonly control_billed: string;
  readonly control_effective: string;
  readonly residual_billed: string;
  readonly residual_effective: string;
}

async function knownDays(
  client: pg.ClientBase,
  feedRef: number,
  since: Day,
): Promise<readonly (CheckedDay & { runId: string })[]> {
  const { rows } = await client.query<DayRow>(
    `select day::text, currency::text, run_id, estimated, is_partial, control_billed_cost as control_billed, control_effective_cost as control_effective,
            residual_billed_cost as residual_billed, residual_effective_cost as residual_effective
       from app.charge_day_status where feed_ref = $1 and day >= $2 order by day, currency`,
    [feedRef, since],
  );
  return rows.map((row) => {
    const difference = { billedCost: new Exact(row.residual_billed), effectiveCost: new Exact(row.residual_effective) };
    return {
      day: row.day,
      currency: row.currency,
      estimated: row.estimated,
      control: { billedCost: new Exact(row.control_billed), effectiveCost: new Exact(row.control_effective) },
      difference,
      hasResidualLine: hasResidualLine(difference),
      isPartial: row.is_partial,
      runId: row.run_id,
    };
  });
}

const STORED = `
  drop table if exists pg_temp.stored, pg_temp.staged, pg_temp.staged_meter, pg_temp.staged_account, pg_temp.staged_resource, pg_temp.share,
    pg_temp.mine, pg_temp.my_account, pg_temp.my_meter, pg_temp.my_resource, pg_temp.my_line;
  create temp table stored (
    day date, account_id text, key text, service_name text, usage_type text, operation text, usage_unit text, region_id text,
    resource_id text, charge_category text, charge_type text, currency text, billed_cost numeric, effective_cost numeric,
    list_cost numeric, contracted_cost numeric, usage_quantity numeric
  ) on commit drop`;

/** Everybody's lines of one window, back where a pull would have put them. */
async function stageStored(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  feed: StoredFeed,
  window: { readonly start: Day; readonly end: Day },
): Promise<void> {
  const former = await formerRecipients(client, feed.id);
  await client.query(STORED);
  for (const tenantId of new Set([owner.tenantId, ...former])) {
    await database.signFor(client, tenantId);
    await client.query(
      `insert into pg_temp.stored
       select c.day, a.account_id, x.key, x.service_name, x.usage_type, x.operation, x.usage_unit, x.region_id, r.resource_id,
              c.charge_category, c.charge_type, c.currency, c.billed_cost, c.effective_cost, c.list_cost, c.contracted_cost, c.usage_quantity
         from app.charge c join app.feed f on f.id = c.feed_ref join app.meter x on x.id = c.meter_ref
         left join app.account a on a.id = c.account_ref left join app.resource r on r.id = c.resource_ref
        where f.connection_id = $1 and f.slice_id = $2 and f.price_view = $3 and c.day >= $4 and c.day < $5`,
      [feed.connection_id, feed.slice_id, feed.price_view, window.start, window.end],
    );
  }
  await database.signFor(client, owner.tenantId);
  await client.query(STAGE);
  for (const statement of NUMBERED) await client.query(statement);
  await client.query('analyze pg_temp.staged, pg_temp.staged_meter, pg_temp.staged_account, pg_temp.staged_resource');
}

/** Words get the local numbers that the stage knows; 0 is "no account" and "no resource". */
const NUMBERED = [
  `insert into pg_temp.staged_account
   select row_number() over (), account_id from (select distinct account_id from pg_temp.stored where account_id is not null) w`,
  `insert into pg_temp.staged_resource
   select row_number() over (), resource_id from (select distinct resource_id from pg_temp.stored where resource_id is not null) w`,
  `insert into pg_temp.staged_meter (n, key, service_name, usage_type, operation, usage_unit, region_id)
   select row_number() over (), * from (
     select distinct key, service_name, usage_type, operation, usage_unit, region_id from pg_temp.stored) w`,
  `insert into pg_temp.staged
   select s.day, coalesce(a.n, 0), x.n, coalesce(r.n, 0), s.charge_category, s.charge_type, s.currency,
          s.billed_cost, s.effective_cost, s.list_cost, s.contracted_cost, s.usage_quantity
     from pg_temp.stored s join pg_temp.staged_meter x on x.key = s.key
     left join pg_temp.staged_account a on a.account_id = s.account_id
     left join pg_temp.staged_resource r on r.resource_id = s.resource_id`,
];
