import type pg from 'pg';
import { dayOf } from '../../../kernel/calendar.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { CHARGE_TEXT_BYTES } from '../../../ledger/charge-bounds.ts';
import type { Coverage } from '../../../ledger/snapshot.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { ObservationWriter, ObservedResource } from '../../../operations/ports/ledger.ts';
import type { Database } from '../database.ts';
import { asJsonb, storableText } from '../safe-values.ts';
import { assignedTenants } from './assigned-tenants.ts';
import { mergeResourceTags } from './bill-tags.ts';
import { inEachLedger } from './in-each-ledger.ts';
import { readPrices, savePrices } from './prices.ts';
import { rebuildWorkloads } from './rollup-workloads.ts';
import { queryOf, requireOwnConnection } from './tenant-window.ts';
import { hasTagSelectors } from './workload-matches.ts';

type Observations = Parameters<ObservationWriter['replaceAwsRecommendations']>[1];

/** Facts that are not charges: split by account like the charges, each call replacing what the connection said before; tags of a bill are merged. */
export function observationWriter(database: Database): ObservationWriter {
  return {
    replaceAwsRecommendations: (scope, input) =>
      database.withTenant(scope, (client) => replaceObservations(database, client, scope, input)),
    mergeResourceTags: (scope, input) =>
      database.withTenant(scope, (client) => mergeResourceTags(database, client, scope, input)),
    nameAccounts: (scope, accounts) => database.withTenant(scope, (client) => nameAccounts(database, client, scope, accounts)),
    savePrices: (scope, prices) => database.withTenant(scope, (client) => savePrices(client, scope, prices)),
    prices: (scope, questions, since) => database.withTenant(scope, (client) => readPrices(client, questions, since)),
  };
}

async function replaceObservations(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  input: Observations,
): Promise<void> {
  const priceView = await requireOwnConnection(client, input.connectionId);
  const ownerOf = await assignedTenants(client, owner, input.connectionId);
  const shares = new Map<string, Observations>();
  const shareOf = (tenantId: string): Observations =>
    shares.get(tenantId) ?? { ...input, recommendations: [], resources: [], coverage: [] };
  for (const [tenantId, recommendations] of Map.groupBy(input.recommendations, (item) =>
    ownerOf(item.accountId, item.refreshedOn),
  )) {
    shares.set(tenantId, { ...shareOf(tenantId), recommendations });
  }
  for (const [tenantId, resources] of Map.groupBy(input.resources, (item) => ownerOf(item.accountId, item.utilization?.asOf))) {
    shares.set(tenantId, { ...shareOf(tenantId), resources });
  }
  for (const [tenantId, coverage] of Map.groupBy(input.coverage, (item) => ownerOf(item.accountId, undefined))) {
    shares.set(tenantId, { ...shareOf(tenantId), coverage });
  }
  const former = await exchangeRecipients(client, owner, input.connectionId, [...shares.keys()]);
  await inEachLedger(database, client, { owner, runId: input.runId }, [...former, ...shares.keys()], async (tenantId) => {
    await writeShare(client, tenantId, priceView, shareOf(tenantId));
    const query = queryOf(client);
    if (await hasTagSelectors(query)) await rebuildWorkloads(query, tenantId);
  });
}

async function exchangeRecipients(
  client: pg.ClientBase,
  owner: TenantScope,
  connectionId: string,
  recipients: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ recipient_tenant_id: string }>(
    'delete from app.observation_recipient where connection_id = $1 returning recipient_tenant_id',
    [connectionId],
  );
  await client.query(
    'insert into app.observation_recipient (tenant_id, connection_id, recipient_tenant_id) select $1, $2, unnest($3::uuid[])',
    [owner.tenantId, connectionId, recipients],
  );
  return rows.map((row) => row.recipient_tenant_id);
}

async function writeShare(client: pg.ClientBase, tenantId: string, priceView: PriceView, share: Observations): Promise<void> {
  const { connectionId, runId } = share;
  for (const table of ['aws_recommendation', 'observed_resource', 'coverage']) {
    await client.query(`delete from app.${table} where connection_id = $1`, [connectionId]);
  }
  const bodies = new Map(share.recommendations.map((item) => [`${item.kind}\n${item.arn}`, asJsonb(item)]));
  await client.query(
    `insert into app.aws_recommendation (tenant_id, connection_id, run_id, price_view, account_id, refreshed_on, body)
     select $1, $2, $3, $4, body ->> 'accountId', (body ->> 'refreshedOn')::date, body from unnest($5::jsonb[]) as given (body)`,
    [tenantId, connectionId, runId, priceView, [...bodies.values()]],
  );
  await writeResources(client, tenantId, share);
  const coverage = new Map(share.coverage.map((item) => [`${item.fact}\n${item.accountId}\n${item.regionId}`, item]));
  await writeCoverage(client, tenantId, share, [...coverage.values()]);
}

