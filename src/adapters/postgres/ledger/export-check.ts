import type pg from 'pg';
import { addDays, type Day } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import { FILE_SLICE_ID, INVOICE_SLICE_ID } from '../../../ledger/slice.ts';
import type { ExportDifference, LedgerReader } from '../../../operations/ports/ledger.ts';

/** A day apart by more than both is named: roundings and late cents are not. */
const SHARE = 0.005;
const AMOUNT = 1;

/** Days that both sources of the connection have told, with the control of each: the whole payer's, which only its owner has. */
const BOTH = `
  select e.day, e.currency, e.control_billed_cost as export_cost, c.control_billed_cost as explorer_cost
    from (select s.*, f.slice_id from app.charge_day_status s join app.feed f on f.id = s.feed_ref
           where f.connection_id = $1 and f.slice_id = '${FILE_SLICE_ID}') e
    join (select s.*, f.slice_id from app.charge_day_status s join app.feed f on f.id = s.feed_ref
           where f.connection_id = $1 and f.slice_id = '${INVOICE_SLICE_ID}') c on c.day = e.day and c.currency = e.currency
   where e.day < $2`;

const BY_ACCOUNT = `
  select s.day, a.account_id, s.currency,
         coalesce(sum(s.billed_cost) filter (where s.from_file), 0) as export_cost,
         coalesce(sum(s.billed_cost) filter (where not s.from_file), 0) as explorer_cost
    from app.spend_day s join app.account a on a.id = s.account_ref
   where s.connection_id = $1 and (s.day, s.currency) in (select day, currency from both_told)
   group by s.day, a.account_id, s.currency`;

const DIFFERENCES = `
  with both_told as (${BOTH}),
  pairs as (
    select day, null::text as account_id, currency, export_cost, explorer_cost from both_told
    union all ${BY_ACCOUNT})
  select day, account_id, currency::text, trim_scale(export_cost)::text as export_cost, trim_scale(explorer_cost)::text as explorer_cost
    from pairs
   where abs(export_cost - explorer_cost) > greatest(${AMOUNT}, ${SHARE} * greatest(abs(export_cost), abs(explorer_cost)))
   order by abs(export_cost - explorer_cost) desc, day, account_id nulls first limit 1000`;

/** Never added, only compared: an account's sums are this tenant's own, the day's totals the whole payer's. */
export async function compareExport(
  client: pg.ClientBase,
  connectionId: string,
  until: Day,
): ReturnType<LedgerReader['compareExport']> {
  const { rows: told } = await client.query<{ first: Day | null; last: Day | null; days: string }>(
    `select min(day) as first, max(day) as last, count(distinct day) as days from (${BOTH}) told`,
    [connectionId, until],
  );
  const { first = null, last = null, days = '0' } = told[0] ?? {};
  const { rows } = await client.query<{
    day: Day;
    account_id: string | null;
    currency: string;
    export_cost: DecimalString;
    explorer_cost: DecimalString;
  }>(DIFFERENCES, [connectionId, until]);
  const differences = rows.map(
    (row): ExportDifference => ({
      day: row.day,
      accountId: row.account_id,
      currency: row.currency,
      exportCost: row.export_cost,
      costExplorerCost: row.explorer_cost,
    }),
  );
  const period = first === null || last === null ? null : { start: first, end: addDays(last, 1) };
  return { period, days: Number(days), differences };
}
