import type pg from 'pg';
import { CHARGE_TEXT_BYTES } from '../../../ledger/charge-bounds.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { ObservationWriter, TaggedResource } from '../../../operations/ports/ledger.ts';
import type { Database } from '../database.ts';
import { asJsonb, storableText } from '../safe-values.ts';
import { assignedTenants } from './assigned-tenants.ts';
import { copyInto, copyLine } from './copy-text.ts';
import { inEachLedger } from './in-each-ledger.ts';
import { LONG_WORK } from './ledger-writer.ts';
import { rebuildWorkloads } from './rollup-workloads.ts';
import { rememberFactRecipients } from './split-facts.ts';
import { queryOf, requireOwnConnection, type TenantQuery } from './tenant-window.ts';
import { hasTagSelectors } from './workload-matches.ts';

type GivenTags = Parameters<ObservationWriter['mergeResourceTags']>[1];

/** The kind under which `fact_recipient` remembers who was given tags. */
const KIND = 'resourceTags';

/**
 * Tags that a bill states, added to those known: each resource keeps the tags of the newest day that any import stated (of the same day, those
 * of the last import), and what this bill does not name stays. Split by the assignment of that day. One transaction, in flat memory.
 */
export async function mergeResourceTags(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  input: GivenTags,
): Promise<{ readonly changed: number }> {
  await requireOwnConnection(client, input.connectionId);
  await client.query(LONG_WORK);
  const ownerOf = await assignedTenants(client, owner, input.connectionId);
  const recipients = await stage(client, input.resources, ({ accountId, seenOn }) => ownerOf(accountId, seenOn));
  if (recipients.length === 0) return { changed: 0 };
  await rememberFactRecipients(client, owner, { connectionId: input.connectionId, kind: KIND }, recipients);
  let changed = 0;
  await inEachLedger(database, client, { owner, runId: input.runId }, recipients, async (tenantId) => {
    changed += await writeStaged(queryOf(client), tenantId, input.connectionId, input.runId);
  });
  return { changed };
}

/** What one tenant holds of an account over a connection goes to whom it belongs now. Run with all ledgers locked; left in some tenant's context. */
export async function moveBillTags(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  { connectionId, holder, accountId, ownerOf }: HeldTags,
): Promise<void> {
  await database.signFor(client, holder);
  const { rows } = await client.query<{ seen_on: string }>(
    'select distinct seen_on::text from app.bill_tag where connection_id = $1 and account_id = $2',
    [connectionId, accountId],
  );
  const foreign = rows.map((row) => row.seen_on).filter((day) => ownerOf(accountId, day) !== holder);
  for (const [tenantId, days] of Map.groupBy(foreign, (day) => ownerOf(accountId, day))) {
    await database.signFor(client, holder);
    await client.query(STAGE_TAGS);
    const query = queryOf(client);
    const { rows: runs } = await client.query<{ run_id: string }>(TAKE_AWAY, [tenantId, connectionId, accountId, days]);
    if (await hasTagSelectors(query)) await rebuildWorkloads(query, holder);
    await database.signFor(client, tenantId);
    await writeStaged(query, tenantId, connectionId, runs[0]?.run_id ?? '');
    await database.signFor(client, owner.tenantId);
    await rememberFactRecipients(client, owner, { connectionId, kind: KIND }, [tenantId]);
  }
}

interface HeldTags {
  readonly connectionId: string;
  readonly holder: string;
  readonly accountId: string;
  readonly ownerOf: Awaited<ReturnType<typeof assignedTenants>>;
}

const STAGE_TAGS = `
  drop table if exists pg_temp.staged_tag;
  create temp table staged_tag (
    owner_id uuid not null, account_id text not null, resource_id text not null, tags jsonb not null, seen_on date not null
  ) on commit drop`;

/** Answers who gets any. Ids that no bill can carry are left out. */
async function stage(
  client: pg.ClientBase,
  resources: AsyncIterable<readonly TaggedResource[]>,
  ownerOf: (resource: TaggedResource) => string,
): Promise<readonly string[]> {
  const recipients = new Set<string>();
  async function* lines(): AsyncGenerator<string> {
    for await (const batch of resources) {
      for (const resource of batch) {
        const resourceId = storableText(resource.resourceId);
        if (resourceId === '' || Buffer.byteLength(resourceId) > CHARGE_TEXT_BYTES.resourceId) continue;
        const tenantId = ownerOf(resource);
        recipients.add(tenantId);
        yield copyLine([tenantId, storableText(resource.accountId), resourceId, asJsonb(resource.tags), resource.seenOn]);
      }
    }
  }
  await client.query(STAGE_TAGS);
  await copyInto(client, 'pg_temp.staged_tag', lines());
  await client.query('analyze pg_temp.staged_tag (owner_id, account_id, resource_id)');
  return [...recipients];
}

/** Answers how many resources changed; the workloads are rolled up anew where that may move a line. */
async function writeStaged(query: TenantQuery, tenantId: string, connectionId: string, runId: string): Promise<number> {
  await query(NEW_RESOURCES, [tenantId]);
  const { rowCount } = await query(MERGE, [tenantId, connectionId, runId]);
  const changed = rowCount ?? 0;
  if (changed > 0 && (await hasTagSelectors(query))) await rebuildWorkloads(query, tenantId);
  return changed;
}

const NEW_RESOURCES = `
  insert into app.resource (tenant_id, resource_id)
  select distinct $1::uuid, s.resource_id from pg_temp.staged_tag s
   where s.owner_id = $1 and not exists (select from app.resource r where r.resource_id = s.resource_id)
  on conflict do nothing`;

/** A row that is as it was is not written again. */
const MERGE = `
  insert into app.bill_tag as t (tenant_id, connection_id, run_id, account_id, resource_ref, tags, seen_on)
  select distinct on (s.account_id, r.id) $1::uuid, $2::uuid, $3::uuid, s.account_id, r.id, s.tags, s.seen_on
    from pg_temp.staged_tag s join app.resource r on r.resource_id = s.resource_id
   where s.owner_id = $1
   order by s.account_id, r.id, s.seen_on desc, s.tags
  on conflict (tenant_id, connection_id, account_id, resource_ref) do update
     set run_id = excluded.run_id, tags = excluded.tags, seen_on = excluded.seen_on
   where excluded.seen_on >= t.seen_on and (excluded.tags, excluded.seen_on) is distinct from (t.tags, t.seen_on)`;

const TAKE_AWAY = `
  with gone as (
    delete from app.bill_tag t using app.resource r
     where r.id = t.resource_ref and t.connection_id = $2 and t.account_id = $3 and t.seen_on = any ($4::date[])
    returning r.resource_id, t.tags, t.seen_on, t.run_id
  ), kept as (
    insert into pg_temp.staged_tag select $1::uuid, $3::text, resource_id, tags, seen_on from gone
  )
  select run_id from gone order by seen_on desc limit 1`;
