import { expect, it } from 'vitest';
import { plain, sumExact } from '../../../../src/kernel/money.ts';
import { testDatabase } from '../../../support/database.ts';
import {
  ACCOUNT,
  aCharge,
  aConnection,
  aRun,
  assign,
  aTenant,
  aWorld,
  controlsOf,
  linesOf,
  OTHER_ACCOUNT,
  ports,
  pull,
  totalOf,
  WINDOW,
} from './world.ts';

const db = testDatabase();
const LONE_ACCOUNT = '777788889999';
const always = { start: '2020-01-01', end: '2099-01-01' };
const days = ['2026-10-01', '2026-10-02', '2026-10-03'];

it('splits one payer over three tenants to the last digit, an account moved in mid-month among them', async () => {
  const payer = await aWorld(db, 'operator');
  const [first, second] = [await aTenant(db), await aTenant(db)];
  await assign(db, payer, ACCOUNT, first, always);
  await assign(db, payer, OTHER_ACCOUNT, first, { start: '2020-01-01', end: '2026-10-02' });
  await assign(db, payer, OTHER_ACCOUNT, second, { start: '2026-10-02', end: '2099-01-01' });
  const charges = days.flatMap((day) => [
    aCharge({ day, billedCost: '0.1234567891' }),
    aCharge({ day, subAccountId: OTHER_ACCOUNT, billedCost: '7.0000000003' }),
    aCharge({ day, subAccountId: LONE_ACCOUNT, billedCost: '2.5' }),
    aCharge({ day, subAccountId: null, billedCost: '-0.7' }),
  ]);
  const result = await pull(db, payer, { charges, controls: controlsOf([...charges, aCharge({ billedCost: '0.33' })]) });

  const [unassigned, ofFirst, ofSecond] = await Promise.all([payer.scope, first, second].map((scope) => linesOf(db, scope)));
  expect(ofFirst?.map((line) => [line.day, line.account])).toEqual([
    ['2026-10-01', ACCOUNT],
    ['2026-10-01', OTHER_ACCOUNT],
    ['2026-10-02', ACCOUNT],
    ['2026-10-03', ACCOUNT],
  ]);
  expect(ofSecond?.map((line) => [line.day, line.account])).toEqual([
    ['2026-10-02', OTHER_ACCOUNT],
    ['2026-10-03', OTHER_ACCOUNT],
  ]);
  expect(new Set(unassigned?.map((line) => line.account))).toEqual(new Set([LONE_ACCOUNT, null]));
  const split = plain(sumExact([unassigned, ofFirst, ofSecond].map((lines) => totalOf(lines ?? []))));
  expect(split).toBe(result.totals[0]?.billedCost);
  expect(result.tenants).toBe(3);
});

it('tells a customer nothing of the payer: no totals, no residual, no words of others', async () => {
  const payer = await aWorld(db, 'operator');
  const customer = await aTenant(db);
  await assign(db, payer, '100000000001', customer, always);
  await pull(db, payer, {
    charges: [aCharge({ subAccountId: '100000000001' }), aCharge({ serviceName: 'Secret Service', resourceId: 'secret' })],
  });
  await db.database.withTenant(customer, async (client) => {
    const { rows } = await client.query(
      'select billed_cost, control_billed_cost, residual_billed_cost from app.charge_day_status',
    );
    expect(rows).toEqual([{ billed_cost: '10', control_billed_cost: null, residual_billed_cost: null }]);
    expect((await client.query(`select from app.meter where service_name = 'Secret Service'`)).rowCount).toBe(0);
    expect((await client.query('select from app.resource')).rowCount).toBe(0);
    expect((await client.query('select from app.feed_recipient')).rowCount).toBe(0);
  });
});

it('takes a window away from a tenant whose account has gone to another', async () => {
  const payer = await aWorld(db, 'operator');
  const [before, after] = [await aTenant(db), await aTenant(db)];
  const account = '200000000001';
  await assign(db, payer, account, before, always);
  await pull(db, payer, { charges: [aCharge({ subAccountId: account })] });
  expect(await linesOf(db, before)).toHaveLength(1);
  await db.database.withTenant(payer.scope, (client) =>
    client.query('update app.account_assignment set assigned_tenant_id = $1 where account_id = $2', [after.tenantId, account]),
  );
  await pull(db, payer, { charges: [aCharge({ subAccountId: account })] });
  expect(await linesOf(db, before)).toEqual([]);
  expect(await linesOf(db, after)).toHaveLength(1);
  const { reader } = ports(db);
  const question = { period: { start: '2026-10-01', end: '2026-11-01' }, basis: 'invoiceCost', currency: 'USD' } as const;
  expect(await reader.spendByService(before, question)).toEqual([]);
});