async function writeResources(client: pg.ClientBase, tenantId: string, share: Observations): Promise<void> {
  const resources = mergedByResource(share.resources);
  const ids = resources.map((item) => item.resourceId);
  await client.query(
    `insert into app.resource (tenant_id, resource_id)
     select distinct $1::uuid, g.resource_id from unnest($2::text[]) as g (resource_id)
      where not exists (select from app.resource r where r.resource_id = g.resource_id)
     on conflict do nothing`,
    [tenantId, ids],
  );
  await client.query(
    `insert into app.observed_resource (tenant_id, connection_id, run_id, account_id, resource_ref, region_id, tags, utilization, operation)
     select $1, $2, $3, g.account_id, r.id, g.region_id, g.tags, g.utilization, g.operation
       from unnest($4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[], $9::text[])
            as g (account_id, resource_id, region_id, tags, utilization, operation)
       join app.resource r on r.resource_id = g.resource_id`,
    [
      tenantId,
      share.connectionId,
      share.runId,
      resources.map((item) => storableText(item.accountId)),
      ids,
      resources.map((item) => storableText(item.regionId)),
      resources.map((item) => asJsonb(item.tags)),
      resources.map((item) => item.utilization && asJsonb(item.utilization)),
      resources.map((item) => item.operation && storableText(item.operation)),
    ],
  );
}

/** One source may tell the tags and another the utilization: what is known stays known. Ids that no bill can carry are left out. */
function mergedByResource(resources: readonly ObservedResource[]): readonly ObservedResource[] {
  const merged = new Map<string, ObservedResource>();
  for (const given of resources) {
    const item = { ...given, resourceId: storableText(given.resourceId) };
    if (item.resourceId === '' || Buffer.byteLength(item.resourceId) > CHARGE_TEXT_BYTES.resourceId) continue;
    const key = `${item.accountId}\n${item.resourceId}`;
    const known = merged.get(key);
    merged.set(key, known ? bothOf(known, item) : item);
  }
  return [...merged.values()];
}

function bothOf(first: ObservedResource, second: ObservedResource): ObservedResource {
  return {
    ...first,
    regionId: first.regionId || second.regionId,
    tags: first.tags.length > 0 ? first.tags : second.tags,
    utilization: first.utilization ?? second.utilization,
    operation: first.operation ?? second.operation,
  };
}

async function writeCoverage(
  client: pg.ClientBase,
  tenantId: string,
  share: Observations,
  coverage: readonly Coverage[],
): Promise<void> {
  await client.query(
    `insert into app.coverage (tenant_id, connection_id, run_id, fact, account_id, region_id, state, detail)
     select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`,
    [
      tenantId,
      share.connectionId,
      share.runId,
      coverage.map((item) => item.fact),
      coverage.map((item) => storableText(item.accountId)),
      coverage.map((item) => item.regionId && storableText(item.regionId)),
      coverage.map((item) => item.state),
      coverage.map((item) => item.detail && storableText(item.detail)),
    ],
  );
}

/** Named where they are the owner's, and for each tenant that has them or will. Accounts that are new here are added. */
async function nameAccounts(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  accounts: Parameters<ObservationWriter['nameAccounts']>[1],
): Promise<void> {
  const names = new Map(accounts.map((item) => [storableText(item.accountId), storableText(item.accountName)]));
  names.delete('');
  const { rows } = await client.query<{ tenant_id: string; account_ids: string[] }>(
    `select assigned_tenant_id as tenant_id, array_agg(distinct account_id) as account_ids from app.account_assignment
      where account_id = any ($1) and not isempty(period) and (upper(period) is null or upper(period) > $2)
      group by 1 order by 1`,
    [[...names.keys()], dayOf(new Date())],
  );
  await writeNames(client, owner.tenantId, names);
  for (const row of rows) {
    await database.signFor(client, row.tenant_id);
    await writeNames(client, row.tenant_id, new Map(row.account_ids.map((id) => [id, names.get(id) ?? ''])));
  }
}

async function writeNames(client: pg.ClientBase, tenantId: string, names: ReadonlyMap<string, string>): Promise<void> {
  await client.query(
    `insert into app.account (tenant_id, account_id, account_name)
     select $1, * from unnest($2::text[], $3::text[])
     on conflict (tenant_id, account_id) do update set account_name = excluded.account_name
      where account.account_name is distinct from excluded.account_name`,
    [tenantId, [...names.keys()], [...names.values()]],
  );
}
