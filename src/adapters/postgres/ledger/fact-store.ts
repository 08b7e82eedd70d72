import type pg from 'pg';
import type { PriceView } from '../../../ledger/charge.ts';
import type { Fact, FactType, KnownFact } from '../../../ledger/fact.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { FactStore } from '../../../operations/ports/facts.ts';
import type { Database } from '../database.ts';
import { asJsonb, storableText } from '../safe-values.ts';
import { priceViewOf } from './freshness.ts';
import { splitFacts } from './split-facts.ts';

type Given<Body> = Parameters<typeof replaceFacts<Body>>[3];

/** Facts of every kind, in one table: a new kind is a type in the ledger and nothing here. */
export function factStore(database: Database): FactStore {
  return {
    replace: (scope, input) => database.withTenant(scope, (client) => replaceFacts(database, client, scope, input)),
    read: (scope, type, period) =>
      database.withTenant(scope, async (client) => readFacts(client, await priceViewOf(client), type, period ?? null)),
  };
}

async function replaceFacts<Body>(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  input: {
    readonly connectionId: string;
    readonly runId: string;
    readonly type: FactType<Body>;
    readonly window: { readonly start: string; readonly end: string } | null;
    readonly facts: readonly Fact<Body>[];
  },
): Promise<{ readonly rows: number; readonly tenants: number }> {
  const facts = distinct(input);
  return splitFacts(database, client, owner, { ...input, kind: input.type.kind, facts }, (tenantId, priceView, share) =>
    writeShare(client, tenantId, input, priceView, share),
  );
}

/** Checked, cleaned of what Postgres refuses, the last of each day and key. */
function distinct<Body>({ type, facts, window }: Given<Body>): readonly Fact<Body>[] {
  const byKey = new Map<string, Fact<Body>>();
  for (const fact of facts) {
    if (window !== null && (fact.day === null || fact.day < window.start || fact.day >= window.end))
      throw new Error(`a ${type.kind} of ${fact.day} lies outside the window that it replaces`);
    const key = storableText(fact.key);
    byKey.set(`${fact.day} ${key}`, { ...fact, key, body: type.schema.parse(fact.body) });
  }
  return [...byKey.values()];
}

async function writeShare<Body>(
  client: pg.ClientBase,
  tenantId: string,
  { connectionId, runId, type, window }: Given<Body>,
  priceView: string,
  facts: readonly Fact<Body>[],
): Promise<void> {
  await client.query(
    `delete from app.observed_fact where connection_id = $1 and kind = $2 and ($3::date is null or (day >= $3 and day < $4))`,
    [connectionId, type.kind, window?.start ?? null, window?.end ?? null],
  );
  await client.query(
    `insert into app.observed_fact (tenant_id, connection_id, run_id, kind, price_view, day, key, account_id, body)
     select $1, $2, $3, $4, $5, * from unnest($6::date[], $7::text[], $8::text[], $9::jsonb[])`,
    [
      tenantId,
      connectionId,
      runId,
      type.kind,
      priceView,
      facts.map((fact) => fact.day),
      facts.map((fact) => fact.key),
      facts.map((fact) => fact.accountId && storableText(fact.accountId)),
      facts.map((fact) => asJsonb(fact.body)),
    ],
  );
}

interface FactRow {
  readonly kind: string;
  readonly connection_id: string;
  readonly day: string | null;
  readonly key: string;
  readonly account_id: string | null;
  readonly body: unknown;
  readonly read_at: string;
}

/** In `view`, the one that the tenant reads: a customer does not see what its reseller pays. */
export async function readFacts<Body>(
  client: pg.ClientBase,
  view: PriceView,
  type: FactType<Body>,
  period: { readonly start: string; readonly end: string } | null,
): Promise<readonly KnownFact<Body>[]> {
  const of = await readFactsOfKinds(client, view, [type.kind], period);
  return of(type);
}

/** Several kinds at once; the answer gives those of one kind. */
export async function readFactsOfKinds(
  client: pg.ClientBase,
  view: PriceView,
  kinds: readonly string[],
  period: { readonly start: string; readonly end: string } | null,
): Promise<<Body>(type: FactType<Body>) => readonly KnownFact<Body>[]> {
  const { rows } = await client.query<FactRow>(
    `select kind, connection_id, day, key, account_id, body, read_at from app.observed_fact
      where kind = any($1) and price_view = $2 and ($3::date is null or (day >= $3 and day < $4))
      order by day nulls first, key collate "C", connection_id`,
    [kinds, view, period?.start ?? null, period?.end ?? null],
  );
  const byKind = Map.groupBy(rows, (row) => row.kind);
  return (type) =>
    (byKind.get(type.kind) ?? []).map((row) => ({
      connectionId: row.connection_id,
      accountId: row.account_id,
      day: row.day,
      key: row.key,
      body: type.schema.parse(row.body),
      readAt: new Date(row.read_at).toISOString(),
    }));
}
