import { expect, it } from 'vitest';
import { z } from 'zod';
import { factStore } from '../../../../src/adapters/postgres/ledger/fact-store.ts';
import { defineFact, type Fact } from '../../../../src/ledger/fact.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aConnection, aRun, assign, aTenant, aWorld, OTHER_ACCOUNT, type World } from './world.ts';

const db = testDatabase();
const use = defineFact('testUse', z.strictObject({ percent: z.string() }));
const other = defineFact('testOther', z.strictObject({ percent: z.string() }));

const aFact = (given: Partial<Fact<{ percent: string }>> = {}): Fact<{ percent: string }> => ({
  accountId: ACCOUNT,
  day: '2026-10-01',
  key: 'plan-1',
  body: { percent: '97.5' },
  ...given,
});

async function replace(
  world: World,
  facts: readonly Fact<{ percent: string }>[],
  rest: { window?: { start: string; end: string }; type?: typeof use } = {},
) {
  const runId = await aRun(db, world);
  return factStore(db.database).replace(world.scope, {
    connectionId: world.connectionId,
    runId,
    type: rest.type ?? use,
    window: rest.window ?? null,
    facts,
  });
}

const keysOf = async (scope: TenantScope, type = use): Promise<string[]> =>
  (await factStore(db.database).read(scope, type)).map((fact) => `${fact.day} ${fact.key} ${fact.body.percent}`);

it('reads back what was written, by day and key, with its connection and the moment it was read', async () => {
  const world = await aWorld(db);
  await replace(world, [aFact({ day: '2026-10-02' }), aFact({ key: 'plan-0' }), aFact({ day: null, accountId: null })]);
  const read = await factStore(db.database).read(world.scope, use);
  expect(read.map((fact) => [fact.day, fact.key, fact.accountId])).toEqual([
    [null, 'plan-1', null],
    ['2026-10-01', 'plan-0', ACCOUNT],
    ['2026-10-02', 'plan-1', ACCOUNT],
  ]);
  expect(read[0]).toMatchObject({ connectionId: world.connectionId, body: { percent: '97.5' } });
  expect(read[0]?.readAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

it('replaces only the days of the window, and only facts of its kind', async () => {
  const world = await aWorld(db);
  await replace(world, [aFact(), aFact({ day: '2026-10-02' }), aFact({ day: '2026-10-03' })]);
  await replace(world, [aFact()], { type: other });
  await replace(world, [aFact({ day: '2026-10-02', body: { percent: '1' } })], {
    window: { start: '2026-10-02', end: '2026-10-04' },
  });
  expect(await keysOf(world.scope)).toEqual(['2026-10-01 plan-1 97.5', '2026-10-02 plan-1 1']);
  expect(await keysOf(world.scope, other)).toEqual(['2026-10-01 plan-1 97.5']);
});

it('keeps the last of two facts of one day and key', async () => {
  const world = await aWorld(db);
  expect(await replace(world, [aFact(), aFact({ body: { percent: '2' } })])).toEqual({ rows: 1, tenants: 1 });
  expect(await keysOf(world.scope)).toEqual(['2026-10-01 plan-1 2']);
});

it('gives each customer of a payer its own accounts, the owner the rest, and takes back what has moved', async () => {
  const payer = await aWorld(db, 'operator');
  const [first, second] = [await aTenant(db), await aTenant(db)];
  await assign(db, payer, '100000000011', first, { start: '2020-01-01', end: '2026-10-02' });
  await assign(db, payer, '100000000011', second, { start: '2026-10-02', end: '2099-01-01' });
  const moved = [aFact({ accountId: '100000000011' }), aFact({ accountId: '100000000011', day: '2026-10-02', key: 'plan-2' })];
  await replace(payer, [
    ...moved,
    aFact({ accountId: OTHER_ACCOUNT, key: 'plan-3' }),
    aFact({ accountId: null, key: 'whole payer' }),
  ]);
  expect(await keysOf(first)).toEqual(['2026-10-01 plan-1 97.5']);
  expect(await keysOf(second)).toEqual(['2026-10-02 plan-2 97.5']);
  expect(await keysOf(payer.scope)).toEqual(['2026-10-01 plan-3 97.5', '2026-10-01 whole payer 97.5']);
  await replace(payer, []);
  for (const scope of [first, second, payer.scope]) expect(await keysOf(scope)).toEqual([]);
});

it('does not show a customer with its own price view what the payer pays', async () => {
  const world = await aWorld(db);
  await replace(world, [aFact()]);
  const billed = { scope: world.scope, connectionId: await aConnection(db, world.scope, 'customerBilled') };
  await replace(billed, [aFact({ key: 'as billed' })]);
  expect(await keysOf(world.scope)).toEqual(['2026-10-01 plan-1 97.5']);
  await db.database.withTenant(world.scope, (client) =>
    client.query(
      `insert into app.spend_month (tenant_id, price_view, month, service_name, currency) values ($1, 'customerBilled', '2026-10-01', 'x', 'USD')`,
      [world.scope.tenantId],
    ),
  );
  expect(await keysOf(world.scope)).toEqual(['2026-10-01 as billed 97.5']);
});

it('writes nothing when a body does not fit its type, a day lies outside the window, or the run was taken over', async () => {
  const world = await aWorld(db);
  await replace(world, [aFact()]);
  await expect(replace(world, [aFact({ body: { percent: 3 } as never })])).rejects.toThrow(/percent/);
  await expect(replace(world, [aFact()], { window: { start: '2026-10-02', end: '2026-10-03' } })).rejects.toThrow(
    /outside the window/,
  );
  const runId = await aRun(db, world);
  await db.database.withTenant(world.scope, (client) =>
    client.query(`update app.run set status = 'abandoned', ended_at = now() where id = $1`, [runId]),
  );
  const late = { connectionId: world.connectionId, runId, type: use, window: null, facts: [] };
  await expect(factStore(db.database).replace(world.scope, late)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await keysOf(world.scope)).toEqual(['2026-10-01 plan-1 97.5']);
});

it('takes hostile text and keeps it what it is', async () => {
  const world = await aWorld(db);
  const text = `'; drop table app.run; -- <b>\u0000\ud800`;
  await replace(world, [aFact({ key: text, body: { percent: text } })]);
  const [fact] = await factStore(db.database).read(world.scope, use);
  expect(fact?.body.percent).toBe(`'; drop table app.run; -- <b>\ufffd\ufffd`);
});
