import { firstDay, monthsIn } from '../../../kernel/calendar.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import { DAILY_SLICE_ID, FILE_SLICE_ID, INVOICE_SLICE_ID, METER_SLICE_ID } from '../../../ledger/slice.ts';
import { noteCloses } from './month-close.ts';
import { rollUpMovers } from './rollup-movers.ts';
import { isRunningSql, SERVICE_NAME_SQL } from './rollup-sources.ts';
import { rollUpWorkloads } from './rollup-workloads.ts';
import { applyDiff } from './table-diff.ts';
import { ANY_PLAN, HASH_ONLY, type TenantQuery, type WindowKey } from './tenant-window.ts';

/** The daily slice tells runningCost, the invoice slice invoiceCost; a file tells both. */
const BY_SERVICE: readonly string[] = [INVOICE_SLICE_ID, DAILY_SLICE_ID, FILE_SLICE_ID];

/**
 * Brings the roll-ups of one tenant up to the lines just written, in the same transaction. Only some slices feed them. They are functions
 * of the lines, the assignments and the plan: built again from nothing they are the same, row for row.
 */
export async function rollUp(query: TenantQuery, tenantId: string, key: WindowKey): Promise<void> {
  const isByService = BY_SERVICE.includes(key.sliceId);
  if (!isByService && key.sliceId !== METER_SLICE_ID) return;
  await query(HASH_ONLY, []);
  if (isByService) await rollUpServices(query, tenantId, key);
  await rollUpMovers(query, tenantId, key);
  await query(ANY_PLAN, []);
}

async function rollUpServices(query: TenantQuery, tenantId: string, key: WindowKey): Promise<void> {
  const { priceView, window } = key;
  await spendDays(query, tenantId, key);
  await chooseCounted(query, key);
  const months = monthsIn(window).map(firstDay);
  await query('delete from app.spend_month where price_view = $1 and month = any ($2::date[])', [priceView, months]);
  await query(SPEND_MONTHS, [tenantId, priceView, months[0], window.end]);
  await noteCloses(query, tenantId, priceView, months);
  await rollUpWorkloads(query, tenantId, priceView, window);
}

async function spendDays(query: TenantQuery, tenantId: string, key: WindowKey): Promise<void> {
  const { connectionId, priceView, window } = key;
  const { rows: feeds } = await query<{ id: number; slice_id: string }>(
    'select id, slice_id from app.feed where connection_id = $1 and price_view = $2 and slice_id = any ($3)',
    [connectionId, priceView, BY_SERVICE],
  );
  const refs = (sliceId: string) => feeds.filter((feed) => feed.slice_id === sliceId).map((feed) => feed.id);
  await query(MY_SPEND_DAY, []);
  await query('truncate pg_temp.my_spend_day', []);
  await query(SPEND_DAYS, [
    priceView,
    connectionId,
    window.start,
    window.end,
    refs(INVOICE_SLICE_ID),
    refs(DAILY_SLICE_ID),
    refs(FILE_SLICE_ID),
    NOT_RUNNING_CHARGE_TYPES,
  ]);
  await applyDiff(query, tenantId, {
    target: 'app.spend_day',
    fresh: 'pg_temp.my_spend_day',
    scope: 't.connection_id = $2 and t.price_view = $3 and t.day >= $4 and t.day < $5',
    values: [connectionId, priceView, window.start, window.end],
    keys: ['price_view', 'connection_id', 'day', 'service_name', 'currency', 'from_file', 'standing'],
    refs: ['account_ref'],
    rest: ['billed_cost', 'running_cost'],
    initially: 'counted',
    order: 'day, account_ref',
  });
}

/** Where one source tells everything, as nearly always, there is nothing to choose. */
async function chooseCounted(query: TenantQuery, { priceView, window }: WindowKey): Promise<void> {
  const days = [priceView, window.start, window.end];
  const { rows } = await query<{ is_contested: boolean | null }>(
    `select min(connection_id::text) <> max(connection_id::text) or bool_or(from_file) <> bool_and(from_file)
            or max(standing) = 2 or not bool_and(counted) as is_contested
       from app.spend_day where price_view = $1 and day >= $2 and day < $3`,
    days,
  );
  if (!rows[0]?.is_contested) return;
  await query(COUNT_ACCOUNTS, days);
  await query(COUNT_NAMELESS, days);
}

