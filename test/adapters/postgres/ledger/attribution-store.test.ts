import { expect, it } from 'vitest';
import { attributionStore } from '../../../../src/adapters/postgres/ledger/attribution-store.ts';
import type { AttributionLine } from '../../../../src/ledger/attribution.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aConnection, aRun, assign, aTenant, aWorld, WINDOW, type World } from './world.ts';

const db = testDatabase();
const PERIOD = { start: '2026-01-01', end: '2027-01-01' };

function aLine(given: Partial<AttributionLine> = {}): AttributionLine {
  return {
    day: '2026-10-01',
    accountId: ACCOUNT,
    state: 'value',
    value: `'; drop table app.run; -- <b>週次`,
    currency: 'USD',
    billedCost: '1.000000000001',
    effectiveCost: '-2',
    ...given,
  };
}

async function replace(world: World, lines: readonly AttributionLine[], key = 'project', window = WINDOW) {
  return attributionStore(db.database).replace(world.scope, {
    connectionId: world.connectionId,
    runId: await aRun(db, world),
    kind: 'tag',
    key,
    window,
    lines,
  });
}

const read = (scope: TenantScope, key = 'project', kind: 'tag' | 'costCategory' = 'tag') =>
  attributionStore(db.database).read(scope, { kind, key, period: PERIOD });

it('keeps every state and hostile text as they are, key by key', async () => {
  const world = await aWorld(db);
  const lines = [
    aLine({ state: 'untagged', value: null }),
    aLine(),
    aLine({ accountId: null, state: 'residual', value: null, billedCost: '0.5' }),
    aLine({ day: '2026-10-02', state: 'notAttributable', value: null }),
  ];
  expect(await replace(world, lines)).toEqual({ rows: 4, tenants: 1 });
  await replace(world, [aLine({ value: 'other' })], 'team');
  expect(await read(world.scope)).toEqual(lines);
  expect(await read(world.scope, 'project', 'costCategory')).toEqual([]);
});

it('replaces whole windows of one key', async () => {
  const world = await aWorld(db);
  await replace(world, [aLine(), aLine({ day: '2026-10-02' })]);
  await replace(world, [aLine({ value: 'team' })], 'team');
  await replace(world, [], 'project', { start: '2026-10-02', end: '2026-10-03' });
  expect((await read(world.scope)).map(({ day }) => day)).toEqual(['2026-10-01']);
  expect(await read(world.scope, 'team')).toHaveLength(1);
});

it('gives each customer its own accounts, the owner the rest and the residual', async () => {
  const payer = await aWorld(db, 'operator');
  const customer = await aTenant(db);
  await assign(db, payer, '100000000031', customer, { start: '2020-01-01', end: '2099-01-01' });
  await replace(payer, [
    aLine({ accountId: '100000000031' }),
    aLine(),
    aLine({ accountId: null, state: 'residual', value: null }),
  ]);
  expect((await read(customer)).map(({ accountId }) => accountId)).toEqual(['100000000031']);
  expect((await read(payer.scope)).map(({ accountId }) => accountId)).toEqual([ACCOUNT, null]);
  await replace(payer, []);
  expect(await read(customer)).toEqual([]);
});

it('counts an account and day once that two connections saw', async () => {
  const world = await aWorld(db);
  await replace(world, [aLine(), aLine({ value: 'x' })]);
  await replace({ scope: world.scope, connectionId: await aConnection(db, world.scope) }, [aLine({ value: 'y' })]);
  expect((await read(world.scope)).map(({ value }) => value)).toEqual(['y']);
});
