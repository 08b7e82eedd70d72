import type pg from 'pg';
import { eachDay } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import type { HourlyUsage, HourlyUsageDay } from '../../../ledger/hourly-usage.ts';
import type { HourlyUsageStore } from '../../../operations/ports/hourly-usage.ts';
import type { Database } from '../database.ts';
import { storableText } from '../safe-values.ts';
import { priceViewOf } from './freshness.ts';
import { splitFacts } from './split-facts.ts';

type Input = Parameters<HourlyUsageStore['replace']>[1];
type Period = Input['window'];

/** Under this name `fact_recipient` remembers who was ever given hours. */
export const HOURLY_KIND = 'hourlyUsage';

export function hourlyUsageStore(database: Database): HourlyUsageStore {
  return {
    replace: (scope, input) =>
      database.withTenant(scope, (client) =>
        splitFacts(database, client, scope, { ...input, kind: HOURLY_KIND, facts: input.usage }, (tenantId, priceView, usage) =>
          writeShare(client, tenantId, input, priceView, usage),
        ),
      ),
    read: (scope, period) => database.withTenant(scope, async (client) => readHours(client, period, await priceViewOf(client))),
  };
}

async function writeShare(
  client: pg.ClientBase,
  tenantId: string,
  { connectionId, runId, serviceNames, window }: Input,
  priceView: string,
  usage: readonly HourlyUsageDay[],
): Promise<void> {
  for (const table of ['app.hourly_usage', 'app.hourly_day']) {
    await client.query(`delete from ${table} where connection_id = $1 and service_name = any($2) and day >= $3 and day < $4`, [
      connectionId,
      serviceNames,
      window.start,
      window.end,
    ]);
  }
  await client.query(
    `insert into app.hourly_day (tenant_id, connection_id, service_name, day, price_view, run_id)
     select $1, $2, s, d, $3, $4 from unnest($5::text[]) s, unnest($6::date[]) d`,
    [tenantId, connectionId, priceView, runId, serviceNames, [...eachDay(window)]],
  );
  await client.query(
    `insert into app.hourly_usage (tenant_id, connection_id, price_view, run_id, day, service_name, account_id, usage_type, usage_unit, currency,
                                   billed_cost, usage_quantity)
     select $1, $2, $3, $4, u.day, u.service, u.account, u.usage_type, u.unit, u.currency, u.cost::app.amount[], u.quantity::app.amount[]
       from unnest($5::date[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
            as u (day, service, account, usage_type, unit, currency, cost, quantity)`,
    [
      tenantId,
      connectionId,
      priceView,
      runId,
      usage.map((item) => item.day),
      usage.map((item) => storableText(item.serviceName)),
      usage.map((item) => storableText(item.accountId)),
      usage.map((item) => storableText(item.usageType)),
      usage.map((item) => item.usageUnit && storableText(item.usageUnit)),
      usage.map((item) => item.currency),
      usage.map((item) => arrayText(item.billedCost)),
      usage.map((item) => arrayText(item.usageQuantity)),
    ],
  );
}

/** As Postgres writes an array, since `unnest` of an array of arrays would give single figures. */
function arrayText(figures: readonly DecimalString[]): string {
  return `{${figures.join(',')}}`;
}

interface HourRow {
  readonly day: string;
  readonly account_id: string;
  readonly service_name: string;
  readonly usage_type: string;
  readonly usage_unit: string | null;
  readonly currency: string;
  readonly billed_cost: readonly string[];
  readonly usage_quantity: readonly string[];
}

/** In the one price view that the tenant reads, like the facts. */
export async function readHours(client: pg.ClientBase, period: Period, view: PriceView): Promise<HourlyUsage> {
  const values = [view, period.start, period.end];
  const { rows } = await client.query<HourRow>(
    `select distinct on (day, account_id collate "C", service_name collate "C", usage_type collate "C", currency)
            day, account_id, service_name, usage_type, usage_unit, currency, billed_cost::text[], usage_quantity::text[]
       from app.hourly_usage where price_view = $1 and day >= $2 and day < $3
      order by day, account_id collate "C", service_name collate "C", usage_type collate "C", currency, read_at desc, connection_id`,
    values,
  );
  const known = await client.query<{ service_name: string; days: string[] }>(
    `select service_name, array_agg(distinct day::text order by day::text) as days
       from app.hourly_day where price_view = $1 and day >= $2 and day < $3 group by 1 order by service_name collate "C"`,
    values,
  );
  return {
    usage: rows.map((row) => ({
      day: row.day,
      accountId: row.account_id,
      serviceName: row.service_name,
      usageType: row.usage_type,
      usageUnit: row.usage_unit,
      currency: row.currency,
      billedCost: row.billed_cost,
      usageQuantity: row.usage_quantity,
    })),
    knownDays: known.rows.map(({ service_name: serviceName, days }) => ({
      serviceName,
      days,
    })),
  };
}
