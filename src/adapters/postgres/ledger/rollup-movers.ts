import { addMonths, firstDay, monthsIn } from '../../../kernel/calendar.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import { DAILY_SLICE_ID, FILE_SLICE_ID, METER_SLICE_ID } from '../../../ledger/slice.ts';
import { UNATTRIBUTED } from './reconcile.ts';
import { isRunningSql } from './rollup-sources.ts';
import { applyDiff } from './table-diff.ts';
import type { TenantQuery, WindowKey } from './tenant-window.ts';
import { stageUncounted, UNCOUNTED_SQL } from './uncounted.ts';

/**
 * Cost by month and meter beside the month before, for the months of the window, and the month after them, whose "month before" has changed.
 * The meter slice tells invoiceCost by usage type, the daily slice runningCost by service alone; a file tells both.
 * Reads the lines of whole months over all connections, since another one may count now.
 */
export async function rollUpMovers(query: TenantQuery, tenantId: string, key: WindowKey): Promise<void> {
  const months = monthsIn(key.window);
  const [first, last] = [months[0] ?? '', months.at(-1) ?? ''];
  const whole = { start: firstDay(first), end: firstDay(addMonths(last, 1)) };
  const { rows: feeds } = await query<{ id: number; slice_id: string }>(
    'select id, slice_id from app.feed where price_view = $1',
    [key.priceView],
  );
  const refs = (sliceId: string) => feeds.filter((feed) => feed.slice_id === sliceId).map((feed) => feed.id);
  const isContested = await stageUncounted(query, key.priceView, whole);
  await query(MOVER_TABLES, []);
  await query('truncate pg_temp.meter_month, pg_temp.my_mover', []);
  await query(meterMonths(isContested), [
    whole.start,
    whole.end,
    refs(METER_SLICE_ID),
    refs(DAILY_SLICE_ID),
    refs(FILE_SLICE_ID),
    NOT_RUNNING_CHARGE_TYPES,
  ]);
  await query(NEIGHBOURS, [key.priceView, firstDay(addMonths(first, -1)), whole.end]);
  await query(MOVERS, [key.priceView, whole.start, whole.end]);
  await applyDiff(query, tenantId, {
    target: 'app.spend_mover',
    fresh: 'pg_temp.my_mover',
    scope: 't.price_view = $2 and t.month >= $3 and t.month <= $4',
    values: [key.priceView, whole.start, whole.end],
    keys: ['price_view', 'month', 'basis', 'currency'],
    words: ['service_name', 'usage_type', 'region_id'],
    rest: ['cost', 'previous_cost', 'change'],
  });
}

const MOVER_TABLES = `
  create temp table if not exists meter_month (
    month date, basis text, currency text, service_name text, usage_type text, region_id text, cost numeric
  ) on commit drop;
  create temp table if not exists my_mover (
    price_view text, month date, basis text, currency text, service_name text, usage_type text, region_id text,
    cost numeric, previous_cost numeric, change numeric
  ) on commit drop`;

/** First by number, which makes a million lines few; the words are looked up for those. */
const meterMonths = (isContested: boolean) => `
  insert into pg_temp.meter_month (month, basis, currency, service_name, usage_type, region_id, cost)
  select c.month, b.basis, c.currency, coalesce(x.service_name, case when c.charge_type = '${UNATTRIBUTED}' then '${UNATTRIBUTED}' end),
         x.usage_type, x.region_id, sum(b.cost)
    from (select date_trunc('month', c.day::timestamp)::date as month, c.feed_ref, c.meter_ref, c.currency, c.charge_type,
                 sum(c.billed_cost) as billed_cost, sum(c.effective_cost) as effective_cost
            from app.charge c
           where c.feed_ref = any ($3::int[] || $4::int[] || $5::int[]) and c.day >= $1 and c.day < $2
             ${isContested ? `and not ${UNCOUNTED_SQL}` : ''}
           group by 1, c.feed_ref, c.meter_ref, c.currency, c.charge_type) c
    join app.meter x on x.id = c.meter_ref
   cross join lateral (
     select 'invoiceCost' as basis, c.billed_cost as cost where c.feed_ref <> all ($4::int[])
      union all
     select 'runningCost', c.effective_cost where c.feed_ref <> all ($3::int[]) and ${isRunningSql('$6')}) b
   group by 1, 2, 3, 4, 5, 6`;

/** The month before and the month after, as they were written when their own lines were read. */
const NEIGHBOURS = `
  insert into pg_temp.meter_month
  select month, basis, currency, service_name, usage_type, region_id, cost
    from app.spend_mover where price_view = $1 and month in ($2::date, $3::date) and cost is not null`;

/** What had no charge in the month before came from zero; where nothing is known of that month on the basis, there is no telling. */
const MOVERS = `
  insert into pg_temp.my_mover
  with known as (select distinct month, basis from pg_temp.meter_month)
  select $1, m.month, m.basis, m.currency, m.service_name, m.usage_type, m.region_id, max(m.cost), max(m.previous_cost),
         case when p.month is not null then coalesce(max(m.cost), 0) - coalesce(max(m.previous_cost), 0) end
    from (select month, basis, currency, service_name, usage_type, region_id, cost, null::numeric as previous_cost from pg_temp.meter_month
           union all
          select (month + interval '1 month')::date, basis, currency, service_name, usage_type, region_id, null, cost
            from pg_temp.meter_month) m
    join known k on k.month = m.month and k.basis = m.basis
    left join known p on p.month = (m.month - interval '1 month')::date and p.basis = m.basis
   where m.month >= $2 and m.month <= $3
   group by m.month, m.basis, m.currency, m.service_name, m.usage_type, m.region_id, p.month`;
