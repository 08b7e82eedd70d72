import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { assignAccount } from '../../src/operations/assign-account.ts';
import { connect } from '../../src/operations/connect.ts';
import { connectRole } from '../../src/operations/connect-role.ts';
import type { Context } from '../../src/operations/context.ts';
import { listAccounts } from '../../src/operations/list-accounts.ts';
import { sync } from '../../src/operations/sync.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { serveEstate } from '../../src/sandbox/wire/start-sandbox.ts';
import { tinyEstate, usd } from '../sandbox/wire/tiny-estate.ts';
import { testDatabase } from '../support/database.ts';
import { contextOf } from './sandbox-world.ts';

const AS_OF = '2026-11-20';
const MOVED_ON = '2026-11-10';
const ACCOUNTS = {
  payer: '100000000000',
  ofBunkyo: '100000000001',
  direct: '100000000002',
  ofChiyoda: '100000000003',
  moving: '100000000004',
  ofNobody: '100000000005',
} as const;
const NAMES = ['bunkyo', 'chiyoda', 'daikanyama'] as const;
const WHOLE = { period: { start: '2025-10-01', end: '2026-12-01' }, basis: 'invoiceCost', currency: 'USD' } as const;

const db = testDatabase();
let sandbox: Sandbox;
let operator: Context;
let customers: Record<(typeof NAMES)[number], Context>;
let payersTotal: string;

/** Each account has a machine of its own, whose name tells whose it is, and a cost with ten decimals. */
const lines = Object.values(ACCOUNTS).map((accountId, n) => ({
  accountId,
  resourceId: `i-of-${accountId}`,
  from: '2026-09-01',
  unblendedCost: usd(`${n + 1}.${String(1234567891 + n)}`),
}));

function estate() {
  const accounts = Object.entries(ACCOUNTS).map(([name, accountId]) => ({
    accountId,
    accountName: `secret name of ${name}`,
    email: `${name}@example.com`,
    isPayer: name === 'payer',
  }));
  return { ...tinyEstate({ asOf: AS_OF, lines }), accounts };
}

function pull(): ReturnType<typeof sync> {
  return sync(operator, { asOf: AS_OF, sources: ['costExplorer'], questions: () => [] });
}

const everybody = (): Context[] => [operator, ...Object.values(customers)];

/** A tenant's lines over one connection, as the ledger keeps them. */
async function linesOf(
  { scope }: Context,
  connectionName: string,
): Promise<{ account: string | null; day: string; billed: string }[]> {
  const connection = (await operator.ports.connections.list(operator.scope)).find(({ name }) => name === connectionName);
  return db.database.withTenant(scope, async (client) => {
    const { rows } = await client.query(
      `select a.account_id as account, c.day::text, c.billed_cost::text as billed, f.slice_id as slice, r.resource_id as resource
         from app.charge c join app.feed f on f.id = c.feed_ref left join app.account a on a.id = c.account_ref
         left join app.resource r on r.id = c.resource_ref
        where f.connection_id = $1 and f.slice_id = 'account-service' order by 1, 2, 3`,
      [connection?.id],
    );
    return rows;
  });
}

async function spendOf(context: Context): Promise<string> {
  const rows = await context.ports.ledgerReader.spendByService(context.scope, WHOLE);
  return plain(sumExact(rows.map((row) => row.cost)));
}

