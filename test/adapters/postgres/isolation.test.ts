import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlState } from '../../../src/adapters/postgres/failures.ts';
import { signTenantContext } from '../../../src/adapters/postgres/tenant-context.ts';
import { tenantDirectoryStore } from '../../../src/adapters/postgres/tenant-store.ts';
import { testDatabase, withSuperuser } from '../../support/database.ts';
import { aConnection, makeWorld, type World } from '../../support/world.ts';
import { insertStatement, specimen, type TenantTable, tenantTables } from './specimen.ts';

const db = testDatabase();
let world: World;
let tables: readonly TenantTable[];
let client: pg.Client;

beforeAll(async () => {
  world = await makeWorld(db.database);
  await db.database.withoutTenant((asker) => asker.query("select app.ensure_month('2026-01-01')"));
  await withSuperuser(db.adminUrl, async (superuser) => {
    tables = await tenantTables(superuser);
    await superuser.query('set session_replication_role = replica');
    for (const table of tables.filter(({ name }) => name !== 'app.tenant')) {
      for (const [tenant, salt] of [
        [world.aoyama, 'a'],
        [world.bunkyo, 'b'],
      ] as const) {
        await superuser.query(insertStatement(table), [specimen(table, tenant.id, salt)]);
      }
    }
  });
  client = new pg.Client({ connectionString: db.runtimeUrl });
  await client.connect();
});
afterAll(() => client.end());

/** What came of a statement in a transaction with this context: the number of rows, or the SQLSTATE of the refusal. */
async function attempt(context: string | null, sql: string, values: readonly unknown[] = []): Promise<number | string> {
  await client.query('begin');
  try {
    if (context !== null) await client.query("select set_config('app.ctx', $1, true)", [context]);
    return (await client.query(sql, [...values])).rowCount ?? 0;
  } catch (error) {
    return sqlState(error) ?? String(error);
  } finally {
    await client.query('rollback');
  }
}

const NO_CONTEXT = '28000';
const NOT_ALLOWED = '42501';
const sign = (tenantId: string, at = Date.now()) => signTenantContext(db.signingKey, tenantId, at);
const flipped = (text: string) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');

/** Contexts that prove nothing. */
const BAD_CONTEXTS: Readonly<Record<string, () => string | null>> = {
  missing: () => null,
  empty: () => '',
  'a bare tenant id': () => world.aoyama.id,
  'signed with another key': () => signTenantContext(Buffer.alloc(32, 7), world.aoyama.id, Date.now()),
  'changed in its code': () => flipped(sign(world.aoyama.id)),
  'changed in its tenant': () => sign(world.aoyama.id).replace(world.aoyama.id, world.bunkyo.id),
  'changed in its expiry': () => sign(world.aoyama.id).replace(/\|(\d+)\|/, (_all, at) => `|${Number(at) + 1}|`),
  'with something after it': () => `${sign(world.aoyama.id)}|x`,
  expired: () => sign(world.aoyama.id, Date.now() - 120_000),
};

function statements(table: TenantTable, tenantId: string): Readonly<Record<string, readonly [string, readonly unknown[]]>> {
  return {
    select: [`select from ${table.name} where tenant_id = $1`, [tenantId]],
    insert: [insertStatement(table), [specimen(table, tenantId, 'c')]],
    update: [`update ${table.name} set tenant_id = tenant_id where tenant_id = $1`, [tenantId]],
    delete: [`delete from ${table.name} where tenant_id = $1`, [tenantId]],
  };
}

describe('every tenant table', () => {
  it('is among those tried', () => {
    expect(tables.map((table) => table.name)).toEqual(
      expect.arrayContaining(['app.tenant', 'app.run', 'app.charge', 'app.recommendation']),
    );
  });

  it('shows a tenant its own row', async () => {
    for (const table of tables) {
      const seen = await attempt(sign(world.aoyama.id), `select from ${table.name} where tenant_id = $1`, [world.aoyama.id]);
      expect([table.name, typeof seen === 'number' && seen > 0]).toEqual([table.name, true]);
    }
  });

  it.each(Object.keys(BAD_CONTEXTS))('refuses all four verbs under a context that is %s', async (kind) => {
    const context = BAD_CONTEXTS[kind]?.() ?? null;
    for (const table of tables) {
      for (const [verb, [sql, values]] of Object.entries(statements(table, world.aoyama.id))) {
        const outcome = await attempt(context, sql, values);
        // Where the run-time role lacks the verb altogether, that comes first.
        expect([table.name, verb, outcome]).toEqual([table.name, verb, outcome === NOT_ALLOWED ? NOT_ALLOWED : NO_CONTEXT]);
        if (verb === 'select') expect([table.name, outcome]).toEqual([table.name, NO_CONTEXT]);
      }
    }
  });

  it('hides another tenant’s rows: none read, changed or deleted, none written in its name', async () => {
    for (const table of tables) {
      for (const [verb, [sql, values]] of Object.entries(statements(table, world.bunkyo.id))) {
        const outcome = await attempt(sign(world.aoyama.id), sql, values);
        const expected = verb === 'insert' || outcome === NOT_ALLOWED ? NOT_ALLOWED : 0;
        expect([table.name, verb, outcome]).toEqual([table.name, verb, expected]);
        if (verb === 'select') expect([table.name, outcome]).toEqual([table.name, 0]);
      }
    }
  });

  it('lets no row be handed to another tenant', async () => {
    for (const table of tables) {
      const sql = `update ${table.name} set tenant_id = $1 where tenant_id = $2`;
      const outcome = await attempt(sign(world.aoyama.id), sql, [world.bunkyo.id, world.aoyama.id]);
      expect([table.name, outcome]).toEqual([table.name, NOT_ALLOWED]);
    }
  });
});

