import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { ledgerReader } from '../../../../src/adapters/postgres/ledger/ledger-reader.ts';
import { ledgerWriter } from '../../../../src/adapters/postgres/ledger/ledger-writer.ts';
import { observationWriter } from '../../../../src/adapters/postgres/ledger/observation-writer.ts';
import { snapshotReader } from '../../../../src/adapters/postgres/ledger/snapshot-reader.ts';
import type { Period } from '../../../../src/kernel/calendar.ts';
import { plain, sumExact } from '../../../../src/kernel/money.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import type { ControlTotal, WindowInput, WindowResult } from '../../../../src/operations/ports/ledger.ts';
import type { TestDatabase } from '../../../support/database.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const WINDOW: Period = { start: '2026-10-01', end: '2026-10-04' };

export function aCharge(given: Partial<Charge> = {}): Charge {
  const billedCost = given.billedCost ?? '10';
  return {
    day: '2026-10-01',
    subAccountId: ACCOUNT,
    serviceName: 'Amazon Relational Database Service',
    usageType: null,
    operation: null,
    regionId: null,
    resourceId: null,
    chargeCategory: null,
    chargeType: null,
    billedCost,
    effectiveCost: billedCost,
    listCost: null,
    contractedCost: null,
    usageQuantity: null,
    usageUnit: null,
    currency: 'USD',
    ...given,
  };
}

/** The controls that fit exactly: one a day and currency. */
export function controlsOf(charges: readonly Charge[], estimated = false): ControlTotal[] {
  return [...Map.groupBy(charges, (charge) => `${charge.day} ${charge.currency}`)].map(([key, lines]) => {
    const [day = '', currency = ''] = key.split(' ');
    const total = (metric: 'billedCost' | 'effectiveCost') => plain(sumExact(lines.map((line) => line[metric])));
    return { day, currency, billedCost: total('billedCost'), effectiveCost: total('effectiveCost'), estimated };
  });
}

export async function* inBatches<T>(items: readonly T[], size = 3): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** A tenant with a connection and runs of its own, as the installation would have them. */
export interface World {
  readonly scope: TenantScope;
  readonly connectionId: string;
}

export function scopeOf(tenantId: string): TenantScope {
  return { tenantId, actor: { kind: 'job', id: 'test', label: 'test', role: 'tenantAdmin' } };
}

export async function aTenant(db: TestDatabase, kind: 'operator' | 'customer' = 'customer'): Promise<TenantScope> {
  const { rows } = await db.database.withoutTenant<pg.QueryResult<{ tenant_id: string }>>((client) =>
    kind === 'operator'
      ? client.query('select tenant_id from app.operator_tenant()')
      : client.query(`select tenant_id from app.create_tenant($1, 'en')`, [`customer ${randomUUID()}`]),
  );
  return scopeOf(rows[0]?.tenant_id ?? '');
}

export async function aConnection(db: TestDatabase, scope: TenantScope, priceView = 'awsBilled'): Promise<string> {
  const id = randomUUID();
  await db.database.withTenant(scope, (client) =>
    client.query(
      `insert into app.connection (tenant_id, id, name, payer_account_id, credential_kind, region_id, price_view)
       values ($1, $2, $3, '999988887777', 'sandbox', 'us-east-1', $4)`,
      [scope.tenantId, id, `connection ${id}`, priceView],
    ),
  );
  return id;
}

export async function aWorld(db: TestDatabase, kind: 'operator' | 'customer' = 'customer'): Promise<World> {
  const scope = await aTenant(db, kind);
  return { scope, connectionId: await aConnection(db, scope) };
}

export async function aRun(db: TestDatabase, { scope, connectionId }: World): Promise<string> {
  const id = randomUUID();
  await db.database.withTenant(scope, (client) =>
    client.query(`insert into app.run (tenant_id, id, connection_id, source, fence, presence) values ($1, $2, $3, $4, 1, 1)`, [
      scope.tenantId,
      id,
      connectionId,
      `test ${id}`,
    ]),
  );
  return id;
}

export async function assign(db: TestDatabase, owner: World, accountId: string, to: TenantScope, period: Period): Promise<void> {
  await db.database.withTenant(owner.scope, (client) =>
    client.query(
      `insert into app.account_assignment (tenant_id, connection_id, account_id, assigned_tenant_id, period)
       values ($1, $2, $3, $4, daterange($5, $6))`,
      [owner.scope.tenantId, owner.connectionId, accountId, to.tenantId, period.start, period.end],
    ),
  );
}

export type Pull = Partial<Omit<WindowInput, 'charges' | 'controls' | 'quarantined'>> & {
  readonly charges: readonly Charge[] | AsyncIterable<readonly Charge[]>;
  readonly controls?: readonly ControlTotal[];
  readonly quarantined?: ReturnType<WindowInput['quarantined']>;
};

/** Replaces a window with controls that fit, unless the test says otherwise. */
export async function pull(db: TestDatabase, world: World, given: Pull): Promise<WindowResult> {
  const { charges, controls, quarantined = [], ...rest } = given;
  const isList = Array.isArray(charges);
  return ledgerWriter(db.database).replaceWindow(world.scope, {
    connectionId: world.connectionId,
    runId: rest.runId ?? (await aRun(db, world)),
    sliceId: 'account-service',
    window: WINDOW,
    priceView: 'awsBilled',
    ...rest,
    charges: isList ? inBatches(charges as readonly Charge[]) : (charges as AsyncIterable<readonly Charge[]>),
    controls: async () => controls ?? (isList ? controlsOf(charges as readonly Charge[]) : []),
    quarantined: () => quarantined,
  });
}

/** A tenant's lines as they lie in the ledger, read as the run-time role. */
export interface StoredLine {
  readonly slice: string;
  readonly day: string;
  readonly account: string | null;
  readonly service: string | null;
  readonly resource: string | null;
  readonly type: string | null;
  readonly billed: string;
  readonly currency: string;
}

export async function linesOf(db: TestDatabase, scope: TenantScope): Promise<StoredLine[]> {
  const { rows } = await db.database.withTenant(scope, (client) =>
    client.query<StoredLine>(
      `select f.slice_id as slice, c.day::text, a.account_id as account, x.service_name as service, r.resource_id as resource,
              c.charge_type as type, trim_scale(c.billed_cost)::text as billed, c.currency::text
         from app.charge c join app.feed f on f.id = c.feed_ref join app.meter x on x.id = c.meter_ref
         left join app.account a on a.id = c.account_ref left join app.resource r on r.id = c.resource_ref
        order by 1, 2, 3, 4, 5, 6, 8, 7`,
    ),
  );
  return rows;
}

export function totalOf(lines: readonly StoredLine[]): string {
  return plain(sumExact(lines.map((line) => line.billed)));
}

export const ports = (db: TestDatabase) => ({
  reader: ledgerReader(db.database),
  observations: observationWriter(db.database),
  snapshots: snapshotReader(db.database),
});
