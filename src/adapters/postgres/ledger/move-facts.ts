import type pg from 'pg';
import type { TenantScope } from '../../../operations/context.ts';
import type { Database } from '../database.ts';
import { assignedTenants } from './assigned-tenants.ts';
import { moveBillTags } from './bill-tags.ts';
import { moveDatedRows } from './move-dated-rows.ts';
import type { Move } from './split-again.ts';
import { ledgerLock } from './tenant-window.ts';

/** Facts of how things stand now; the next pull tells them to whom they belong. */
const OBSERVATIONS = ['aws_recommendation', 'observed_resource', 'coverage'] as const;

interface Recipient {
  readonly connection_id: string;
  readonly recipient_tenant_id: string;
}

/** Facts of an account go the way of its charges. Run in the owner's context, and left in it. */
export async function moveFacts(database: Database, client: pg.ClientBase, owner: TenantScope, move: Move): Promise<void> {
  const { rows } = await client.query<Recipient>(
    `select connection_id, recipient_tenant_id from app.fact_recipient
      union select connection_id, recipient_tenant_id from app.observation_recipient
      union select id, tenant_id from app.connection
      union select connection_id, assigned_tenant_id from app.account_assignment where account_id = $1 order by 2, 1`,
    [move.accountId],
  );
  for (const tenantId of new Set(rows.map((row) => row.recipient_tenant_id))) await ledgerLock(client, tenantId, 'exclusive');
  for (const { connection_id: connectionId, recipient_tenant_id: holder } of rows) {
    await database.signFor(client, owner.tenantId);
    const ownerOf = await assignedTenants(client, owner, connectionId);
    await moveDatedRows(database, client, owner, {
      ...move,
      connectionId,
      holder,
      ownerOf,
    });
    await moveBillTags(database, client, owner, {
      accountId: move.accountId,
      connectionId,
      holder,
      ownerOf,
    });
    if (ownerOf(move.accountId, undefined) === holder) continue;
    await database.signFor(client, holder);
    for (const table of OBSERVATIONS) {
      await client.query(`delete from app.${table} where connection_id = $1 and account_id = $2`, [connectionId, move.accountId]);
    }
  }
  await database.signFor(client, owner.tenantId);
}
