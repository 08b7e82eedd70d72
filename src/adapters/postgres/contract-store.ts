import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { AdvisorError } from '../../kernel/failure.ts';
import { type Contract, ContractTerms } from '../../ledger/contract.ts';
import { CHARGE_TYPE_SLICE_ID, FILE_SLICE_ID } from '../../ledger/slice.ts';
import type { TenantScope } from '../../operations/context.ts';
import type { BilledByChargeType, ContractStore } from '../../operations/ports/contracts.ts';
import type { Database } from './database.ts';
import { priceViewOf } from './ledger/freshness.ts';
import { queryOf } from './ledger/tenant-window.ts';
import { stageUncounted, UNCOUNTED_SQL } from './ledger/uncounted.ts';
import { asJsonb, storableText } from './safe-values.ts';

/** Revisions are only ever added; the last one of each contract counts. */
export function contractStore(database: Database): ContractStore {
  return {
    list: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<ContractRow>(
          `select * from (select distinct on (id) * from app.contract order by id, revision desc) c
            order by starts_on, name collate "C", id`,
        );
        return rows.map(contractOf);
      }),
    record: (scope, contract) => database.withTenant(scope, (client) => record(client, scope, contract)),
    anyOver: (scope, question) => database.withTenant(scope, (client) => anyOver(database, client, scope, question)),
    billedByChargeType: (scope, period) => database.withTenant(scope, (client) => billedByChargeType(client, period)),
  };
}

interface ContractRow {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly terms: unknown;
  readonly recorded_by: string;
  readonly recorded_at: string;
}

function contractOf(row: ContractRow): Contract {
  return {
    id: row.id,
    revision: row.revision,
    name: row.name,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    terms: ContractTerms.parse(row.terms),
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  };
}

async function record(
  client: pg.ClientBase,
  scope: TenantScope,
  { id, name, startsOn, endsOn, terms }: Parameters<ContractStore['record']>[1],
): Promise<Contract> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(['contract', scope.tenantId])]);
  const { rows } = await client.query<ContractRow>(
    `insert into app.contract (tenant_id, id, revision, name, starts_on, ends_on, terms, recorded_by)
     select $1, $2, r.last + 1, $3, $4, $5, $6, $7
       from (select coalesce(max(revision), 0) as last from app.contract where id = $2) r
      where r.last > 0 or $8
     returning *`,
    [
      scope.tenantId,
      id ?? randomUUID(),
      storableText(name),
      startsOn,
      endsOn,
      asJsonb(terms),
      storableText(scope.actor.label),
      id === null,
    ],
  );
  const [row] = rows;
  if (row) return contractOf(row);
  throw new AdvisorError('NOT_FOUND', 'This contract is not known', 'List the contracts and use the id of one of them.');
}

/** Each is asked in its own context: nobody reads another's contracts, only that there are some. */
async function anyOver(
  database: Database,
  client: pg.ClientBase,
  scope: TenantScope,
  { connectionId, since }: Parameters<ContractStore['anyOver']>[1],
): Promise<boolean> {
  const { rows } = await client.query<{ tenant_id: string }>(
    'select distinct assigned_tenant_id as tenant_id from app.account_assignment where connection_id = $1 order by 1',
    [connectionId],
  );
  for (const tenantId of [scope.tenantId, ...rows.map((row) => row.tenant_id)]) {
    await database.signFor(client, tenantId);
    const { rowCount } = await client.query(
      `select from (select distinct on (id) ends_on from app.contract order by id, revision desc) c
        where ends_on is null or ends_on > $1 limit 1`,
      [since],
    );
    if (rowCount === 1) return true;
  }
  return false;
}

/** Cost Explorer tells charge types in a slice of their own, files on every line. */
async function billedByChargeType(
  client: pg.ClientBase,
  period: Parameters<ContractStore['billedByChargeType']>[1],
): Promise<readonly BilledByChargeType[]> {
  const view = await priceViewOf(client);
  const isContested = await stageUncounted(queryOf(client), view, period);
  const { rows } = await client.query<BilledByChargeType>(
    `select to_char(c.day, 'YYYY-MM') as month, c.currency::text, c.charge_type as "chargeType",
            trim_scale(sum(c.billed_cost))::text as "billedCost"
       from app.charge c join app.feed f on f.tenant_id = c.tenant_id and f.id = c.feed_ref
      where f.price_view = $1 and f.slice_id in ('${CHARGE_TYPE_SLICE_ID}', '${FILE_SLICE_ID}') and c.day >= $2 and c.day < $3
        ${isContested ? `and not ${UNCOUNTED_SQL}` : ''}
      group by 1, 2, 3 order by 1, 2, 3 nulls last`,
    [view, period.start, period.end],
  );
  return rows;
}
