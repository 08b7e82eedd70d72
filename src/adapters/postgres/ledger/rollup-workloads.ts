import type { Period } from '../../../kernel/calendar.ts';
import { NOT_RUNNING_CHARGE_TYPES, type PriceView } from '../../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import { applyDiff } from './table-diff.ts';
import { ANY_PLAN, HASH_ONLY, type TenantQuery } from './tenant-window.ts';
import { stageUncounted } from './uncounted.ts';
import { movedLines, stageWorkloads } from './workload-matches.ts';

/**
 * Cost by day and workload of the newest plan: the first workload in list order that matches has a line, the rest is unassigned. Accounts
 * are told by spend_day. What is matched by resource or tag is moved away from its account, as far as the lines themselves name
 * resources (files do; of Cost Explorer's slices the one that is read does not): so the workloads always sum to spend_day.
 */
export async function rollUpWorkloads(query: TenantQuery, tenantId: string, view: PriceView, window: Period): Promise<void> {
  const { rows: plans } = await query('select from app.plan_version limit 1', []);
  if (plans.length === 0) return;
  await query(WORKLOAD_TABLES, []);
  const hasResources = await stageWorkloads(query);
  const days = [view, window.start, window.end];
  await query(BY_ACCOUNT, days);
  if (hasResources) {
    await query('analyze pg_temp.account_workload, pg_temp.resource_workload', []);
    const isContested = await stageUncounted(query, view, window);
    await query(byResource(isContested), [...days, FILE_SLICE_ID, NOT_RUNNING_CHARGE_TYPES]);
  }
  await query(MY_WORKLOAD_DAY, [view]);
  await applyDiff(query, tenantId, {
    target: 'app.spend_workload_day',
    fresh: 'pg_temp.my_workload_day',
    scope: 't.price_view = $2 and t.day >= $3 and t.day < $4',
    values: days,
    keys: ['price_view', 'day', 'currency'],
    refs: ['position'],
    rest: ['billed_cost', 'running_cost'],
  });
}

/** The whole history anew: after a new plan version, or new tags where the plan asks for any. The caller holds the tenant's ledger lock. */
export async function rebuildWorkloads(query: TenantQuery, tenantId: string): Promise<void> {
  const { rows } = await query<{
    price_view: PriceView;
    start: string;
    end: string;
  }>(
    `select price_view, min(day)::text as start, (max(day) + 1)::text as end from app.spend_day group by price_view order by 1`,
    [],
  );
  await query(HASH_ONLY, []);
  for (const { price_view, ...whole } of rows) await rollUpWorkloads(query, tenantId, price_view, whole);
  await query(ANY_PLAN, []);
}

const WORKLOAD_TABLES = `
  create temp table if not exists workload_part (
    day date, position integer, currency text, billed_cost numeric, running_cost numeric
  ) on commit drop;
  create temp table if not exists my_workload_day (
    price_view text, day date, position integer, currency text, billed_cost numeric, running_cost numeric
  ) on commit drop;
  truncate pg_temp.workload_part, pg_temp.my_workload_day`;

const BY_ACCOUNT = `
  insert into pg_temp.workload_part
  select s.day, a.position, s.currency, sum(s.billed_cost), sum(s.running_cost)
    from app.spend_day s left join pg_temp.account_workload a on a.account_ref = s.account_ref
   where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.counted
   group by s.day, a.position, s.currency`;

const byResource = (isContested: boolean) => `
  insert into pg_temp.workload_part
  select day, position, currency, sum(billed_cost), sum(running_cost) from ${movedLines(isContested)} m group by day, position, currency`;

const MY_WORKLOAD_DAY = `
  insert into pg_temp.my_workload_day
  select $1, day, position, currency, sum(billed_cost), sum(running_cost) from pg_temp.workload_part group by day, position, currency`;