it('does not count an account twice that is also connected directly: its assigned connection is the one source', async () => {
  const payer = await aWorld(db);
  const direct = { scope: payer.scope, connectionId: await aConnection(db, payer.scope) };
  await assign(db, direct, '300000000001', payer.scope, always);
  const charges = [aCharge({ subAccountId: '300000000001', billedCost: '4' })];
  await pull(db, payer, { charges: [...charges, aCharge({ subAccountId: '300000000002', billedCost: '1' })] });
  await pull(db, direct, { charges });
  const { reader } = ports(db);
  const question = { period: WINDOW, basis: 'invoiceCost', currency: 'USD' } as const;
  expect((await reader.spendByService(payer.scope, question)).map((row) => row.cost)).toEqual(['5']);
});

it('names the accounts of a customer for that customer too, and for nobody else', async () => {
  const payer = await aWorld(db, 'operator');
  const [customer, stranger] = [await aTenant(db), await aTenant(db)];
  await assign(db, payer, '600000000001', customer, always);
  await pull(db, payer, { charges: [aCharge({ subAccountId: '600000000001' })] });
  await ports(db).observations.nameAccounts(payer.scope, [{ accountId: '600000000001', accountName: 'shop' }]);
  const names = (scope: typeof customer) =>
    db.database.withTenant(scope, async (client) => (await client.query('select account_name from app.account')).rows);
  expect(await names(customer)).toEqual([{ account_name: 'shop' }]);
  expect(await names(stranger)).toEqual([]);
});

it('does not name an account any more for the tenant that it has left', async () => {
  const payer = await aWorld(db, 'operator');
  const [former, present] = [await aTenant(db), await aTenant(db)];
  const movedOn = '2020-06-01';
  await assign(db, payer, '600000000002', former, { start: '2020-01-01', end: movedOn });
  await assign(db, payer, '600000000002', present, { start: movedOn, end: '9999-12-31' });
  const names = (scope: typeof former) =>
    db.database.withTenant(scope, async (client) => (await client.query('select account_name from app.account')).rows);
  await ports(db).observations.nameAccounts(payer.scope, [{ accountId: '600000000002', accountName: 'secret merger' }]);
  expect(await names(former)).toEqual([]);
  expect(await names(present)).toEqual([{ account_name: 'secret merger' }]);
});

it('prefers a file where both tell of one account and nobody has said which is right', async () => {
  const world = await aWorld(db);
  const files = { scope: world.scope, connectionId: await aConnection(db, world.scope) };
  await pull(db, world, { charges: [aCharge({ billedCost: '9' }), aCharge({ subAccountId: null, billedCost: '1' })] });
  await pull(db, files, { sliceId: 'file', charges: [aCharge({ billedCost: '8', chargeType: 'Usage' })] });
  const { reader } = ports(db);
  const question = { period: WINDOW, basis: 'invoiceCost', currency: 'USD' } as const;
  expect((await reader.spendByService(world.scope, question)).map((row) => row.cost)).toEqual(['8']);
});

it('splits what AWS itself says by the same assignment, and takes it away again', async () => {
  const payer = await aWorld(db, 'operator');
  const customer = await aTenant(db);
  await assign(db, payer, '500000000001', customer, always);
  const { observations, snapshots } = ports(db);
  await pull(db, payer, { charges: [aCharge({ subAccountId: '500000000001' })] });
  const recommendation = {
    source: 'ComputeOptimizer',
    kind: 'ec2Instance',
    arn: 'arn:aws:ec2:us-east-1:500000000001:instance/i-0a',
    accountId: '500000000001',
    regionId: 'us-east-1',
    resourceId: 'i-0a',
    resourceType: 'Ec2Instance',
    finding: 'Idle',
    findingReasonCodes: [],
    current: 'm5.large',
    lookbackDays: 14,
    refreshedOn: '2026-10-02',
    options: [],
  } as const;
  const say = async (recommendations: (typeof recommendation)[]) =>
    observations.replaceAwsRecommendations(payer.scope, {
      connectionId: payer.connectionId,
      runId: await aRun(db, payer),
      recommendations,
      resources: [],
      coverage: [{ fact: 'computeOptimizer', accountId: '500000000001', regionId: 'us-east-1', state: 'covered', detail: null }],
    });
  const read = async () => (await snapshots.snapshot(customer, { asOf: '2026-10-10', currency: 'USD' })).awsRecommendations;
  await say([recommendation]);
  expect(await read()).toEqual([recommendation]);
  await say([]);
  expect(await read()).toEqual([]);
});
