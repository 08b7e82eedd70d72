import type pg from 'pg';
import type { TenantScope } from '../../../operations/context.ts';
import type { Database } from '../database.ts';
import { requireRunning } from '../fence.ts';
import { ledgerLock } from './tenant-window.ts';

/**
 * Writes for a run tenant by tenant in the transaction of the owner: all ledgers are locked first, in one order, then each is written in its
 * own signed context. Left in the owner's context; CONFLICT when the run was taken over meanwhile.
 */
export async function inEachLedger(
  database: Database,
  client: pg.ClientBase,
  { owner, runId }: { readonly owner: TenantScope; readonly runId: string },
  tenantIds: Iterable<string>,
  write: (tenantId: string) => Promise<void>,
): Promise<void> {
  const tenants = [...new Set(tenantIds)].sort();
  for (const tenantId of tenants) await ledgerLock(client, tenantId, 'exclusive');
  for (const tenantId of tenants) {
    await database.signFor(client, tenantId);
    await write(tenantId);
  }
  await database.signFor(client, owner.tenantId);
  await requireRunning(client, runId);
}
