import { randomUUID } from 'node:crypto';
import { copyInto, copyLine } from '../../src/adapters/postgres/ledger/copy-text.ts';
import { ledgerWriter } from '../../src/adapters/postgres/ledger/ledger-writer.ts';
import { addDays, type Period } from '../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import type { Charge } from '../../src/ledger/charge.ts';
import { median } from '../support/bench.ts';
import type { OwnDatabase } from '../support/own-database.ts';
import { type MadeTenant, WHOLE } from './made-ledger.ts';

export interface Written {
  readonly seconds: number;
  /** Megabytes of write-ahead log. */
  readonly wal: number;
}

export interface WriteFigures {
  readonly lines: number;
  /** By the product's own writer: staged, reconciled, split, compared, rolled up. */
  readonly unchanged: Written;
  readonly restated: Written;
  /** The same lines by DELETE and COPY into a table of text columns with their natural key, and nothing else. */
  readonly peer: Written;
}

const WINDOW: Period = { start: addDays(WHOLE.end, -14), end: WHOLE.end };
const ROUNDS = 5;

/** The last 14 days of one tenant: 30 % of the lines changed, 1 % new, 1 % gone; and as they were. Medians of five rounds, side by side. */
export async function measureWrites(own: OwnDatabase, tenant: MadeTenant): Promise<WriteFigures> {
  await own.admin.query('create table plain.keyed (like plain.cost_line)');
  await own.admin.query('insert into plain.keyed select * from plain.cost_line where tenant_id = $1 order by day', [
    tenant.scope.tenantId,
  ]);
  await own.admin.query(
    'alter table plain.keyed add primary key (tenant_id, day, account_id, service_name, usage_type, region_id, charge_type)',
  );
  let charges = await readLines(own, tenant);
  const [unchanged, restated, peer]: [Written[], Written[], Written[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    unchanged.push(await measured(own, () => replace(own, tenant, charges)));
    charges = restate(charges, round);
    restated.push(await measured(own, () => replace(own, tenant, charges)));
    peer.push(await measured(own, () => deleteAndCopy(own, tenant, charges)));
  }
  const middle = (all: readonly Written[]): Written => ({
    seconds: median(all.map((one) => one.seconds)),
    wal: median(all.map((one) => one.wal)),
  });
  return { lines: charges.length, unchanged: middle(unchanged), restated: middle(restated), peer: middle(peer) };
}

async function measured({ admin }: OwnDatabase, work: () => Promise<unknown>): Promise<Written> {
  await admin.query('checkpoint');
  const before = await admin.query<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn');
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  const { rows } = await admin.query<{ bytes: string }>(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)::text as bytes',
    [before.rows[0]?.lsn],
  );
  return { seconds, wal: Number(rows[0]?.bytes) / 1e6 };
}

async function readLines({ admin }: OwnDatabase, { scope }: MadeTenant): Promise<readonly Charge[]> {
  const { rows } = await admin.query<Charge>(
    `select c.day::text, a.account_id as "subAccountId", x.service_name as "serviceName", x.usage_type as "usageType", x.operation,
            x.usage_unit as "usageUnit", x.region_id as "regionId", null as "resourceId", c.charge_category as "chargeCategory",
            c.charge_type as "chargeType", c.currency, c.billed_cost::text as "billedCost", c.effective_cost::text as "effectiveCost",
            null as "listCost", null as "contractedCost", c.usage_quantity::text as "usageQuantity"
       from app.charge c join app.account a on a.tenant_id = c.tenant_id and a.id = c.account_ref
       join app.meter x on x.tenant_id = c.tenant_id and x.id = c.meter_ref
      where c.tenant_id = $1 and c.day >= $2 and c.day < $3`,
    [scope.tenantId, WINDOW.start, WINDOW.end],
  );
  return rows;
}

function restate(charges: readonly Charge[], round: number): readonly Charge[] {
  const kept = charges.filter((_, n) => n % 100 !== round);
  const changed = kept.map((charge, n) => {
    if (n % 10 >= 3) return charge;
    const cost = plain(exact(charge.billedCost).plus('0.01'));
    return { ...charge, billedCost: cost, effectiveCost: cost };
  });
  const come = charges
    .filter((_, n) => n % 100 === round)
    .map((charge) => ({ ...charge, usageType: `${charge.usageType}-${round}` }));
  return [...changed, ...come];
}

async function replace({ database, admin }: OwnDatabase, tenant: MadeTenant, charges: readonly Charge[]): Promise<void> {
  const runId = randomUUID();
  await admin.query(`insert into app.run (tenant_id, id, connection_id, source, fence, presence) values ($1, $2, $3, $4, 1, 1)`, [
    tenant.scope.tenantId,
    runId,
    tenant.connectionId,
    runId,
  ]);
  const controls = [...Map.groupBy(charges, (charge) => charge.day)].map(([day, own]) => {
    const cost = plain(sumExact(own.map((charge) => charge.billedCost)));
    return { day, currency: 'USD', billedCost: cost, effectiveCost: cost, estimated: false };
  });
  async function* batches(): AsyncGenerator<readonly Charge[]> {
    for (let at = 0; at < charges.length; at += 1_000) yield charges.slice(at, at + 1_000);
  }
  await ledgerWriter(database).replaceWindow(tenant.scope, {
    connectionId: tenant.connectionId,
    runId,
    sliceId: 'file',
    window: WINDOW,
    priceView: 'awsBilled',
    charges: batches(),
    controls: async () => controls,
    quarantined: () => [],
  });
}

async function deleteAndCopy({ admin }: OwnDatabase, { scope }: MadeTenant, charges: readonly Charge[]): Promise<void> {
  await admin.query('begin');
  await admin.query('delete from plain.keyed where tenant_id = $1 and day >= $2 and day < $3', [
    scope.tenantId,
    WINDOW.start,
    WINDOW.end,
  ]);
  const lines = charges.map((c) =>
    copyLine([
      scope.tenantId,
      c.day,
      c.subAccountId,
      c.serviceName,
      c.usageType,
      c.regionId,
      c.chargeType,
      c.currency,
      c.billedCost,
      c.effectiveCost,
    ]),
  );
  await copyInto(admin, 'plain.keyed', lines);
  await admin.query('commit');
}
