import type pg from 'pg';
import { firstDay, type Month, monthOf, type Period } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { ChargeCategory } from '../../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { LedgerReader, SpendByService, SpendRow } from '../../../operations/ports/ledger.ts';
import type { Database } from '../database.ts';
import { compareExport } from './export-check.ts';
import { freshness, priceViewOf } from './freshness.ts';
import { movers } from './movers.ts';
import { byText } from './order.ts';
import { SERVICE_NAME_SQL } from './rollup-sources.ts';
import { HASH_ONLY } from './tenant-window.ts';
import { unassignedAccounts } from './unassigned-accounts.ts';
import { workloadCosts } from './workload-costs.ts';
import { workloadUsage } from './workload-usage.ts';
import { spendByWorkload } from './workloads.ts';

/** What pages ask, from the roll-ups alone. */
export function ledgerReader(database: Database): LedgerReader {
  return {
    freshness: (scope) => database.withTenant(scope, freshness),
    spendByService: (scope, question) => database.withTenant(scope, (client) => spendByService(client, question)),
    movers: (scope, question) => database.withTenant(scope, (client) => movers(client, question)),
    spendByWorkload: (scope, question) => database.withTenant(scope, (client) => spendByWorkload(client, question)),
    workloadCosts: (scope, question) =>
      database.withTenant(scope, async (client) => workloadCosts(client, { ...question, view: await priceViewOf(client) })),
    unassignedAccounts: (scope, question) =>
      database.withTenant(scope, async (client) => unassignedAccounts(client, { ...question, view: await priceViewOf(client) })),
    workloadUsage: (scope, question) =>
      database.withTenant(scope, async (client) => workloadUsage(client, { ...question, view: await priceViewOf(client) })),
    compareExport: (scope, connectionId, until) =>
      database.withTenant(scope, (client) => compareExport(client, connectionId, until)),
    importedTotals: (scope, connectionId, runId) =>
      database.withTenant(scope, (client) => importedTotals(client, connectionId, runId)),
  };
}

async function spendByService(
  client: pg.ClientBase,
  { period, basis, currency }: Parameters<LedgerReader['spendByService']>[1],
): Promise<readonly SpendByService[]> {
  const view = await priceViewOf(client);
  const cost = basis === 'runningCost' ? 'running_cost' : 'billed_cost';
  const source = isWholeMonths(period)
    ? `select to_char(month, 'YYYY-MM') as month, service_name, ${cost} as cost from app.spend_month
        where price_view = $1 and currency = $2 and month >= $3 and month < $4`
    : `select to_char(day, 'YYYY-MM') as month, service_name, ${cost} as cost from app.spend_day
        where price_view = $1 and currency = $2 and day >= $3 and day < $4 and counted`;
  const { rows } = await client.query<{ month: Month; service_name: string; cost: DecimalString }>(
    `select month, service_name, trim_scale(sum(cost))::text as cost from (${source}) spend where cost is not null
      group by month, service_name order by month, service_name collate "C"`,
    [view, currency, period.start, period.end],
  );
  return rows.map((row) => ({ month: row.month, serviceName: row.service_name, currency, cost: row.cost }));
}

function isWholeMonths({ start, end }: Period): boolean {
  return start === firstDay(monthOf(start)) && end === firstDay(monthOf(end));
}

async function importedTotals(client: pg.ClientBase, connectionId: string, runId: string): Promise<readonly SpendRow[]> {
  await client.query(HASH_ONLY);
  const { rows } = await client.query<{
    month: Month;
    currency: string;
    service_name: string;
    charge_category: ChargeCategory | null;
    billed: DecimalString;
    effective: DecimalString;
  }>(
    `select to_char(c.day, 'YYYY-MM') as month, c.currency::text, ${SERVICE_NAME_SQL} as service_name, c.charge_category,
            trim_scale(sum(c.billed_cost))::text as billed, trim_scale(sum(c.effective_cost))::text as effective
       from (select day, meter_ref, currency, charge_type, charge_category, sum(billed_cost) as billed_cost, sum(effective_cost) as effective_cost
               from app.charge
              where feed_ref = any (array(select id from app.feed where connection_id = $1 and slice_id = '${FILE_SLICE_ID}'))
                and day = any (array(select day from app.charge_day_status where run_id = $2))
                and (feed_ref, day) in (select feed_ref, day from app.charge_day_status where run_id = $2)
              group by day, meter_ref, currency, charge_type, charge_category) c
       join app.meter x on x.id = c.meter_ref
      group by 1, 2, 3, 4`,
    [connectionId, runId],
  );
  return rows
    .map((row) => ({
      month: row.month,
      currency: row.currency,
      serviceName: row.service_name,
      chargeCategory: row.charge_category,
      billedCost: row.billed,
      effectiveCost: row.effective,
    }))
    .sort(byText((row) => `${row.month}\n${row.currency}\n${row.serviceName}\n${row.chargeCategory ?? '~'}`));
}
