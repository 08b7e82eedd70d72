import type { Period } from '../../../kernel/calendar.ts';
import { NOT_RUNNING_CHARGE_TYPES, type PriceView } from '../../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import { isRunningSql } from './rollup-sources.ts';
import { applyDiff } from './table-diff.ts';
import { ANY_PLAN, HASH_ONLY, type TenantQuery } from './tenant-window.ts';
import { stageUncounted, UNCOUNTED_SQL } from './uncounted.ts';

/**
 * Cost by day and workload of the newest plan: the first workload in list order that matches has a line, the rest is unassigned. Accounts
 * are told by spend_day. What is matched by resource or tag is moved away from its account, as far as the lines themselves name
 * resources (files do; of Cost Explorer's slices the one that is read does not): so the workloads always sum to spend_day.
 */
export async function rollUpWorkloads(query: TenantQuery, tenantId: string, view: PriceView, window: Period): Promise<void> {
  const { rows: plans } = await query('select from app.plan_version limit 1', []);
  if (plans.length === 0) return;
  await query(WORKLOAD_TABLES, []);
  await query('truncate pg_temp.account_workload, pg_temp.resource_workload, pg_temp.my_workload_day', []);
  for (const matches of MATCHES) await query(matches, []);
  const days = [view, window.start, window.end];
  await query(BY_ACCOUNT, days);
  const { rows: resources } = await query('select from pg_temp.resource_workload limit 1', []);
  if (resources.length > 0) {
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

export async function hasTagSelectors(query: TenantQuery): Promise<boolean> {
  const { rows } = await query(`select from ${NEWEST_WORKLOADS} where w.matches -> 'tags' <> '[]'::jsonb limit 1`, []);
  return rows.length > 0;
}

const NEWEST_WORKLOADS = `(select * from app.plan_workload where version = (select max(version) from app.plan_version)) w`;

const WORKLOAD_TABLES = `
  create temp table if not exists account_workload (account_ref integer, position integer) on commit drop;
  create temp table if not exists resource_workload (resource_ref bigint, account_ref integer, position integer) on commit drop;
  create temp table if not exists workload_part (
    day date, position integer, currency text, billed_cost numeric, running_cost numeric
  ) on commit drop;
  create temp table if not exists my_workload_day (
    price_view text, day date, position integer, currency text, billed_cost numeric, running_cost numeric
  ) on commit drop;
  truncate pg_temp.workload_part`;

/** A resource id may be a mere name ("main"), used in several accounts: a tag is matched within the account that it was seen in. What
 * AWS says of the tags of now goes before what a bill said of its day. */
const MATCHES = [
  `insert into pg_temp.account_workload
   select a.id, min(w.position) from ${NEWEST_WORKLOADS}
    cross join lateral jsonb_array_elements_text(w.matches -> 'accountIds') as wanted (account_id)
     join app.account a on a.account_id = wanted.account_id group by a.id`,
  `insert into pg_temp.resource_workload
   select r.id, null, min(w.position) from ${NEWEST_WORKLOADS}
    cross join lateral jsonb_array_elements_text(w.matches -> 'resourceIds') as wanted (resource_id)
     join app.resource r on r.resource_id = wanted.resource_id group by r.id`,
  `insert into pg_temp.resource_workload
   select o.resource_ref, a.id, min(w.position) from ${NEWEST_WORKLOADS}
    cross join lateral jsonb_array_elements(w.matches -> 'tags') as wanted (tag)
     join app.observed_resource o on o.tags @> jsonb_build_array(wanted.tag)
     join app.account a on a.account_id = o.account_id group by o.resource_ref, a.id`,
  `insert into pg_temp.resource_workload
   select b.resource_ref, a.id, min(w.position) from ${NEWEST_WORKLOADS}
    cross join lateral jsonb_array_elements(w.matches -> 'tags') as wanted (tag)
     join app.bill_tag b on b.tags @> jsonb_build_array(wanted.tag)
     join app.account a on a.account_id = b.account_id
    where not exists (select from app.observed_resource o
                       where o.resource_ref = b.resource_ref and o.account_id = b.account_id and o.tags <> '[]'::jsonb)
    group by b.resource_ref, a.id`,
];

const BY_ACCOUNT = `
  insert into pg_temp.workload_part
  select s.day, a.position, s.currency, sum(s.billed_cost), sum(s.running_cost)
    from app.spend_day s left join pg_temp.account_workload a on a.account_ref = s.account_ref
   where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.counted
   group by s.day, a.position, s.currency`;

/** Each line that an earlier workload has by its resource: to that workload, and away from its account's. */
const byResource = (isContested: boolean) => `
  insert into pg_temp.workload_part
  select m.day, moved.position, m.currency, sum(moved.sign * m.billed_cost), sum(moved.sign * m.running_cost)
    from (select c.day, c.currency, a.position as from_position, least(r.position, t.position) as to_position, c.billed_cost,
                 case when ${isRunningSql('$5')} then c.effective_cost end as running_cost
            from app.charge c
            join app.meter x on x.id = c.meter_ref
            left join pg_temp.resource_workload r on r.resource_ref = c.resource_ref and r.account_ref is null
            left join pg_temp.resource_workload t on t.resource_ref = c.resource_ref and t.account_ref = c.account_ref
            left join pg_temp.account_workload a on a.account_ref = c.account_ref
           where c.feed_ref = any (array(select id from app.feed where price_view = $1 and slice_id = $4))
             and c.day >= $2 and c.day < $3 and c.resource_ref in (select resource_ref from pg_temp.resource_workload)
             ${isContested ? `and not ${UNCOUNTED_SQL}` : ''}) m
   cross join lateral (values (m.to_position, 1), (m.from_position, -1)) as moved (position, sign)
   where m.to_position < coalesce(m.from_position, 2147483647)
   group by m.day, moved.position, m.currency`;

const MY_WORKLOAD_DAY = `
  insert into pg_temp.my_workload_day
  select $1, day, position, currency, sum(billed_cost), sum(running_cost) from pg_temp.workload_part group by day, position, currency`;
