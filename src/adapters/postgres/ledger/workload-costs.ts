import type pg from 'pg';
import type { Month } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import { NOT_RUNNING_CHARGE_TYPES, type PriceView } from '../../../ledger/charge.ts';
import { serviceNameOf } from '../../../ledger/service.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { WorkloadCost, WorkloadQuestion } from '../../../operations/ports/workload-facts.ts';
import { HASH_ONLY, queryOf, type TenantQuery } from './tenant-window.ts';
import { stageUncounted } from './uncounted.ts';
import { movedLines, stageWorkloads } from './workload-matches.ts';

export interface CostQuestion extends WorkloadQuestion {
  readonly view: PriceView;
}

interface Row {
  readonly workload: string | null;
  readonly service_name: string;
  readonly month: Month;
  readonly running: DecimalString | null;
  readonly before_cut_over: DecimalString | null;
  readonly billed: DecimalString | null;
}

/** What each workload of the newest plan paid by service and month; null stands for what none of them has. Sums to spend_day. */
export async function workloadCosts(client: pg.ClientBase, question: CostQuestion): Promise<readonly WorkloadCost[]> {
  const query = queryOf(client);
  await query(HASH_ONLY, []);
  const hasResources = await stageWorkloads(query);
  const rows = await costRows(query, question, hasResources);
  return rows.map((row) => ({
    workload: row.workload,
    serviceName: serviceNameOf(row.service_name, null),
    month: row.month,
    runningCost: row.running,
    runningCostBeforeCutOver: row.before_cut_over ?? '0',
    billedCost: row.billed,
  }));
}

async function costRows(query: TenantQuery, question: CostQuestion, hasResources: boolean): Promise<readonly Row[]> {
  const { view, currency, period } = question;
  const isContested = hasResources && (await stageUncounted(query, view, period));
  const given = [view, period.start, period.end];
  const { rows } = await query<Row>(
    costSql(hasResources ? movedLines(isContested) : null, hasResources ? '$6' : '$4'),
    hasResources ? [...given, FILE_SLICE_ID, NOT_RUNNING_CHARGE_TYPES, currency] : [...given, currency],
  );
  return rows;
}

const costSql = (moved: string | null, currency: string) => `
  with part as (
    select s.day, a.position, s.service_name, s.billed_cost, s.running_cost
      from app.spend_day s left join pg_temp.account_workload a on a.account_ref = s.account_ref
     where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.currency = ${currency} and s.counted
    ${moved === null ? '' : `union all select day, position, service_name, billed_cost, running_cost from ${moved} m where currency = ${currency}`}),
  plan as (
    select position, workload, cut_over from app.plan_workload where version = (select max(version) from app.plan_version))
  select p.workload, part.service_name, to_char(part.day, 'YYYY-MM') as month,
         trim_scale(sum(part.running_cost))::text as running,
         trim_scale(sum(part.running_cost) filter (where part.day < p.cut_over))::text as before_cut_over,
         trim_scale(sum(part.billed_cost))::text as billed
    from part left join plan p using (position)
   group by p.workload, part.service_name, 3
  having sum(abs(part.running_cost)) <> 0 or sum(abs(part.billed_cost)) <> 0
   order by p.workload collate "C" nulls last, part.service_name collate "C", 3`;
