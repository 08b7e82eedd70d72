import type pg from 'pg';
import type { Day } from '../../../kernel/calendar.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { Database } from '../database.ts';
import { assignedTenants } from './assigned-tenants.ts';
import { inEachLedger } from './in-each-ledger.ts';
import { requireOwnConnection } from './tenant-window.ts';

interface OfAccount {
  /** Null: the whole connection's, which stays with its owner. */
  readonly accountId: string | null;
  readonly day: Day | null;
}

/**
 * Writes facts tenant by tenant in one transaction: each under its ledger lock and its own signed context, whoever was ever given facts of
 * this kind over this connection among them, so that nobody keeps what has moved away. CONFLICT when the run was taken over.
 */
export async function splitFacts<T extends OfAccount>(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  input: { readonly connectionId: string; readonly runId: string; readonly kind: string; readonly facts: readonly T[] },
  writeShare: (tenantId: string, priceView: string, share: readonly T[]) => Promise<void>,
): Promise<{ readonly rows: number; readonly tenants: number }> {
  const priceView = await requireOwnConnection(client, input.connectionId);
  const ownerOf = await assignedTenants(client, owner, input.connectionId);
  const shares = Map.groupBy(input.facts, ({ accountId, day }) =>
    accountId === null ? owner.tenantId : ownerOf(accountId, day ?? undefined),
  );
  const former = await rememberFactRecipients(client, owner, input, [owner.tenantId, ...shares.keys()]);
  await inEachLedger(database, client, { owner, runId: input.runId }, [...former, ...shares.keys()], (tenantId) =>
    writeShare(tenantId, priceView, shares.get(tenantId) ?? []),
  );
  return { rows: input.facts.length, tenants: shares.size };
}

/** Answers who was ever given facts of this kind. They are never forgotten, since a window may leave older facts standing. */
export async function rememberFactRecipients(
  client: pg.ClientBase,
  owner: TenantScope,
  { connectionId, kind }: { readonly connectionId: string; readonly kind: string },
  recipients: readonly string[],
): Promise<readonly string[]> {
  await client.query(
    `insert into app.fact_recipient (tenant_id, connection_id, kind, recipient_tenant_id)
     select $1, $2, $3, unnest($4::uuid[]) on conflict do nothing`,
    [owner.tenantId, connectionId, kind, recipients],
  );
  const { rows } = await client.query<{ recipient_tenant_id: string }>(
    'select recipient_tenant_id from app.fact_recipient where connection_id = $1 and kind = $2',
    [connectionId, kind],
  );
  return rows.map((row) => row.recipient_tenant_id);
}