describe('a signed context', () => {
  it('does not help a statement that was injected into it', async () => {
    const forged = `${world.bunkyo.id}|9999999999|${'0'.repeat(64)}`;
    for (const injected of [
      `select name from app.tenant where (select set_config('app.ctx', $1, true)) is not null`,
      `with forged as materialized (select set_config('app.ctx', $1, true)) select name from forged, app.tenant`,
    ]) {
      const found = db.database.withTenant(world.scopes.aoyama, async (own) => (await own.query(injected, [forged])).rows);
      const outcome = await found.catch((error: unknown) => sqlState(error));
      expect([NO_CONTEXT, [{ name: 'Aoyama Retail' }]]).toContainEqual(outcome);
    }
  });

  it('lasts as long as the transaction that began in time', async () => {
    await client.query('begin');
    const { rows } = await client.query('select (extract(epoch from now()) * 1000)::bigint::text as began');
    const barely = sign(world.aoyama.id, Number(rows[0].began) - 59_000);
    await client.query("select set_config('app.ctx', $1, true), pg_sleep(2)", [barely]);
    expect((await client.query('select from app.tenant')).rowCount).toBe(1);
    await client.query('commit');
    expect(await attempt(barely, 'select from app.tenant')).toBe(NO_CONTEXT);
  });

  it('is gone after the transaction', async () => {
    await db.database.withTenant(world.scopes.aoyama, (own) => own.query('select from app.tenant'));
    const bare = db.database.withoutTenant((own) => own.query('select from app.tenant'));
    await expect(bare).rejects.toMatchObject({ code: NO_CONTEXT });
  });

  it('can be signed for another tenant in the same transaction, by who holds the key', async () => {
    const seen = await db.database.withTenant(world.scopes.aoyama, async (own) => {
      const first = await own.query('select name from app.tenant');
      await db.database.signFor(own, world.chiyoda.id);
      return [...first.rows, ...(await own.query('select name from app.tenant')).rows];
    });
    expect(seen).toEqual([{ name: 'Aoyama Retail' }, { name: 'Chiyoda Logistics' }]);
  });

  it('is made for well-formed tenant ids alone', () => {
    for (const id of ['', 'x', `${randomUUID()}|1`, randomUUID().toUpperCase()])
      expect(() => sign(id)).toThrow('lower-case UUID');
  });
});

describe('keys between tables', () => {
  it('refuse a parent of another tenant', async () => {
    const run = db.database.withTenant(world.scopes.bunkyo, (own) =>
      own.query("insert into app.run (tenant_id, connection_id, source, fence, presence) values ($1, $2, 'x', 1, 1)", [
        world.bunkyo.id,
        world.connections.aoyama.id,
      ]),
    );
    await expect(run).rejects.toMatchObject({ code: '23503' });
  });

  it('do not tell whether an id exists at another tenant', async () => {
    const { id } = world.connections.aoyama;
    const take = db.database.withTenant(world.scopes.bunkyo, (own) =>
      own.query(
        `insert into app.connection (tenant_id, id, name, payer_account_id, credential_kind, region_id, price_view)
         values ($1, $2, 'same id', '1', 'sandbox', 'us-east-1', 'awsBilled')`,
        [world.bunkyo.id, id],
      ),
    );
    await expect(take).resolves.toBeDefined();
  });
});

describe('a shared pool', () => {
  it('never lets one caller see another’s tenant, through 3,000 calls of which a tenth fails', { timeout: 120_000 }, async () => {
    const directory = tenantDirectoryStore(db.database);
    const tenants = await Promise.all(
      Array.from({ length: 8 }, (_, n) => directory.create({ name: `bleed ${n}`, locale: 'en' })),
    );
    for (const { id } of tenants)
      await aConnection(db.database, { tenantId: id, actor: world.scopes.aoyama.actor }, { name: id });
    const outcomes = { right: 0, failed: 0 };
    let calls = 0;
    const caller = async () => {
      while (calls < 3_000) {
        const n = calls++;
        const tenantId = tenants[n % tenants.length]?.id as string;
        try {
          const rows = await db.database.withTenant({ tenantId }, async (own) => {
            const found = await own.query<{ name: string }>('select name from app.connection');
            if (n % 30 === 7) throw new Error('planted');
            if (n % 30 === 17) await own.query('select 1 / 0');
            if (n % 30 === 27) await own.query('select nothing from nowhere').catch(() => {});
            return found.rows;
          });
          expect(rows).toEqual([{ name: tenantId }]);
          outcomes.right += 1;
        } catch (error) {
          if (error instanceof Error && error.name === 'AssertionError') throw error;
          outcomes.failed += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: 32 }, caller));
    expect(outcomes.right + outcomes.failed).toBe(3_000);
    expect(outcomes.failed).toBeGreaterThanOrEqual(300);
    expect(outcomes.right).toBeGreaterThan(outcomes.failed);
  });
});
