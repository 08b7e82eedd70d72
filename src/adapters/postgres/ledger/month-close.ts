import { addDays, addMonths, type Day, firstDay, type Month } from '../../../kernel/calendar.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { DAILY_SLICE_ID, FILE_SLICE_ID, INVOICE_SLICE_ID } from '../../../ledger/slice.ts';
import type { TenantQuery } from './tenant-window.ts';

export interface MonthStatus {
  readonly month: Month;
  readonly lastKnownDay: Day;
  /** Its last day is there and no connection still calls any of its days an estimate. */
  readonly isFinal: boolean;
}

/** The slices that say whether a day is final. */
export const TOLD_BY = `'${INVOICE_SLICE_ID}', '${DAILY_SLICE_ID}', '${FILE_SLICE_ID}'`;

/** Oldest first; of all months where `among` (first days) is null. */
export async function monthStatuses(
  query: TenantQuery,
  view: PriceView,
  among: readonly Day[] | null,
): Promise<readonly MonthStatus[]> {
  const { rows } = await query<{
    month: Month;
    last_day: Day;
    is_estimated: boolean;
  }>(
    `select to_char(s.day, 'YYYY-MM') as month, max(s.day) as last_day, bool_or(s.estimated) as is_estimated
       from app.charge_day_status s join app.feed f on f.id = s.feed_ref
      where f.price_view = $1 and f.slice_id in (${TOLD_BY})
        and ($2::date[] is null or date_trunc('month', s.day::timestamp)::date = any ($2))
      group by 1 order by 1`,
    [view, among],
  );
  return rows.map(({ month, last_day, is_estimated }) => ({
    month,
    lastKnownDay: last_day,
    isFinal: !is_estimated && last_day === addDays(firstDay(addMonths(month, 1)), -1),
  }));
}

/** Writes down what months come to that have become final, and any later change to what a closed one comes to. After spend_month. */
export async function noteCloses(query: TenantQuery, tenantId: string, view: PriceView, months: readonly Day[]): Promise<void> {
  const statuses = await monthStatuses(query, view, months);
  const final = statuses.filter((status) => status.isFinal).map((status) => firstDay(status.month));
  await query(NOTE_CLOSES, [tenantId, view, months, final]);
}

/** A currency that a closed month did not have counts from zero, one that it lost falls to zero. */
const NOTE_CLOSES = `
  insert into app.month_close (tenant_id, price_view, month, currency, closed_at, closed_cost, cost, restated_at)
  select $1, $2, t.month, t.currency, coalesce(k.closed_at, clock_timestamp()), case when k.closed_at is null then t.cost else 0 end,
         t.cost, case when k.closed_at is not null and t.cost <> 0 then clock_timestamp() end
    from (select month, currency, sum(cost) as cost
            from (select month, currency, billed_cost as cost from app.spend_month
                   where price_view = $2 and month = any ($3::date[]) and billed_cost is not null
                   union all
                  select month, currency, 0 from app.month_close where price_view = $2 and month = any ($3::date[])) parts
           group by month, currency) t
    left join (select month, min(closed_at) as closed_at from app.month_close
                where price_view = $2 and month = any ($3::date[]) group by month) k on k.month = t.month
   where k.closed_at is not null or t.month = any ($4::date[])
  on conflict (tenant_id, price_view, month, currency) do update
     set cost = excluded.cost, restated_at = clock_timestamp() where month_close.cost <> excluded.cost`;