/** Everything that a tenant's ledger says, for telling whether two ways lead to the same. */
async function ledgerOf({ scope }: Context): Promise<unknown> {
  return db.database.withTenant(scope, async (client) => {
    const { rows: charges } = await client.query(
      `select f.connection_id, f.slice_id, c.day::text, a.account_id, x.key, r.resource_id, c.charge_type, c.billed_cost::text, c.effective_cost::text
         from app.charge c join app.feed f on f.id = c.feed_ref join app.meter x on x.id = c.meter_ref
         left join app.account a on a.id = c.account_ref left join app.resource r on r.id = c.resource_ref
        order by 1, 2, 3, 4, 5, 6, 7`,
    );
    const { rows: spend } = await client.query(
      `select s.connection_id, s.day::text, a.account_id, s.service_name, s.billed_cost::text, s.running_cost::text, s.standing, s.counted
         from app.spend_day s left join app.account a on a.id = s.account_ref order by 1, 2, 3, 4`,
    );
    const { rows: months } = await client.query(
      'select month::text, service_name, billed_cost::text from app.spend_month order by 1, 2',
    );
    return { charges, spend, months };
  });
}

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOPERATOR');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  sandbox = await serveEstate(estate());
  const directory = tenantDirectoryStore(db.database);
  const contextFor = async (name: string) => contextOf(db.database, (await directory.create({ name, locale: 'ja' })).id, AS_OF);
  operator = contextOf(db.database, (await directory.operator()).id, AS_OF);
  customers = {
    bunkyo: await contextFor('bunkyo'),
    chiyoda: await contextFor('chiyoda'),
    daikanyama: await contextFor('daikanyama'),
  };
  const way = { endpointUrl: sandbox.url, regionId: 'us-east-1' };
  await connect(operator, { ...way, name: 'payer', credentials: { kind: 'sandbox' } });
  const roleArn = `arn:aws:iam::${ACCOUNTS.direct}:role/cost-pillar/cost-pillar-reader`;
  sandbox.trust({ roleArn, externalId: await operator.ports.connections.externalId(operator.scope, ACCOUNTS.direct) });
  await connectRole(operator, { ...way, name: 'direct', roleArn });
  const assign = (accountId: string, to: Context, connectionName: string, from = '2025-01-01') =>
    assignAccount(operator, { accountId, tenantId: to.scope.tenantId, from, connectionName });
  await assign(ACCOUNTS.ofBunkyo, customers.bunkyo, 'payer');
  await assign(ACCOUNTS.direct, customers.chiyoda, 'direct');
  await assign(ACCOUNTS.ofChiyoda, customers.chiyoda, 'payer');
  await assign(ACCOUNTS.moving, customers.bunkyo, 'payer');
  await assign(ACCOUNTS.moving, customers.daikanyama, 'payer', MOVED_ON);
  const { entries } = await pull();
  expect(entries.filter(({ status }) => status !== 'ok')).toEqual([]);
  let units = 0n;
  for (const charge of estate().charges({ start: '2025-10-01', end: AS_OF })) units += charge.netUnblendedCost;
  payersTotal = plain(exact(units).div('1e10'));
}, 240_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox?.close();
});

describe('three tenants under one payer, one account connected directly too, one moved in mid-month', () => {
  it('split + unassigned is the payer’s total, to the last digit', async () => {
    const shares = await Promise.all(everybody().map((context) => linesOf(context, 'payer')));
    expect(plain(sumExact(shares.flat().map((line) => line.billed)))).toBe(payersTotal);
    expect(shares.every((share) => share.length > 0)).toBe(true);
  });

  it('counts nobody twice: what all tenants together see is the payer’s total again', async () => {
    expect(plain(sumExact(await Promise.all(everybody().map(spendOf))))).toBe(payersTotal);
    const overPayer = (await linesOf(operator, 'payer')).filter((line) => line.account === ACCOUNTS.direct);
    const direct = await linesOf(customers.chiyoda, 'direct');
    expect(plain(sumExact(direct.map((line) => line.billed)))).toBe(plain(sumExact(overPayer.map((line) => line.billed))));
  });

  it('gives the moved account to the one until the day, to the other from it', async () => {
    const daysOf = async (context: Context) =>
      (await linesOf(context, 'payer')).filter((line) => line.account === ACCOUNTS.moving).map((line) => line.day);
    expect((await daysOf(customers.bunkyo)).at(-1)).toBe('2026-11-09');
    expect((await daysOf(customers.daikanyama))[0]).toBe(MOVED_ON);
    expect(await daysOf(operator)).toEqual([]);
  });

  it('tells nobody another’s words: no account, no account’s name, no resource', async () => {
    const own = {
      bunkyo: [ACCOUNTS.ofBunkyo, ACCOUNTS.moving],
      chiyoda: [ACCOUNTS.direct, ACCOUNTS.ofChiyoda],
      daikanyama: [ACCOUNTS.moving],
    };
    for (const name of NAMES) {
      const { accounts, resources } = await db.database.withTenant(customers[name].scope, async (client) => ({
        accounts: (await client.query('select account_id from app.account order by 1')).rows.map((row) => row.account_id),
        resources: (await client.query('select resource_id from app.resource order by 1')).rows.map((row) => row.resource_id),
      }));
      expect([name, accounts]).toEqual([name, own[name]]);
      for (const resource of resources) expect(own[name].map((accountId) => `i-of-${accountId}`)).toContain(resource);
    }
  });

  it('shows the operator whose each account is', async () => {
    const listed = await listAccounts(operator);
    expect(listed.map(({ accountId, accountName, assignments }) => [accountId, accountName, assignments.length])).toEqual([
      [ACCOUNTS.payer, 'secret name of payer', 0],
      [ACCOUNTS.ofBunkyo, 'secret name of ofBunkyo', 1],
      [ACCOUNTS.direct, 'secret name of direct', 1],
      [ACCOUNTS.ofChiyoda, 'secret name of ofChiyoda', 1],
      [ACCOUNTS.moving, 'secret name of moving', 2],
      [ACCOUNTS.ofNobody, 'secret name of ofNobody', 0],
    ]);
  });
});

