import type pg from 'pg';
import { daysInMonth, type Month } from '../../../kernel/calendar.ts';
import { type DecimalString, plain, sumExact } from '../../../kernel/money.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import { meterOf } from '../../../ledger/meter.ts';
import { serviceNameOf } from '../../../ledger/service.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { WorkloadUsage } from '../../../operations/ports/workload-facts.ts';
import { MIRRORED_CHARGE_TYPES } from './snapshot-feeds.ts';
import { HASH_ONLY, queryOf } from './tenant-window.ts';
import { stageUncounted, UNCOUNTED_SQL } from './uncounted.ts';
import type { CostQuestion } from './workload-costs.ts';
import { stageWorkloads } from './workload-matches.ts';

interface Row {
  readonly workload: string;
  readonly service_name: string | null;
  readonly usage_type: string;
  readonly month: Month;
  readonly usage: DecimalString;
  readonly effective: DecimalString;
  readonly on_demand: DecimalString | null;
}

/** Usage since the cut-over by workload and usage type, from files and lines by resource, of months that they tell whole. */
export async function workloadUsage(client: pg.ClientBase, question: CostQuestion): Promise<readonly WorkloadUsage[]> {
  const { view, currency, period } = question;
  const query = queryOf(client);
  const whole = await readWholeMonths(client, question);
  if (whole.length === 0) return [];
  await query(HASH_ONLY, []);
  await stageWorkloads(query);
  const isContested = await stageUncounted(query, view, period);
  const { rows } = await query<Row>(usageSql(isContested), [
    whole,
    period.start,
    period.end,
    currency,
    [...NOT_RUNNING_CHARGE_TYPES, ...MIRRORED_CHARGE_TYPES],
  ]);
  return gathered(rows);
}

/** Over regions and spellings of the service. */
function gathered(rows: readonly Row[]): readonly WorkloadUsage[] {
  const named = rows.map((row) => {
    const meterKind = meterOf(row.usage_type).kind;
    return { row, meterKind, serviceName: serviceNameOf(row.service_name ?? '', meterKind) };
  });
  const groups = Map.groupBy(named, ({ row, meterKind, serviceName }) =>
    JSON.stringify([row.workload, serviceName, meterKind, row.month]),
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { workload, month } = first.row;
    const onDemand = own.map(({ row }) => row.on_demand).filter((amount) => amount !== null);
    return {
      workload,
      serviceName: first.serviceName,
      meterKind: first.meterKind,
      month,
      usageQuantity: plain(sumExact(own.map(({ row }) => row.usage))),
      effectiveCost: plain(sumExact(own.map(({ row }) => row.effective))),
      onDemandCost: onDemand.length === own.length ? plain(sumExact(onDemand)) : null,
    };
  });
}

async function readWholeMonths(client: pg.ClientBase, question: CostQuestion): Promise<readonly string[]> {
  const { view, currency, period } = question;
  const { rows } = await client.query<[number, Month, number]>({
    text: `select s.feed_ref, to_char(s.day, 'YYYY-MM'), count(*)::integer
             from app.charge_day_status s join app.feed f on f.id = s.feed_ref
            where f.price_view = $1 and (f.slice_id = $2 or f.slice_id like 'resource:%') and s.currency = $3
              and s.day >= $4 and s.day < $5
            group by 1, 2`,
    values: [view, FILE_SLICE_ID, currency, period.start, period.end],
    rowMode: 'array',
  });
  return rows.filter(([, month, days]) => days === daysInMonth(month)).map(([feed, month]) => `${feed} ${month}`);
}

/** A covered line of a Savings Plan carries its on-demand price, one of a reservation nothing. */
const usageSql = (isContested: boolean) => `
  with plan as (
    select position, workload, cut_over from app.plan_workload where version = (select max(version) from app.plan_version)),
  line as (
    select c.day, c.meter_ref, c.usage_quantity, c.effective_cost, c.billed_cost, c.list_cost,
           least(r.position, t.position, a.position) as position
      from app.charge c
      left join pg_temp.resource_workload r on r.resource_ref = c.resource_ref and r.account_ref is null
      left join pg_temp.resource_workload t on t.resource_ref = c.resource_ref and t.account_ref = c.account_ref
      left join pg_temp.account_workload a on a.account_ref = c.account_ref
     where concat(c.feed_ref, ' ', to_char(c.day, 'YYYY-MM')) = any ($1) and c.day >= $2 and c.day < $3 and c.currency = $4
       and coalesce(c.charge_type, '') <> all ($5) and c.usage_quantity is not null
       ${isContested ? `and not ${UNCOUNTED_SQL}` : ''})
  select p.workload, x.service_name, coalesce(x.usage_type, '') as usage_type, to_char(l.day, 'YYYY-MM') as month,
         trim_scale(sum(l.usage_quantity))::text as usage, trim_scale(sum(l.effective_cost))::text as effective,
         case when bool_and(l.list_cost is not null) then trim_scale(sum(l.list_cost))::text
              when bool_and(l.billed_cost >= l.effective_cost) then trim_scale(sum(l.billed_cost))::text end as on_demand
    from line l join plan p using (position) join app.meter x on x.id = l.meter_ref
   where l.day >= p.cut_over
   group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
