import type pg from 'pg';
import type { TenantScope } from '../../../operations/context.ts';
import type { WindowInput } from '../../../operations/ports/ledger.ts';

const SHARE = 'create temp table share (account integer, day date, tenant_id uuid) on commit drop';

/**
 * Decides whose each staged line is, by account and day: the tenant that the account is assigned to over this connection, else the
 * connection's owner. An account assigned over another connection stays with the owner as well, and is not counted there.
 * Run in the owner's context, which is the one that keeps the assignments. Answers every tenant with a share or a claim to one.
 */
export async function splitByAssignment(
  client: pg.ClientBase,
  owner: TenantScope,
  input: Pick<WindowInput, 'connectionId' | 'window'>,
): Promise<readonly string[]> {
  await client.query(SHARE);
  await stageAssigned(client, input);
  await client.query(
    `insert into pg_temp.share
     select d.account, d.day, coalesce(a.tenant_id, $1)
       from (select distinct account, day from pg_temp.staged) d
       left join pg_temp.staged_account w on w.n = d.account
       left join pg_temp.assigned a on a.account_id = w.account_id and d.day >= a.starts and d.day < a.ends and a.is_here`,
    [owner.tenantId],
  );
  await client.query('analyze pg_temp.share');
  const { rows } = await client.query<{ tenant_id: string }>(
    `select tenant_id from pg_temp.share union select tenant_id from pg_temp.assigned where is_here`,
  );
  return rows.map((row) => row.tenant_id);
}

/** Who has which account on the days of a window; in the context of the connection's owner. */
export async function stageAssigned(
  client: pg.ClientBase,
  { connectionId, window }: Pick<WindowInput, 'connectionId' | 'window'>,
): Promise<void> {
  await client.query(
    `create temp table if not exists assigned (account_id text, starts date, ends date, tenant_id uuid, is_here boolean) on commit drop;
     truncate pg_temp.assigned`,
  );
  await client.query(
    `insert into pg_temp.assigned
     select account_id, lower(period), coalesce(upper(period), date 'infinity'), assigned_tenant_id, connection_id = $1
       from app.account_assignment where period && daterange($2, $3)`,
    [connectionId, window.start, window.end],
  );
}

/** Who was ever given lines of this feed: they lose what has vanished. */
export async function formerRecipients(client: pg.ClientBase, feedRef: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ recipient_tenant_id: string }>(
    'select recipient_tenant_id from app.feed_recipient where feed_ref = $1',
    [feedRef],
  );
  return rows.map((row) => row.recipient_tenant_id);
}

/** From now on they are asked too when the feed is split. */
export async function rememberFeedRecipients(
  client: pg.ClientBase,
  owner: TenantScope,
  feedRef: number,
  recipients: readonly string[],
): Promise<void> {
  await client.query(
    `insert into app.feed_recipient (tenant_id, feed_ref, recipient_tenant_id)
     select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
    [owner.tenantId, feedRef, recipients],
  );
}