describe('an account that is given away after it was pulled', () => {
  it('takes its history with it, and a pull of everything says the same', async () => {
    const since = '2026-10-05';
    const before = await linesOf(operator, 'payer');
    const given = await assignAccount(operator, {
      accountId: ACCOUNTS.ofNobody,
      tenantId: customers.daikanyama.scope.tenantId,
      from: since,
      connectionName: 'payer',
    });
    expect(given.windows).toBeGreaterThan(0);
    const daysWith = (all: { account: string | null; day: string }[]) =>
      all.filter((line) => line.account === ACCOUNTS.ofNobody).map((line) => line.day);
    const moved = daysWith(await linesOf(customers.daikanyama, 'payer'));
    expect(moved).toEqual(daysWith(before).filter((day) => day >= since));
    expect(daysWith(await linesOf(operator, 'payer'))).toEqual(daysWith(before).filter((day) => day < since));
    expect(plain(sumExact(await Promise.all(everybody().map(spendOf))))).toBe(payersTotal);

    const split = await Promise.all(everybody().map(ledgerOf));
    const { entries } = await pull();
    expect(entries.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(await Promise.all(everybody().map(ledgerOf))).toEqual(split);
  });

  it('keeps the run of each day, and the payer’s totals with the operator alone', async () => {
    const runs = await db.database.withTenant(operator.scope, async (client) => {
      const { rows } = await client.query(
        'select count(*)::int as days from app.charge_day_status s where not exists (select from app.run r where r.id = s.run_id)',
      );
      return rows[0]?.days;
    });
    expect(runs).toBe(0);
    const told = await db.database.withTenant(customers.daikanyama.scope, async (client) =>
      client.query('select from app.charge_day_status where control_billed_cost is not null'),
    );
    expect(told.rowCount).toBe(0);
  });

  it('that goes from one source to another stays whole, and counted once', async () => {
    const move = (connectionName: string, from: string) =>
      assignAccount(operator, {
        accountId: ACCOUNTS.direct,
        tenantId: customers.chiyoda.scope.tenantId,
        from,
        connectionName,
      });
    await move('payer', '2026-11-01');
    expect(plain(sumExact(await Promise.all(everybody().map(spendOf))))).toBe(payersTotal);
    expect((await linesOf(customers.chiyoda, 'payer')).some((line) => line.account === ACCOUNTS.direct)).toBe(true);
  });

  it('is not moved by a customer, nor into two hands', async () => {
    const { bunkyo, chiyoda } = customers;
    const take = assignAccount(bunkyo, { accountId: ACCOUNTS.ofChiyoda, tenantId: bunkyo.scope.tenantId, from: '2026-11-01' });
    await expect(take).rejects.toMatchObject({ code: 'NOT_READY' });
    const unnamed = assignAccount(operator, {
      accountId: ACCOUNTS.ofNobody,
      tenantId: chiyoda.scope.tenantId,
      from: '2026-11-01',
    });
    await expect(unnamed).rejects.toMatchObject({ code: 'INVALID_INPUT', nextStep: expect.stringContaining('payer') });
  });
});
