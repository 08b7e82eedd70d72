import type pg from 'pg';
import { type Day, type Month, monthOf } from '../../../kernel/calendar.ts';
import { ARRIVING_DAYS } from '../../../ledger/billing-horizon.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { monthState } from '../../../ledger/month-state.ts';
import type { Freshness, MonthFreshness } from '../../../operations/ports/ledger.ts';
import { monthStatuses, TOLD_BY } from './month-close.ts';
import { queryOf } from './tenant-window.ts';

/** The one view a tenant reads: what it is billed, once there is any of it. Views are never added, and never mixed. */
export async function priceViewOf(client: pg.ClientBase): Promise<PriceView> {
  const { rowCount } = await client.query(`select from app.spend_month where price_view = 'customerBilled' limit 1`);
  return rowCount === 1 ? 'customerBilled' : 'awsBilled';
}

/** Last day of which any cost is known, and the currencies, most used name first by alphabet. */
export async function knownSpend(
  client: pg.ClientBase,
  view: PriceView,
): Promise<{
  readonly dataAsOf: Day | null;
  readonly currencies: readonly string[];
}> {
  const { rows } = await client.query<{
    data_as_of: Day | null;
    currencies: string[];
  }>(
    `select (select max(day) from app.spend_day where price_view = $1) as data_as_of,
            array(select distinct currency::text from app.spend_month where price_view = $1 order by 1) as currencies`,
    [view],
  );
  return {
    dataAsOf: rows[0]?.data_as_of ?? null,
    currencies: rows[0]?.currencies ?? [],
  };
}

/** A view and until when it is known: what every question begins with. In one statement, since pages ask it each time. */
export async function horizonOf(client: pg.ClientBase): Promise<Horizon> {
  const { rows } = await client.query<{ price_view: PriceView; data_as_of: Day | null; provisional_from: Day | null }>({
    // Prepared once a connection: planning it takes as long as running it.
    name: 'horizon',
    text: `select v.price_view, k.data_as_of, p.provisional_from
       from (select case when exists (select from app.spend_month where price_view = 'customerBilled')
                    then 'customerBilled' else 'awsBilled' end as price_view) v
      cross join lateral (select max(day) as data_as_of from app.spend_day where price_view = v.price_view) k
      cross join lateral (
        select min(s.day) as provisional_from from app.charge_day_status s join app.feed f on f.id = s.feed_ref
         where f.price_view = v.price_view and f.slice_id in (${TOLD_BY}) and s.day > k.data_as_of - ${ARRIVING_DAYS} and s.estimated) p`,
  });
  const [row] = rows;
  return {
    view: row?.price_view ?? 'awsBilled',
    dataAsOf: row?.data_as_of ?? null,
    provisionalFrom: row?.provisional_from ?? null,
  };
}

interface Horizon {
  readonly view: PriceView;
  /** Last day of which any cost is known. */
  readonly dataAsOf: Day | null;
  /** The first of the newest days that some connection still calls an estimate: time alone settles nothing that was not read again since. */
  readonly provisionalFrom: Day | null;
}

export async function freshness(client: pg.ClientBase): Promise<Freshness> {
  const { view, dataAsOf, provisionalFrom } = await horizonOf(client);
  const { currencies } = await knownSpend(client, view);
  const statuses = await monthStatuses(queryOf(client), view, null);
  const restatements = await readRestatements(client, view);
  const months = statuses
    .filter(({ month }) => dataAsOf !== null && month <= monthOf(dataAsOf))
    .map(({ month, lastKnownDay, isFinal }): MonthFreshness => {
      const own = restatements.get(month) ?? [];
      const state = monthState({ lastKnownDay, isFinal, hasChangedSince: own.length > 0 }, provisionalFrom);
      return {
        month,
        state,
        dataAsOf: dataAsOf !== null && dataAsOf < lastKnownDay ? dataAsOf : lastKnownDay,
        restatements: own,
      };
    });
  const closedMonths = statuses.filter((status) => status.isFinal).map((status) => status.month);
  return { dataAsOf, invoiceAsOf: await invoiceAsOf(client, view), currencies, closedMonths, provisionalFrom, months };
}

async function invoiceAsOf(client: pg.ClientBase, view: PriceView): Promise<Day | null> {
  const { rows } = await client.query<{ day: Day | null }>(
    'select max(day) as day from app.spend_day where price_view = $1 and billed_cost is not null',
    [view],
  );
  return rows[0]?.day ?? null;
}

async function readRestatements(
  client: pg.ClientBase,
  view: PriceView,
): Promise<ReadonlyMap<Month, MonthFreshness['restatements']>> {
  const { rows } = await client.query<MonthFreshness['restatements'][number] & { readonly month: Month }>(
    `select to_char(month, 'YYYY-MM') as month, currency::text, to_char(restated_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
            trim_scale(closed_cost)::text as "closedCost", trim_scale(cost)::text as cost
       from app.month_close where price_view = $1 and restated_at is not null order by 1, 2`,
    [view],
  );
  const restatements = rows.map(({ month, ...restatement }) => ({ month, restatement }));
  return new Map(
    [...Map.groupBy(restatements, (row) => row.month)].map(([month, own]) => [month, own.map((row) => row.restatement)]),
  );
}
