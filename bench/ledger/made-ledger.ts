import { rollUp } from '../../src/adapters/postgres/ledger/rollup.ts';
import { stageAssigned } from '../../src/adapters/postgres/ledger/split.ts';
import { planStore } from '../../src/adapters/postgres/plan-store.ts';
import { addDays, monthsIn, type Period } from '../../src/kernel/calendar.ts';
import type { TenantScope } from '../../src/operations/context.ts';
import { Plan } from '../../src/plan/plan.ts';
import type { OwnDatabase } from '../support/own-database.ts';

export const TENANTS = 20;
export const ACCOUNTS = 25;
export const WORKLOADS = 20;
export const RECOMMENDATIONS = 5_000;
const METERS = 500;
const DAYS = 400;
export const WHOLE: Period = { start: addDays('2026-11-01', -DAYS), end: '2026-11-01' };
/** Of the same month as the last day, and the whole one before. */
export const MONTH = '2026-10';

export interface MadeTenant {
  readonly scope: TenantScope;
  readonly connectionId: string;
  readonly feed: number;
}

/** Twenty customers with a bill of full detail, a plan and advice; the roll-ups by the product's own SQL, plain tables with the same lines beside. */
export async function makeLedger(own: OwnDatabase, rows: number, print: (text: string) => void): Promise<readonly MadeTenant[]> {
  const { admin } = own;
  for (const month of monthsIn(WHOLE)) await admin.query('select app.ensure_month($1)', [`${month}-01`]);
  await admin.query(PLAIN_TABLES);
  // Tables that nobody has analysed look empty, and a nested loop over half a million lines takes minutes.
  await admin.query('set enable_nestloop = off');
  const linesADay = Math.max(1, Math.round(rows / (TENANTS * DAYS * ACCOUNTS)));
  const tenants: MadeTenant[] = [];
  for (let n = 0; n < TENANTS; n += 1) {
    tenants.push(await makeTenant(own, n, linesADay));
    if (n % 5 === 4)
      print(`  ${n + 1} of ${TENANTS} tenants made, ${(linesADay * DAYS * ACCOUNTS).toLocaleString('en')} lines each`);
  }
  await admin.query('reset enable_nestloop');
  await admin.query('create index on plain.cost_line (tenant_id, day)');
  await admin.query('vacuum analyze');
  for (const tenant of tenants) await rollUpAll(own, tenant);
  await admin.query('vacuum analyze app.spend_day, app.spend_month, app.spend_mover, app.spend_workload_day');
  await admin.query('checkpoint');
  return tenants;
}

async function makeTenant({ admin }: OwnDatabase, n: number, linesADay: number): Promise<MadeTenant> {
  const { rows } = await admin.query<{ id: string }>(
    `insert into app.tenant (name, kind, locale) values ($1, 'customer', 'en') returning tenant_id as id`,
    [`customer ${n}`],
  );
  const id = rows[0]?.id ?? '';
  const connection = await admin.query<{ id: string }>(
    `insert into app.connection (tenant_id, name, payer_account_id, credential_kind, region_id, price_view)
     values ($1, 'bench', '999988887777', 'sandbox', 'us-east-1', 'awsBilled') returning id`,
    [id],
  );
  const connectionId = connection.rows[0]?.id ?? '';
  const feed = await admin.query<{ id: number }>(
    `insert into app.feed (tenant_id, connection_id, slice_id, price_view) values ($1, $2, 'file', 'awsBilled') returning id`,
    [id, connectionId],
  );
  const made = { id, feed: feed.rows[0]?.id ?? 0 };
  for (const sql of WORDS) await admin.query(sql, [id]);
  await admin.query(LINES, [id, made.feed, WHOLE.start, DAYS, ACCOUNTS, linesADay, n]);
  await admin.query(STATUS, [id, made.feed, WHOLE.start, DAYS]);
  await admin.query(PLAIN_LINES, [id]);
  await admin.query(ADVICE, [id, RECOMMENDATIONS, n]);
  await admin.query(
    'insert into plain.recommendation select tenant_id::text, status, net_monthly_savings, id, body from app.recommendation where tenant_id = $1',
    [id],
  );
  const scope: TenantScope = { tenantId: id, actor: { kind: 'job', id: 'bench', label: 'bench', role: 'tenantAdmin' } };
  return { scope, connectionId, feed: made.feed };
}

