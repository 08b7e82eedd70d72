import type { Period } from '../../../kernel/calendar.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { TenantQuery } from './tenant-window.ts';

/** Joins `c`, a line of app.charge, to nothing: true where spend_day believes another source of the line's account on its day. */
export const UNCOUNTED_SQL = `exists (select from pg_temp.uncounted u
  where u.feed_ref = c.feed_ref and u.day = c.day and u.account_ref = coalesce(c.account_ref, -1))`;

/**
 * Writes down which lines of a period do not count, as spend_day has decided; false when all do, as nearly always. A feed whose source
 * (the file or Cost Explorer of a connection) spend_day does not know on a day gives way to one that it does.
 */
export async function stageUncounted(query: TenantQuery, view: PriceView, { start, end }: Period): Promise<boolean> {
  const { rows } = await query<{ is_contested: boolean | null }>(
    `select count(distinct f.connection_id) > 1
            or exists (select from app.spend_day where price_view = $1 and day >= $2 and day < $3 and not counted) as is_contested
       from app.feed f where f.price_view = $1`,
    [view, start, end],
  );
  if (!rows[0]?.is_contested) return false;
  await query('create temp table if not exists uncounted (feed_ref integer, day date, account_ref integer) on commit drop', []);
  await query('truncate pg_temp.uncounted', []);
  await query(UNCOUNTED, [view, start, end]);
  await query('analyze pg_temp.uncounted', []);
  return true;
}

/** A source as spend_day tells them apart. */
const SOURCE = "connection_id::text || ' ' || from_file::text";
const SOURCE_OF_FEED = `f.connection_id::text || ' ' || (f.slice_id = '${FILE_SLICE_ID}')::text`;

/** Accounts first; then lines without one, which follow their source. */
const UNCOUNTED = `
  insert into pg_temp.uncounted (feed_ref, day, account_ref)
  select f.id, d.day, d.account_ref
    from (select day, account_ref, array_agg(distinct ${SOURCE}) filter (where counted) as believed
            from app.spend_day where price_view = $1 and day >= $2 and day < $3 and account_ref is not null
           group by day, account_ref) d
   cross join app.feed f
   where f.price_view = $1 and not coalesce(${SOURCE_OF_FEED} = any (d.believed), false)
  union all
  select f.id, d.day, -1
    from (select day, ${SOURCE} as source from app.spend_day
           where price_view = $1 and day >= $2 and day < $3 and account_ref is not null
           group by day, connection_id, from_file having not bool_or(counted)) d
    join app.feed f on ${SOURCE_OF_FEED} = d.source and f.price_view = $1`;
