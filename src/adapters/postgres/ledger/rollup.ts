import { firstDay, monthsIn } from '../../../kernel/calendar.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import { UNATTRIBUTED } from './reconcile.ts';
import { HASH_JOINS_ONLY, type TenantQuery, type WindowKey } from './tenant-window.ts';

/** The one slice that each figure of the roll-ups is read from. Imported files tell both. */
export const INVOICE_SLICE_ID = 'account-service';
export const RUNNING_SLICE_ID = 'account-service-running';
const ROLLED_UP: readonly string[] = [INVOICE_SLICE_ID, RUNNING_SLICE_ID, FILE_SLICE_ID];

/** `isRunning` of src/ledger/charge.ts in SQL, with the charge types as its parameter. */
export const isRunningSql = (chargeTypes: string) =>
  `(coalesce(x.service_name, '') !~ '^AWS Support\\y' and coalesce(c.charge_type, '') <> all (${chargeTypes}))`;

/** How a line without a service is called: residual lines say so, others said none. */
export const SERVICE_NAME_SQL = `coalesce(x.service_name, case when c.charge_type = '${UNATTRIBUTED}' then '${UNATTRIBUTED}' else '' end)`;

/** Brings the roll-ups of one tenant up to the lines just written, in the same transaction. Only some slices feed them. */
export async function rollUp(query: TenantQuery, tenantId: string, key: WindowKey): Promise<void> {
  if (!ROLLED_UP.includes(key.sliceId)) return;
  const { start, end } = key.window;
  const { rows: feeds } = await query<{ id: number; slice_id: string }>(
    'select id, slice_id from app.feed where connection_id = $1 and price_view = $2 and slice_id = any ($3)',
    [key.connectionId, key.priceView, ROLLED_UP],
  );
  const refs = (sliceId: string) => feeds.filter((feed) => feed.slice_id === sliceId).map((feed) => feed.id);
  await query('delete from app.spend_day where connection_id = $1 and price_view = $2 and day >= $3 and day < $4', [
    key.connectionId,
    key.priceView,
    start,
    end,
  ]);
  await query(HASH_JOINS_ONLY, []);
  await query(SPEND_DAYS, [
    tenantId,
    key.priceView,
    key.connectionId,
    start,
    end,
    refs(INVOICE_SLICE_ID),
    refs(RUNNING_SLICE_ID),
    refs(FILE_SLICE_ID),
    NOT_RUNNING_CHARGE_TYPES,
  ]);
  await chooseCounted(query, key);
  const months = monthsIn(key.window).map(firstDay);
  await query('delete from app.spend_month where price_view = $1 and month = any ($2::date[])', [key.priceView, months]);
  await query(SPEND_MONTHS, [tenantId, key.priceView, months[0], key.window.end]);
  await query('set local enable_nestloop = on', []);
}

/** Where one connection tells everything, as nearly always, there is nothing to choose. */
async function chooseCounted(query: TenantQuery, { priceView, window }: WindowKey): Promise<void> {
  const days = [priceView, window.start, window.end];
  const { rows } = await query<{ is_contested: boolean | null }>(
    `select min(connection_id::text) <> max(connection_id::text) or max(standing) = 2 or not bool_and(counted) as is_contested
       from app.spend_day where price_view = $1 and day >= $2 and day < $3`,
    days,
  );
  if (!rows[0]?.is_contested) return;
  await query(COUNT_ACCOUNTS, days);
  await query(COUNT_NAMELESS, days);
}

const SPEND_DAYS = `
  insert into app.spend_day (tenant_id, price_view, connection_id, day, account_ref, service_name, currency,
                             billed_cost, running_cost, from_file, standing, counted)
  select $1, $2, $3, c.day, c.account_ref, ${SERVICE_NAME_SQL}, c.currency,
         sum(c.billed_cost) filter (where c.feed_ref <> all ($7::int[])),
         sum(c.effective_cost) filter (where c.feed_ref <> all ($6::int[]) and ${isRunningSql('$9')}),
         c.feed_ref = any ($8::int[]),
         case when g.account_id is null then 1 when g.is_here then 0 else 2 end, true
    from app.charge c
    join app.meter x on x.id = c.meter_ref
    left join app.account a on a.id = c.account_ref
    left join pg_temp.assigned g on g.account_id = a.account_id and c.day >= g.starts and c.day < g.ends
   where c.feed_ref = any ($6::int[] || $7::int[] || $8::int[]) and c.day >= $4 and c.day < $5
   group by c.day, c.account_ref, 6, c.currency, 10, 11
   order by c.day, c.account_ref`;

/** One connection a day and account: the assigned one, else a file (full detail) before Cost Explorer, else the first by id. */
const COUNT_ACCOUNTS = `
  update app.spend_day s set counted = c.counted
    from (select day, account_ref, connection_id,
                 min(standing) < 2 and row_number() over (
                   partition by day, account_ref order by min(standing), bool_or(from_file) desc, connection_id) = 1 as counted
            from app.spend_day where price_view = $1 and day >= $2 and day < $3 and account_ref is not null
           group by day, account_ref, connection_id) c
   where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.day = c.day and s.account_ref = c.account_ref
     and s.connection_id = c.connection_id and s.counted <> c.counted`;

/** Lines without an account follow their connection: they count on days on which it has no account, or one that counts. */
const COUNT_NAMELESS = `
  update app.spend_day s set counted = c.counted
    from (select day, connection_id, coalesce(bool_or(counted) filter (where account_ref is not null), true) as counted
            from app.spend_day where price_view = $1 and day >= $2 and day < $3
           group by day, connection_id having bool_or(account_ref is null)) c
   where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.account_ref is null
     and s.day = c.day and s.connection_id = c.connection_id and s.counted <> c.counted`;

const SPEND_MONTHS = `
  insert into app.spend_month (tenant_id, price_view, month, service_name, currency, billed_cost, running_cost)
  select $1, $2, date_trunc('month', day)::date, service_name, currency, sum(billed_cost), sum(running_cost)
    from app.spend_day
   where price_view = $2 and counted and day >= $3
     and day < (date_trunc('month', $4::date - 1) + interval '1 month')::date
   group by 3, service_name, currency`;
