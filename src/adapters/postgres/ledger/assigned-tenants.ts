import type pg from 'pg';
import { type Day, dayOf } from '../../../kernel/calendar.ts';
import type { TenantScope } from '../../../operations/context.ts';
import { splitLock } from './tenant-window.ts';

/** Facts of now: an account belongs to whom it is assigned on the day of the fact, or today where the fact has no day. */
export async function assignedTenants(
  client: pg.ClientBase,
  owner: TenantScope,
  connectionId: string,
): Promise<(accountId: string, day: Day | undefined) => string> {
  await splitLock(client, connectionId, 'shared');
  const { rows } = await client.query<{ account_id: string; starts: Day; ends: Day; tenant_id: string }>(
    `select account_id, lower(period)::text as starts, coalesce(upper(period)::text, '9999-12-31') as ends, assigned_tenant_id as tenant_id
       from app.account_assignment where connection_id = $1`,
    [connectionId],
  );
  const byAccount = Map.groupBy(rows, (row) => row.account_id);
  const today = dayOf(new Date());
  return (accountId, day = today) =>
    byAccount.get(accountId)?.find((row) => day >= row.starts && day < row.ends)?.tenant_id ?? owner.tenantId;
}