/** As after a pull of the whole history; then the plan, which makes its own. */
async function rollUpAll({ database, admin }: OwnDatabase, { scope, connectionId }: MadeTenant): Promise<void> {
  await database.withTenant(scope, async (client) => {
    await client.query('set local statement_timeout = 0');
    await stageAssigned(client, { connectionId, window: WHOLE });
    const key = { connectionId, runId: '', sliceId: 'file', window: WHOLE, priceView: 'awsBilled' as const };
    await rollUp((sql, values) => client.query(sql, [...values]), scope.tenantId, key);
  });
  const workloads = Array.from({ length: WORKLOADS }, (_, n) => ({
    name: `workload ${n}`,
    matches: { accountIds: [accountId(n)] },
  }));
  const waves = [0, 1].map((wave) => ({
    name: `wave ${wave}`,
    cutOver: wave === 0 ? '2025-12-01' : '2026-03-01',
    workloads: workloads.filter((_, n) => n % 2 === wave),
  }));
  await planStore(database).save(scope, Plan.parse({ name: 'bench', currency: 'USD', waves }));
  await admin.query(
    `insert into plain.workload select tenant_id::text, workload, cut_over, matches -> 'accountIds' ->> 0 from app.plan_workload where tenant_id = $1`,
    [scope.tenantId],
  );
}

/** As the SQL below writes them. */
const accountId = (n: number) => String(100_000_000_001 + n);

const WORDS = [
  `insert into app.account (tenant_id, account_id) select $1, (100000000000 + n)::text from generate_series(1, ${ACCOUNTS}) n`,
  `insert into app.meter (tenant_id, key, service_name, usage_type, operation, usage_unit, region_id)
   select $1, md5(n::text), 'Service ' || n % 12, 'APN1-Usage:' || n, 'Run', 'Hrs', (array['ap-northeast-1', 'us-east-1', 'eu-west-1'])[1 + n % 3]
     from generate_series(1, ${METERS}) n`,
];

/** Amounts are a function of tenant, day, account and line: the same each time. An account uses its own share of the meters. */
const LINES = `
  insert into app.charge (tenant_id, feed_ref, day, account_ref, meter_ref, charge_category, charge_type, currency, billed_cost, effective_cost, usage_quantity)
  select $1, $2, $3::date + d, a.id, x.id, 'Usage', 'Usage', 'USD', v.cost, v.cost, 24
    from generate_series(0, $4::int - 1) d
   cross join (select id, row_number() over (order by id) as n from app.account where tenant_id = $1) a
   cross join generate_series(1, $6::int) k
    join (select id, row_number() over (order by id) as n from app.meter where tenant_id = $1) x on x.n = 1 + (a.n * 37 + k * 11) % ${METERS}
   cross join lateral (select (abs(hashint4((d * 131 + a.n * 17 + k * 7919 + $7::int * 104729)::int)) % 10000000)::numeric / 1000000 as cost) v
   where a.n <= $5`;

const STATUS = `
  insert into app.charge_day_status (tenant_id, feed_ref, run_id, day, currency, estimated, billed_cost, effective_cost)
  select $1, $2, gen_random_uuid(), $3::date + d, 'USD', false, 0, 0 from generate_series(0, $4::int - 1) d`;

/** What somebody would have without dictionaries, partitions and roll-ups. */
const PLAIN_TABLES = `
  create schema plain;
  create table plain.cost_line (
    tenant_id text not null, day date not null, account_id text, service_name text, usage_type text, region_id text, charge_type text,
    currency text not null, billed_cost numeric not null, effective_cost numeric not null
  );
  create table plain.workload (tenant_id text, workload text, cut_over date, account_id text);
  create table plain.recommendation (tenant_id text, status text, net_monthly_savings numeric, id text, body jsonb)`;

const PLAIN_LINES = `
  insert into plain.cost_line
  select c.tenant_id::text, c.day, a.account_id, x.service_name, x.usage_type, x.region_id, c.charge_type, c.currency, c.billed_cost, c.effective_cost
    from app.charge c join app.account a on a.tenant_id = c.tenant_id and a.id = c.account_ref
    join app.meter x on x.tenant_id = c.tenant_id and x.id = c.meter_ref where c.tenant_id = $1`;

const ADVICE = `
  insert into app.recommendation (tenant_id, id, detector_id, category, account_id, resource_id, status, currency, net_monthly_savings,
                                  first_seen, last_seen, rank, body)
  select $1, md5(n::text || $3::int), 'ebs-volume-unattached', 'storage', (100000000001 + n % ${ACCOUNTS})::text, 'vol-' || n,
         (array['open', 'open', 'open', 'accepted', 'closed'])[1 + n % 5], 'USD', v.cost, date '2026-08-01' + n % 90, '2026-10-31', n,
         jsonb_build_object('id', md5(n::text || $3::int), 'detectorId', 'ebs-volume-unattached', 'category', 'storage', 'actionType', 'Delete',
           'accountId', (100000000001 + n % ${ACCOUNTS})::text, 'regionId', 'ap-northeast-1', 'resourceId', 'vol-' || n, 'status', 'open',
           'savings', jsonb_build_object('low', v.cost::text, 'expected', v.cost::text, 'high', v.cost::text), 'netMonthlySavings', v.cost::text,
           'evidence', jsonb_build_object('sizeGb', 100, 'detachedDays', n % 200, 'note', repeat('x', 200)))
    from generate_series(1, $2::int) n
   cross join lateral (select (abs(hashint4(n * 7919 + $3::int)) % 1000000)::numeric / 1000 as cost) v`;
