import { isRunningSql, SERVICE_NAME_SQL } from './rollup-sources.ts';
import type { TenantQuery } from './tenant-window.ts';
import { UNCOUNTED_SQL } from './uncounted.ts';

const NEWEST_WORKLOADS = `(select * from app.plan_workload where version = (select max(version) from app.plan_version)) w`;

const TABLES = `
  create temp table if not exists account_workload (account_ref integer, position integer) on commit drop;
  create temp table if not exists resource_workload (resource_ref bigint, account_ref integer, position integer) on commit drop;
  truncate pg_temp.account_workload, pg_temp.resource_workload`;

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

/**
 * Which accounts and resources the workloads of the newest plan have, as pg_temp.account_workload and pg_temp.resource_workload until the
 * transaction ends. True: some workload names resources or tags.
 */
export async function stageWorkloads(query: TenantQuery): Promise<boolean> {
  await query(TABLES, []);
  for (const matches of MATCHES) await query(matches, []);
  const { rows } = await query('select from pg_temp.resource_workload limit 1', []);
  return rows.length > 0;
}

export async function hasTagSelectors(query: TenantQuery): Promise<boolean> {
  const { rows } = await query(`select from ${NEWEST_WORKLOADS} where w.matches -> 'tags' <> '[]'::jsonb limit 1`, []);
  return rows.length > 0;
}

/**
 * As a FROM item: each line that an earlier workload has by its resource, once for that workload and once, negative, away from its account's.
 * $1 price view, $2 first day, $3 end, $4 the slice whose lines name resources and services, $5 charge types that are not running cost.
 */
export const movedLines = (isContested: boolean) => `(
  select m.day, m.account_ref, moved.position, m.currency, m.service_name, moved.sign * m.billed_cost as billed_cost, moved.sign * m.running_cost as running_cost
    from (select c.day, c.account_ref, c.currency, a.position as from_position, least(r.position, t.position) as to_position, c.billed_cost,
                 ${SERVICE_NAME_SQL} as service_name, case when ${isRunningSql('$5')} then c.effective_cost end as running_cost
            from app.charge c
            join app.meter x on x.id = c.meter_ref
            left join pg_temp.resource_workload r on r.resource_ref = c.resource_ref and r.account_ref is null
            left join pg_temp.resource_workload t on t.resource_ref = c.resource_ref and t.account_ref = c.account_ref
            left join pg_temp.account_workload a on a.account_ref = c.account_ref
           where c.feed_ref = any (array(select id from app.feed where price_view = $1 and slice_id = $4))
             and c.day >= $2 and c.day < $3 and c.resource_ref in (select resource_ref from pg_temp.resource_workload)
             ${isContested ? `and not ${UNCOUNTED_SQL}` : ''}) m
   cross join lateral (values (m.to_position, 1), (m.from_position, -1)) as moved (position, sign)
   where m.to_position < coalesce(m.from_position, 2147483647))`;
