import { describe, expect, it } from 'vitest';
import { planStore } from '../../../../src/adapters/postgres/plan-store.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import { Plan } from '../../../../src/plan/plan.ts';
import { testDatabase } from '../../../support/database.ts';
import { expectRollUpsAsRebuilt } from './rebuild.ts';
import {
  ACCOUNT,
  aCharge,
  aConnection,
  aRun,
  assign,
  aTenant,
  aWorld,
  controlsOf,
  OTHER_ACCOUNT,
  ports,
  pull,
  type World,
} from './world.ts';

const db = testDatabase();
const AUTUMN = { start: '2026-09-01', end: '2026-11-01' };
const SLICE = 'account-usage-type';

const meter = (day: string, usageType: string, billedCost: string, rest: Partial<Charge> = {}) =>
  aCharge({ day, serviceName: null, usageType, billedCost, ...rest });

describe('movers', () => {
  const ask = (world: World, given = {}) =>
    ports(db).reader.movers(world.scope, { month: '2026-10', basis: 'invoiceCost', currency: 'USD', limit: 50, ...given });

  it('stand beside the month before, largest change first, up or down, what came and what went among them', async () => {
    const world = await aWorld(db);
    const charges = [
      meter('2026-09-10', 'APN1-BoxUsage:m5.large', '100'),
      meter('2026-09-11', 'Gone', '40'),
      meter('2026-09-11', 'Same', '7'),
      meter('2026-10-10', 'APN1-BoxUsage:m5.large', '70'),
      meter('2026-10-31', 'APN1-BoxUsage:m5.large', '15'),
      meter('2026-10-10', 'Come', '90'),
      meter('2026-10-10', 'Same', '7'),
    ];
    await pull(db, world, { sliceId: SLICE, window: AUTUMN, charges });
    const { movers, isComparable } = await ask(world);
    expect(isComparable).toBe(true);
    expect(movers.map((row) => [row.usageType, row.regionId, row.cost, row.previousCost, row.change])).toEqual([
      ['Come', 'us-east-1', '90', '0', '90'],
      ['Gone', 'us-east-1', '0', '40', '-40'],
      ['APN1-BoxUsage:m5.large', 'ap-northeast-1', '85', '100', '-15'],
      ['Same', 'us-east-1', '7', '7', '0'],
    ]);
    expect((await ask(world, { limit: 1 })).movers).toHaveLength(1);
    await expectRollUpsAsRebuilt(db, world.scope, world.scope);
  });

  it('are none where nothing is known of the month before: that is no zero', async () => {
    const world = await aWorld(db);
    await pull(db, world, { sliceId: SLICE, window: AUTUMN, charges: [meter('2026-10-10', 'Come', '90')] });
    expect(await ask(world)).toMatchObject({ isComparable: false, movers: [] });
  });

  it('change when the month before is restated, and forget it when it vanishes', async () => {
    const world = await aWorld(db);
    await pull(db, world, {
      sliceId: SLICE,
      window: AUTUMN,
      charges: [meter('2026-09-10', 'A', '1'), meter('2026-10-10', 'A', '5')],
    });
    const september = { start: '2026-09-01', end: '2026-10-01' };
    await pull(db, world, { sliceId: SLICE, window: september, charges: [meter('2026-09-10', 'A', '3')] });
    expect((await ask(world)).movers.map((row) => row.change)).toEqual(['2']);
    const zero = controlsOf([aCharge({ day: '2026-09-10', billedCost: '0' })]);
    await pull(db, world, { sliceId: SLICE, window: september, charges: [], controls: zero });
    expect((await ask(world)).isComparable).toBe(false);
    await expectRollUpsAsRebuilt(db, world.scope, world.scope);
  });

  it('tell runningCost by service from the slice that has it, and both bases from a file', async () => {
    const world = await aWorld(db);
    const running = [aCharge({ day: '2026-09-10' }), aCharge({ day: '2026-10-10', billedCost: '11', effectiveCost: '12' })];
    await pull(db, world, { sliceId: 'account-service-running', window: AUTUMN, charges: running });
    expect((await ask(world, { basis: 'runningCost' })).movers).toMatchObject([
      {
        serviceName: 'Amazon Relational Database Service',
        usageType: null,
        regionId: null,
        change: '2',
      },
    ]);
    expect((await ask(world)).isComparable).toBe(false);
    const file = await aWorld(db);
    const detail = { serviceName: 'AmazonS3', regionId: 'eu-west-1' };
    const tax = meter('2026-10-10', 'X', '9', { ...detail, chargeType: 'Tax' });
    await pull(db, file, {
      sliceId: 'file',
      window: AUTUMN,
      charges: [meter('2026-09-10', 'X', '1', detail), meter('2026-10-10', 'X', '2', detail), tax],
    });
    const told = async (basis: string) =>
      (await ask(file, { basis })).movers.map((row) => [row.serviceName, row.regionId, row.change]);
    expect(await told('invoiceCost')).toEqual([['AmazonS3', 'eu-west-1', '10']]);
    expect(await told('runningCost')).toEqual([['AmazonS3', 'eu-west-1', '1']]);
  });

  it('keep currencies and price views apart', async () => {
    const world = await aWorld(db);
    const yen = { currency: 'JPY' };
    const charges = [
      meter('2026-09-10', 'A', '1'),
      meter('2026-10-10', 'A', '2'),
      meter('2026-09-10', 'A', '100', yen),
      meter('2026-10-10', 'A', '300', yen),
    ];
    await pull(db, world, { sliceId: SLICE, window: AUTUMN, charges });
    const changes = async (currency: string) => (await ask(world, { currency })).movers.map((row) => row.change);
    expect([await changes('USD'), await changes('JPY'), await changes('EUR')]).toEqual([['1'], ['200'], []]);
    const statement = { scope: world.scope, connectionId: await aConnection(db, world.scope, 'customerBilled') };
    const told = [meter('2026-09-10', 'A', '10'), meter('2026-10-10', 'A', '14')];
    await pull(db, statement, { sliceId: 'file', priceView: 'customerBilled', window: AUTUMN, charges: told });
    expect([await changes('USD'), await changes('JPY')]).toEqual([['4'], []]);
  });

  it('count an account over one connection only', async () => {
    const world = await aWorld(db);
    const lines = [meter('2026-09-10', 'A', '1', { serviceName: 'S' }), meter('2026-10-10', 'A', '2', { serviceName: 'S' })];
    const services = lines.map((line) => ({ ...line, usageType: null }));
    await pull(db, world, { window: AUTUMN, charges: services });
    await pull(db, world, { sliceId: SLICE, window: AUTUMN, charges: lines.map((line) => ({ ...line, serviceName: null })) });
    const file = { scope: world.scope, connectionId: await aConnection(db, world.scope) };
    await pull(db, file, { sliceId: 'file', window: AUTUMN, charges: lines });
    expect((await ask(world)).movers).toMatchObject([{ serviceName: 'S', usageType: 'A', cost: '2', previousCost: '1' }]);
    await expectRollUpsAsRebuilt(db, world.scope, world.scope);
  });

  it('refuse a list that nobody can want', async () => {
    const world = await aWorld(db);
    await expect(ask(world, { limit: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

const aPlan = (workloads: readonly object[], cutOver = '2026-10-02') =>
  Plan.parse({ name: 'plan', currency: 'USD', waves: [{ name: 'wave 1', cutOver, workloads }] });
const aWorkload = (name: string, matches: object) => ({ name, matches });

describe('spend by workload', () => {
  const ask = async (world: World, basis: 'invoiceCost' | 'runningCost' = 'invoiceCost', currency = 'USD') =>
    (await ports(db).reader.spendByWorkload(world.scope, { basis, currency }))?.workloads.map((row) => [row.workload, row.cost]);
  const save = (world: World, ...given: Parameters<typeof aPlan>) => planStore(db.database).save(world.scope, aPlan(...given));
  const days = [
    aCharge({ day: '2026-10-01', billedCost: '100' }),
    aCharge({ day: '2026-10-02', billedCost: '10' }),
    aCharge({ day: '2026-10-03', billedCost: '20' }),
    aCharge({ day: '2026-10-03', subAccountId: OTHER_ACCOUNT, billedCost: '7' }),
    aCharge({ day: '2026-10-03', subAccountId: null, billedCost: '0.5' }),
  ];

  it('is nothing without a plan', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: days });
    expect(await ask(world)).toBeUndefined();
  });

  it('sums each from its cut-over, whether the plan or the bill came first; the rest is unassigned', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: days });
    await save(world, [aWorkload('shop', { accountIds: [ACCOUNT] }), aWorkload('idle', { accountIds: ['999900001111'] })]);
    const expected = [
      ['shop', '30'],
      ['idle', '0'],
      [null, '7.5'],
    ];
    expect(await ask(world)).toEqual(expected);
    await pull(db, world, { charges: days });
    expect(await ask(world)).toEqual(expected);
    await pull(db, world, { charges: days.map((line) => ({ ...line, billedCost: '1' })) });
    expect(await ask(world)).toEqual([
      ['shop', '2'],
      ['idle', '0'],
      [null, '2'],
    ]);
    await expectRollUpsAsRebuilt(db, world.scope, world.scope);
  });

  it('goes to the first workload in list order, and moves when a new version says otherwise', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: days });
    const [a, b] = [aWorkload('a', { accountIds: [ACCOUNT] }), aWorkload('b', { accountIds: [ACCOUNT, OTHER_ACCOUNT] })];
    await save(world, [a, b]);
    expect(await ask(world)).toEqual([
      ['a', '30'],
      ['b', '7'],
      [null, '0.5'],
    ]);
    await save(world, [b, a]);
    expect(await ask(world)).toEqual([
      ['b', '37'],
      ['a', '0'],
      [null, '0.5'],
    ]);
  });

  it('moves the lines of a resource or tag out of their account, once each, and still sums to the bill', async () => {
    const world = await aWorld(db);
    const on = (resourceId: string, billedCost: string, rest: Partial<Charge> = {}) =>
      aCharge({ day: '2026-10-02', resourceId, billedCost, effectiveCost: '1', ...rest });
    const charges = [
      on('i-1', '10'),
      on('i-2', '20'),
      on('i-3', '40', { chargeType: 'Tax' }),
      on('i-3', '80'),
      on('i-4', '160', { subAccountId: OTHER_ACCOUNT }),
    ];
    await pull(db, world, { sliceId: 'file', charges });
    const tagged = (resourceId: string) => ({
      accountId: ACCOUNT,
      regionId: 'eu-west-1',
      resourceId,
      tags: [{ key: 'app', value: 'x' }],
      utilization: null,
      operation: null,
    });
    await save(world, [
      aWorkload('byId', { resourceIds: ['i-2', 'i-4'] }),
      aWorkload('byTag', { tags: [{ key: 'app', value: 'x' }] }),
      aWorkload('account', { accountIds: [ACCOUNT] }),
      aWorkload('late', { resourceIds: ['i-1'] }),
    ]);
    expect(await ask(world)).toEqual([
      ['byId', '180'],
      ['byTag', '0'],
      ['account', '130'],
      ['late', '0'],
      [null, '0'],
    ]);
    const runId = await aRun(db, world);
    const observed = { connectionId: world.connectionId, runId, recommendations: [], coverage: [] };
    await ports(db).observations.replaceAwsRecommendations(world.scope, {
      ...observed,
      resources: [tagged('i-3'), tagged('i-2')],
    });
    expect(await ask(world)).toEqual([
      ['byId', '180'],
      ['byTag', '120'],
      ['account', '10'],
      ['late', '0'],
      [null, '0'],
    ]);
    expect(await ask(world, 'runningCost')).toEqual([
      ['byId', '2'],
      ['byTag', '1'],
      ['account', '1'],
      ['late', '0'],
      [null, '0'],
    ]);
    await expectRollUpsAsRebuilt(db, world.scope, world.scope);
  });

  it('is unknown before the cut-over has come, and says from when it knows', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: days });
    await save(world, [aWorkload('shop', { accountIds: [ACCOUNT] })], '2027-01-01');
    expect(await ask(world)).toEqual([
      ['shop', null],
      [null, null],
    ]);
    await save(world, [aWorkload('shop', { accountIds: [ACCOUNT] })], '2020-01-01');
    const answer = await ports(db).reader.spendByWorkload(world.scope, { basis: 'invoiceCost', currency: 'USD' });
    expect(answer).toMatchObject({
      planVersion: 2,
      dataAsOf: '2026-10-03',
      workloads: [{ since: '2026-10-01', cost: '130' }, {}],
    });
    expect(await ask(world, 'runningCost')).toEqual([
      ['shop', null],
      [null, null],
    ]);
    expect(await ask(world, 'invoiceCost', 'JPY')).toEqual([
      ['shop', null],
      [null, null],
    ]);
  });

  it('leaves out what another tenant was given, and what counts over another connection', async () => {
    const payer = await aWorld(db, 'operator');
    const customer = await aTenant(db);
    const [own, given] = ['700000000001', '700000000002'];
    await assign(db, payer, given, customer, { start: '2020-01-01', end: '2026-10-03' });
    const charges = [...days.slice(1, 3), aCharge({ day: '2026-10-02', billedCost: '3' })].map((line, n) => ({
      ...line,
      subAccountId: n === 2 ? own : given,
    }));
    await save(payer, [aWorkload('both', { accountIds: [own, given] })]);
    await pull(db, payer, { charges });
    await planStore(db.database).save(customer, aPlan([aWorkload('mine', { accountIds: [given] })]));
    expect(await ask(payer)).toEqual([
      ['both', '23'],
      [null, '0'],
    ]);
    expect(await ask({ ...payer, scope: customer })).toEqual([
      ['mine', '10'],
      [null, '0'],
    ]);
    await expectRollUpsAsRebuilt(db, customer, payer.scope);
    await expectRollUpsAsRebuilt(db, payer.scope, payer.scope);
  });
});
