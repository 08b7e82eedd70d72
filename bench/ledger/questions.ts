import type pg from 'pg';
import { ledgerReader } from '../../src/adapters/postgres/ledger/ledger-reader.ts';
import { recommendationStore } from '../../src/adapters/postgres/recommendations/recommendation-store.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import type { OwnDatabase } from '../support/own-database.ts';
import { type MadeTenant, MONTH, WHOLE } from './made-ledger.ts';

/** One question, asked of the product's own reader and of the plain table. Both answer with a number that must be the same. */
export interface Question {
  readonly what: string;
  readonly ours: (tenant: MadeTenant) => Promise<string>;
  readonly plain: (tenant: MadeTenant) => Promise<string>;
}

export function questionsOf({ database, admin }: OwnDatabase): readonly Question[] {
  const reader = ledgerReader(database);
  const advice = recommendationStore(database);
  const [basis, currency] = ['runningCost', 'USD'] as const;
  return [
    {
      what: 'spend by service by month, 14 months',
      ours: async ({ scope }) => totalOf(await reader.spendByService(scope, { period: wholeMonths, basis, currency })),
      plain: async ({ scope }) => totalOf(await rowsOf(admin, PLAIN_SPEND, [scope.tenantId, WHOLE.start, WHOLE.end])),
    },
    {
      what: 'top 50 movers',
      ours: async ({ scope }) =>
        totalOf((await reader.movers(scope, { month: MONTH, basis, currency, limit: 50 })).movers, 'change'),
      plain: async ({ scope }) => totalOf(await rowsOf(admin, PLAIN_MOVERS, [scope.tenantId]), 'change'),
    },
    {
      what: 'spend per workload since cut-over',
      ours: async ({ scope }) => {
        const workloads = (await reader.spendByWorkload(scope, { basis, currency }))?.workloads ?? [];
        return totalOf(workloads.filter((row) => row.workload !== null).map((row) => ({ cost: row.cost ?? '0' })));
      },
      plain: async ({ scope }) => totalOf(await rowsOf(admin, PLAIN_WORKLOADS, [scope.tenantId])),
    },
    {
      what: 'one page of recommendations',
      ours: async ({ scope }) => {
        const filter = { statuses: ['open', 'accepted'] as const };
        const page = await advice.list(scope, { filter, sort: 'netMonthlySavings', limit: 50, after: null });
        return totalOf(page.items.map((item) => ({ cost: item.netMonthlySavings })));
      },
      plain: async ({ scope }) => totalOf(await rowsOf(admin, PLAIN_PAGE, [scope.tenantId])),
    },
  ];
}

const wholeMonths = { start: `${WHOLE.start.slice(0, 7)}-01`, end: WHOLE.end };

async function rowsOf(
  client: pg.Client,
  sql: string,
  values: readonly unknown[],
): Promise<readonly { cost: string; change: string }[]> {
  return (await client.query<{ cost: string; change: string }>(sql, [...values])).rows;
}

function totalOf<K extends string>(rows: readonly Readonly<Record<K, string>>[], key: K = 'cost' as K): string {
  return `${rows.length} rows, ${plain(sumExact(rows.map((row) => exact(row[key]))))}`;
}

const RUNNING = `charge_type not in ('Credit', 'Refund', 'Support', 'Tax') and service_name !~ '^AWS Support'`;

const PLAIN_SPEND = `
  select date_trunc('month', day::timestamp) as month, service_name, sum(effective_cost)::text as cost from plain.cost_line
   where tenant_id = $1 and day >= $2 and day < $3 and currency = 'USD' and ${RUNNING} group by 1, 2`;

const PLAIN_MOVERS = `
  with now as (select service_name, usage_type, region_id, sum(effective_cost) as cost from plain.cost_line
                where tenant_id = $1 and day >= '2026-10-01' and day < '2026-11-01' and currency = 'USD' and ${RUNNING} group by 1, 2, 3),
       before as (select service_name, usage_type, region_id, sum(effective_cost) as cost from plain.cost_line
                   where tenant_id = $1 and day >= '2026-09-01' and day < '2026-10-01' and currency = 'USD' and ${RUNNING} group by 1, 2, 3)
  select service_name, usage_type, region_id, (coalesce(n.cost, 0) - coalesce(b.cost, 0))::text as change
    from now n full join before b using (service_name, usage_type, region_id)
   order by abs(coalesce(n.cost, 0) - coalesce(b.cost, 0)) desc, 1, 2, 3 limit 50`;

const PLAIN_WORKLOADS = `
  select w.workload, sum(c.effective_cost)::text as cost from plain.workload w
    join plain.cost_line c on c.tenant_id = w.tenant_id and c.account_id = w.account_id and c.day >= w.cut_over
   where w.tenant_id = $1 and currency = 'USD' and ${RUNNING} group by w.workload`;

const PLAIN_PAGE = `
  select id, body, net_monthly_savings::text as cost from plain.recommendation
   where tenant_id = $1 and status in ('open', 'accepted') order by net_monthly_savings desc, id desc limit 50`;