const MY_SPEND_DAY = `
  create temp table if not exists my_spend_day (
    price_view text, connection_id uuid, day date, account_ref integer, service_name text, currency text,
    billed_cost numeric, running_cost numeric, from_file boolean, standing smallint, counted boolean
  ) on commit drop`;

/** First by number, which makes a million lines few; the words are looked up for those. */
const SPEND_DAYS = `
  insert into pg_temp.my_spend_day (price_view, connection_id, day, account_ref, service_name, currency,
                                    billed_cost, running_cost, from_file, standing, counted)
  select $1, $2, c.day, c.account_ref, ${SERVICE_NAME_SQL}, c.currency,
         sum(c.billed_cost) filter (where c.feed_ref <> all ($6::int[])),
         sum(c.effective_cost) filter (where c.feed_ref <> all ($5::int[]) and ${isRunningSql('$8')}),
         c.feed_ref = any ($7::int[]),
         case when g.account_id is null then 1 when g.is_here then 0 else 2 end, true
    from (select day, feed_ref, account_ref, meter_ref, currency, charge_type, sum(billed_cost) as billed_cost, sum(effective_cost) as effective_cost
            from app.charge
           where feed_ref = any ($5::int[] || $6::int[] || $7::int[]) and day >= $3 and day < $4
           group by day, feed_ref, account_ref, meter_ref, currency, charge_type) c
    join app.meter x on x.id = c.meter_ref
    left join app.account a on a.id = c.account_ref
    left join pg_temp.assigned g on g.account_id = a.account_id and c.day >= g.starts and c.day < g.ends
   group by c.day, c.account_ref, 5, c.currency, 9, 10`;

/**
 * One source a day and account: the assigned connection, else its file (full detail) before Cost Explorer, else the first by id. A file that is
 * still growing does not know its last day whole: on that day it stands behind Cost Explorer, where Cost Explorer has the account at all.
 */
const COUNT_ACCOUNTS = `
  with growing as (
    select f.connection_id, max(s.day) as day
      from app.charge_day_status s join app.feed f on f.id = s.feed_ref
     where f.slice_id = '${FILE_SLICE_ID}' and f.price_view = $1 and s.estimated
     group by f.connection_id),
  choice as (
    select s.day, s.account_ref, s.connection_id, s.from_file,
           min(s.standing) < 2 and row_number() over (
             partition by s.day, s.account_ref
             order by min(s.standing), s.from_file and s.day is distinct from g.day desc, s.connection_id, s.from_file) = 1 as counted
      from app.spend_day s left join growing g on g.connection_id = s.connection_id
     where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.account_ref is not null
     group by s.day, s.account_ref, s.connection_id, s.from_file, g.day)
  update app.spend_day s set counted = c.counted
    from choice c
   where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.day = c.day and s.account_ref = c.account_ref
     and s.connection_id = c.connection_id and s.from_file = c.from_file and s.counted <> c.counted`;

/** Lines without an account follow their source: they count on days on which it has no account, or one that counts. */
const COUNT_NAMELESS = `
  update app.spend_day s set counted = c.counted
    from (select day, connection_id, from_file,
                 coalesce(bool_or(counted) filter (where account_ref is not null), true) as counted
            from app.spend_day where price_view = $1 and day >= $2 and day < $3
           group by day, connection_id, from_file having bool_or(account_ref is null)) c
   where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.account_ref is null
     and s.day = c.day and s.connection_id = c.connection_id and s.from_file = c.from_file and s.counted <> c.counted`;

const SPEND_MONTHS = `
  insert into app.spend_month (tenant_id, price_view, month, service_name, currency, billed_cost, running_cost)
  select $1, $2, date_trunc('month', day)::date, service_name, currency, sum(billed_cost), sum(running_cost)
    from app.spend_day
   where price_view = $2 and counted and day >= $3
     and day < (date_trunc('month', $4::date - 1) + interval '1 month')::date
   group by 3, service_name, currency`;
