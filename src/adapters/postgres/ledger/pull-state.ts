import type pg from 'pg';
import type { Day, Period } from '../../../kernel/calendar.ts';
import type { KnownResource } from '../../../operations/ports/cost-source.ts';
import type { AccountSpend, KnownDay, KnownMonthSum, PullState } from '../../../operations/ports/pull-state.ts';
import type { Database } from '../database.ts';
import { HASH_ONLY } from './tenant-window.ts';

/** What of a connection lies in the ledger already, from the owner's side. */
export function pullState(database: Database): PullState {
  return {
    knownDays: (scope, connectionId) => database.withTenant(scope, (client) => knownDays(client, connectionId)),
    monthSums: (scope, { connectionId, sliceId, period }) =>
      database.withTenant(scope, async (client) => ({
        sums: await monthSums(client, connectionId, sliceId, period),
        accountsElsewhere: await accountsElsewhere(client, connectionId, period),
      })),
    knownResources: (scope, connectionId, since) =>
      database.withTenant(scope, (client) => knownResources(client, connectionId, since)),
    spendByAccount: (scope, { connectionId, sliceId, period }) =>
      database.withTenant(scope, (client) => spendByAccount(client, connectionId, sliceId, period)),
  };
}

/** Days with a control only: those are the owner's. */
async function knownDays(client: pg.ClientBase, connectionId: string): Promise<readonly KnownDay[]> {
  const { rows } = await client.query<[string, Day, string, string, string, boolean, boolean, string]>({
    text: `select f.slice_id, s.day, s.currency::text, trim_scale(s.control_billed_cost)::text, trim_scale(s.control_effective_cost)::text,
                  s.estimated, s.is_partial, r.started_at
             from app.charge_day_status s
             join app.feed f on f.id = s.feed_ref
             join app.run r on r.id = s.run_id
            where f.connection_id = $1 and s.control_billed_cost is not null
            order by f.slice_id, s.day, s.currency`,
    values: [connectionId],
    rowMode: 'array',
  });
  return rows.map(([sliceId, day, currency, billedCost, effectiveCost, estimated, isPartial, startedAt]) => ({
    sliceId,
    day,
    currency,
    billedCost,
    effectiveCost,
    estimated,
    isPartial,
    readAt: new Date(startedAt).toISOString(),
  }));
}

async function monthSums(
  client: pg.ClientBase,
  connectionId: string,
  sliceId: string,
  { start, end }: Period,
): Promise<readonly KnownMonthSum[]> {
  await client.query(HASH_ONLY);
  const { rows } = await client.query<[string, string, string, string, string, string]>({
    text: `select to_char(c.day, 'YYYY-MM'), a.account_id, coalesce(x.service_name, ''), c.currency::text,
                  trim_scale(sum(c.billed_cost))::text, trim_scale(sum(c.effective_cost))::text
             from app.charge c
             join app.meter x on x.id = c.meter_ref
             join app.account a on a.id = c.account_ref
            where c.feed_ref in (select id from app.feed where connection_id = $1 and slice_id = $2) and c.day >= $3 and c.day < $4
            group by 1, 2, 3, 4`,
    values: [connectionId, sliceId, start, end],
    rowMode: 'array',
  });
  return rows.map(([month, accountId, serviceName, currency, billedCost, effectiveCost]) => ({
    month,
    accountId,
    serviceName,
    currency,
    billedCost,
    effectiveCost,
  }));
}

async function accountsElsewhere(
  client: pg.ClientBase,
  connectionId: string,
  { start, end }: Period,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ account_id: string }>(
    `select distinct account_id from app.account_assignment
      where connection_id = $1 and assigned_tenant_id <> tenant_id and period && daterange($2, $3) order by account_id`,
    [connectionId, start, end],
  );
  return rows.map((row) => row.account_id);
}

async function knownResources(client: pg.ClientBase, connectionId: string, since: Day): Promise<readonly KnownResource[]> {
  await client.query(HASH_ONLY);
  const { rows } = await client.query<[string, string, string | null]>({
    text: `select r.resource_id, min(a.account_id),
                  (select min(o.operation) from app.observed_resource o where o.resource_ref = r.id and o.connection_id = $1)
             from app.charge c
             join app.account a on a.id = c.account_ref
             join app.resource r on r.id = c.resource_ref
            where c.feed_ref in (select id from app.feed where connection_id = $1 and slice_id like 'resource:%') and c.day >= $2
            group by r.id, r.resource_id having count(distinct c.account_ref) = 1 order by r.resource_id`,
    values: [connectionId, since],
    rowMode: 'array',
  });
  return rows.map(([resourceId, accountId, operation]) => ({ resourceId, accountId, operation }));
}

async function spendByAccount(
  client: pg.ClientBase,
  connectionId: string,
  sliceId: string,
  { start, end }: Period,
): Promise<readonly AccountSpend[]> {
  const { rows } = await client.query<[string, string]>({
    text: `select a.account_id, trim_scale(sum(c.effective_cost))::text
             from app.charge c join app.account a on a.id = c.account_ref
            where c.feed_ref in (select id from app.feed where connection_id = $1 and slice_id = $2) and c.day >= $3 and c.day < $4
            group by a.account_id order by sum(c.effective_cost) desc, a.account_id`,
    values: [connectionId, sliceId, start, end],
    rowMode: 'array',
  });
  return rows.map(([accountId, effectiveCost]) => ({ accountId, effectiveCost }));
}
