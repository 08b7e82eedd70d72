import { expect, it } from 'vitest';
import { hourlyUsageStore } from '../../../../src/adapters/postgres/ledger/hourly-usage-store.ts';
import type { HourlyUsageDay } from '../../../../src/ledger/hourly-usage.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aConnection, aRun, assign, aTenant, aWorld, WINDOW, type World } from './world.ts';

const db = testDatabase();
const store = () => hourlyUsageStore(db.database);
const EC2 = 'Amazon Elastic Compute Cloud - Compute';

function aDay(given: Partial<HourlyUsageDay> = {}): HourlyUsageDay {
  return {
    day: '2026-10-01',
    accountId: ACCOUNT,
    serviceName: EC2,
    usageType: 'APN1-BoxUsage:m5.large',
    usageUnit: 'Hrs',
    currency: 'USD',
    billedCost: Array.from({ length: 24 }, (_, hour) => `0.${String(hour).padStart(2, '0')}0000000001`),
    usageQuantity: Array.from({ length: 24 }, () => '1'),
    ...given,
  };
}

async function replace(world: World, usage: readonly HourlyUsageDay[], window = WINDOW, serviceNames = [EC2]) {
  return store().replace(world.scope, {
    connectionId: world.connectionId,
    runId: await aRun(db, world),
    serviceNames,
    window,
    usage,
  });
}

const keysOf = async (scope: TenantScope) =>
  (await store().read(scope, { start: '2026-01-01', end: '2027-01-01' })).usage.map((item) => `${item.day} ${item.accountId}`);

it('reads back every figure of every hour to the last digit, and says which days are known', async () => {
  const world = await aWorld(db);
  expect(await replace(world, [aDay()])).toEqual({ rows: 1, tenants: 1 });
  expect(await store().read(world.scope, { start: '2026-10-01', end: '2026-10-03' })).toEqual({
    usage: [aDay()],
    knownDays: [{ serviceName: EC2, days: ['2026-10-01', '2026-10-02'] }],
  });
});

it('replaces the days of the window and keeps what AWS has forgotten since', async () => {
  const world = await aWorld(db);
  await replace(world, [aDay(), aDay({ day: '2026-10-02' }), aDay({ day: '2026-10-03' })]);
  await replace(world, [aDay({ day: '2026-10-02' })], { start: '2026-10-02', end: '2026-10-06' });
  expect(await keysOf(world.scope)).toEqual([`2026-10-01 ${ACCOUNT}`, `2026-10-02 ${ACCOUNT}`]);
  await replace(world, [], { start: '2026-10-01', end: '2026-10-06' }, ['Amazon Redshift']);
  expect(await keysOf(world.scope)).toHaveLength(2);
});

it('gives each customer of a payer its own hours, the owner the rest, and takes back what has moved', async () => {
  const payer = await aWorld(db, 'operator');
  const [first, second] = [await aTenant(db), await aTenant(db)];
  await assign(db, payer, '100000000021', first, { start: '2020-01-01', end: '2026-10-02' });
  await assign(db, payer, '100000000021', second, { start: '2026-10-02', end: '2099-01-01' });
  const moved = { accountId: '100000000021' };
  await replace(payer, [aDay(moved), aDay({ ...moved, day: '2026-10-02' }), aDay()]);
  expect(await keysOf(first)).toEqual(['2026-10-01 100000000021']);
  expect(await keysOf(second)).toEqual(['2026-10-02 100000000021']);
  expect(await keysOf(payer.scope)).toEqual([`2026-10-01 ${ACCOUNT}`]);
  await replace(payer, []);
  for (const scope of [first, second, payer.scope]) expect(await keysOf(scope)).toEqual([]);
  expect((await store().read(first, WINDOW)).knownDays).toEqual([
    { serviceName: EC2, days: ['2026-10-01', '2026-10-02', '2026-10-03'] },
  ]);
});

it('counts an account once that two connections saw: the newer one tells', async () => {
  const world = await aWorld(db);
  await replace(world, [aDay()]);
  const direct = { scope: world.scope, connectionId: await aConnection(db, world.scope) };
  const newer = aDay({ usageQuantity: Array.from({ length: 24 }, () => '2') });
  await replace(direct, [newer]);
  expect((await store().read(world.scope, WINDOW)).usage).toEqual([newer]);
});

it('writes nothing when an hour is missing, when the run was taken over, or over a connection of somebody else', async () => {
  const world = await aWorld(db);
  await expect(replace(world, [aDay({ billedCost: ['1'] })])).rejects.toThrow();
  const runId = await aRun(db, world);
  await db.database.withTenant(world.scope, (client) =>
    client.query(`update app.run set status = 'abandoned', ended_at = now() where id = $1`, [runId]),
  );
  const late = { connectionId: world.connectionId, runId, serviceNames: [EC2], window: WINDOW, usage: [aDay()] };
  await expect(store().replace(world.scope, late)).rejects.toMatchObject({ code: 'CONFLICT' });
  const stranger = { scope: await aTenant(db), connectionId: world.connectionId };
  await expect(store().replace(stranger.scope, { ...late, connectionId: world.connectionId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await keysOf(world.scope)).toEqual([]);
});
