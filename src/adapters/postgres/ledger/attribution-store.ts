import type pg from 'pg';
import type { AttributionLine } from '../../../ledger/attribution.ts';
import type { AttributionStore } from '../../../operations/ports/attribution.ts';
import type { Database } from '../database.ts';
import { storableText } from '../safe-values.ts';
import { priceViewOf } from './freshness.ts';
import { splitFacts } from './split-facts.ts';

type Input = Parameters<AttributionStore['replace']>[1];
type Question = Parameters<AttributionStore['read']>[1];

/** Under this name `fact_recipient` remembers who was ever given such lines. */
export const ATTRIBUTION_KIND = 'attribution';

export function attributionStore(database: Database): AttributionStore {
  return {
    replace: (scope, input) =>
      database.withTenant(scope, (client) =>
        splitFacts(
          database,
          client,
          scope,
          { ...input, kind: ATTRIBUTION_KIND, facts: input.lines },
          (tenantId, priceView, lines) => writeShare(client, tenantId, input, priceView, lines),
        ),
      ),
    read: (scope, question) => database.withTenant(scope, (client) => readLines(client, question)),
  };
}

async function writeShare(
  client: pg.ClientBase,
  tenantId: string,
  { connectionId, runId, kind, key, window }: Input,
  priceView: string,
  lines: readonly AttributionLine[],
): Promise<void> {
  await client.query(
    'delete from app.attribution_day where key_kind = $1 and key = $2 and day >= $3 and day < $4 and connection_id = $5',
    [kind, storableText(key), window.start, window.end, connectionId],
  );
  await client.query(
    `insert into app.attribution_day (tenant_id, connection_id, run_id, price_view, key_kind, key, day, account_id, state, value, currency,
                                      billed_cost, effective_cost)
     select $1, $2, $3, $4, $5, $6, l.day, l.account, l.state, l.value, l.currency, sum(l.billed), sum(l.effective)
       from unnest($7::date[], $8::text[], $9::text[], $10::text[], $11::text[], $12::numeric[], $13::numeric[])
            as l (day, account, state, value, currency, billed, effective)
      group by l.day, l.account, l.state, l.value, l.currency`,
    [
      tenantId,
      connectionId,
      runId,
      priceView,
      kind,
      storableText(key),
      lines.map((line) => line.day),
      lines.map((line) => line.accountId && storableText(line.accountId)),
      lines.map((line) => line.state),
      lines.map((line) => line.value && storableText(line.value)),
      lines.map((line) => line.currency),
      lines.map((line) => line.billedCost),
      lines.map((line) => line.effectiveCost),
    ],
  );
}

interface LineRow {
  readonly day: string;
  readonly account_id: string | null;
  readonly state: AttributionLine['state'];
  readonly value: string | null;
  readonly currency: string;
  readonly billed_cost: string;
  readonly effective_cost: string;
}

/** In the one price view that the tenant reads, like the facts. */
async function readLines(client: pg.ClientBase, { kind, key, period }: Question): Promise<readonly AttributionLine[]> {
  const { rows } = await client.query<LineRow>(
    `with own as (
       select * from app.attribution_day where price_view = $1 and key_kind = $2 and key = $3 and day >= $4 and day < $5
     ), believed as (
       select distinct on (day, account_id) day, account_id, connection_id from own where account_id is not null
        order by day, account_id, read_at desc, connection_id
     )
     select o.day, o.account_id, o.state, o.value, o.currency, o.billed_cost, o.effective_cost
       from own o left join believed b using (day, account_id, connection_id)
      where o.account_id is null or b.connection_id is not null
      order by o.day, o.account_id collate "C" nulls last, o.state, o.value collate "C", o.currency, o.connection_id`,
    [await priceViewOf(client), kind, storableText(key), period.start, period.end],
  );
  return rows.map((row) => ({
    day: row.day,
    accountId: row.account_id,
    state: row.state,
    value: row.value,
    currency: row.currency,
    billedCost: row.billed_cost,
    effectiveCost: row.effective_cost,
  }));
}
