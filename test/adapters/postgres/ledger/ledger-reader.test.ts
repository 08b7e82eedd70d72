import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/kernel/calendar.ts';
import { type Charge, isRunning } from '../../../../src/ledger/charge.ts';
import { testDatabase } from '../../../support/database.ts';
import { aCharge, aConnection, aRun, aWorld, controlsOf, ports, pull, WINDOW, type World } from './world.ts';

const db = testDatabase();
const OCTOBER = { start: '2026-10-01', end: '2026-11-01' };

describe('spend by service', () => {
  it('reads invoiceCost from the whole bill and runningCost from the slice without tax, credits, refunds and support', async () => {
    const world = await aWorld(db);
    const rds = aCharge({ billedCost: '10', effectiveCost: '9' });
    await pull(db, world, { charges: [rds, aCharge({ serviceName: 'Tax', billedCost: '1' })] });
    await pull(db, world, { sliceId: 'account-service-running', charges: [rds] });
    const { reader } = ports(db);
    const ask = (basis: 'invoiceCost' | 'runningCost') =>
      reader.spendByService(world.scope, { period: OCTOBER, basis, currency: 'USD' });
    const row = { month: '2026-10', currency: 'USD' };
    expect(await ask('invoiceCost')).toEqual([
      { ...row, serviceName: 'Amazon Relational Database Service', cost: '10' },
      { ...row, serviceName: 'Tax', cost: '1' },
    ]);
    expect(await ask('runningCost')).toEqual([{ ...row, serviceName: 'Amazon Relational Database Service', cost: '9' }]);
  });

  it('does not call zero what was not pulled', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()] });
    const { reader } = ports(db);
    expect(await reader.spendByService(world.scope, { period: OCTOBER, basis: 'runningCost', currency: 'USD' })).toEqual([]);
  });

  it('gives the days of a broken month when asked for them', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge(), aCharge({ day: '2026-10-02', billedCost: '2' })] });
    const { reader } = ports(db);
    const period = { start: '2026-10-02', end: '2026-10-04' };
    const rows = await reader.spendByService(world.scope, { period, basis: 'invoiceCost', currency: 'USD' });
    expect(rows.map((row) => row.cost)).toEqual(['2']);
  });

  it('judges the lines of a file as isRunning does', async () => {
    const world = await aWorld(db);
    const types = ['Usage', 'Tax', 'Credit', 'Refund', 'Support', 'SavingsPlanNegation', null];
    const services = ['AWS Lambda', 'AWS Support (Business)', 'AWS Supporting Actor', null];
    const charges = types.flatMap((chargeType, i) =>
      services.map((serviceName, j): Charge => aCharge({ chargeType, serviceName, billedCost: `${i * 10 + j + 1}` })),
    );
    await pull(db, world, { sliceId: 'file', charges });
    const { reader } = ports(db);
    const rows = await reader.spendByService(world.scope, { period: OCTOBER, basis: 'runningCost', currency: 'USD' });
    const expected = charges.filter(isRunning).reduce((sum, charge) => sum + Number(charge.effectiveCost), 0);
    expect(rows.reduce((sum, row) => sum + Number(row.cost), 0)).toBe(expected);
  });

  it('shows what the lines lack under a name of its own', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()], controls: controlsOf([aCharge({ billedCost: '13' })]) });
    const { reader } = ports(db);
    const rows = await reader.spendByService(world.scope, { period: OCTOBER, basis: 'invoiceCost', currency: 'USD' });
    expect(rows.map((row) => [row.serviceName, row.cost])).toContainEqual(['__unattributed__', '3']);
  });

  it('never adds two currencies or two price views', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge(), aCharge({ currency: 'JPY', billedCost: '1000' })] });
    const { reader } = ports(db);
    const ask = async (currency: string) =>
      (await reader.spendByService(world.scope, { period: OCTOBER, basis: 'invoiceCost', currency })).map((row) => row.cost);
    expect([await ask('USD'), await ask('JPY'), await ask('EUR')]).toEqual([['10'], ['1000'], []]);
    const statement = { scope: world.scope, connectionId: await aConnection(db, world.scope, 'customerBilled') };
    await pull(db, statement, { priceView: 'customerBilled', charges: [aCharge({ billedCost: '11' })] });
    expect([await ask('USD'), await ask('JPY')]).toEqual([['11'], []]);
  });
});

describe('freshness', () => {
  it('is nothing for an empty ledger', async () => {
    const { scope } = await aWorld(db);
    expect(await ports(db).reader.freshness(scope)).toEqual({
      dataAsOf: null,
      invoiceAsOf: null,
      closedMonths: [],
      currencies: [],
      provisionalFrom: null,
      months: [],
    });
  });

  it('names the last day with cost, and closes a month only when its last day is there and nothing is an estimate', async () => {
    const world = await aWorld(db);
    const whole = (month: string, days: number, estimated: boolean) => {
      const charges = Array.from({ length: days }, (_, n) => aCharge({ day: `${month}-${String(n + 1).padStart(2, '0')}` }));
      return { charges, controls: controlsOf(charges, estimated), window: { start: `${month}-01`, end: '2026-12-01' } };
    };
    await pull(db, world, whole('2026-08', 31, false));
    await pull(db, world, whole('2026-09', 30, true));
    await pull(db, world, whole('2026-10', 30, false));
    expect(await ports(db).reader.freshness(world.scope)).toEqual({
      dataAsOf: '2026-10-30',
      invoiceAsOf: '2026-10-30',
      closedMonths: ['2026-08'],
      currencies: ['USD'],
      provisionalFrom: null,
      months: [
        {
          month: '2026-08',
          state: 'closed',
          dataAsOf: '2026-08-31',
          restatements: [],
        },
        {
          month: '2026-09',
          state: 'open',
          dataAsOf: '2026-09-30',
          restatements: [],
        },
        {
          month: '2026-10',
          state: 'open',
          dataAsOf: '2026-10-30',
          restatements: [],
        },
      ],
    });
    await pull(db, world, whole('2026-09', 30, false));
    expect((await ports(db).reader.freshness(world.scope)).closedMonths).toEqual(['2026-08', '2026-09']);
  });

  it('takes an imported month for whole, quiet days and all', async () => {
    const world = await aWorld(db);
    await pull(db, world, { sliceId: 'file', window: OCTOBER, charges: [aCharge({ day: '2026-10-05' })] });
    expect((await ports(db).reader.freshness(world.scope)).closedMonths).toEqual(['2026-10']);
  });
});

describe('the state of a month', () => {
  const days = (from: string, count: number, billedCost = '10') =>
    Array.from({ length: count }, (_, n) => aCharge({ day: addDays(from, n), billedCost }));
  const state = async (world: World) =>
    (await ports(db).reader.freshness(world.scope)).months.map((row) => [row.month, row.state, row.dataAsOf]);
  const window = { start: '2026-09-01', end: '2026-12-01' };

  it('is arriving while its newest three days are estimates, then open, then closed', async () => {
    const world = await aWorld(db);
    const charges = days('2026-09-01', 31);
    await pull(db, world, {
      window,
      charges,
      controls: controlsOf(charges, true),
    });
    expect(await state(world)).toEqual([
      ['2026-09', 'arriving', '2026-09-30'],
      ['2026-10', 'arriving', '2026-10-01'],
    ]);
    expect((await ports(db).reader.freshness(world.scope)).provisionalFrom).toBe('2026-09-29');
    const more = days('2026-09-01', 33);
    await pull(db, world, {
      window,
      charges: more,
      controls: controlsOf(more, true),
    });
    expect(await state(world)).toEqual([
      ['2026-09', 'open', '2026-09-30'],
      ['2026-10', 'arriving', '2026-10-03'],
    ]);
    const closed = controlsOf(more).map((control) => ({
      ...control,
      estimated: control.day >= '2026-10-01',
    }));
    await pull(db, world, { window, charges: more, controls: closed });
    expect((await state(world))[0]).toEqual(['2026-09', 'closed', '2026-09-30']);
  });

  it('is restated when what it came to changes after its close: when, from what and to what', async () => {
    const world = await aWorld(db);
    await pull(db, world, { window, charges: days('2026-09-01', 30) });
    await pull(db, world, { window, charges: days('2026-09-01', 30) });
    expect((await state(world))[0]?.[1]).toBe('closed');
    const refund = aCharge({
      day: '2026-09-30',
      serviceName: 'Refund',
      billedCost: '-12.5',
    });
    const euros = aCharge({
      day: '2026-09-30',
      billedCost: '4',
      currency: 'EUR',
    });
    await pull(db, world, {
      window,
      charges: [...days('2026-09-01', 30), refund, euros],
    });
    const [september] = (await ports(db).reader.freshness(world.scope)).months;
    expect(september).toMatchObject({
      state: 'restated',
      restatements: [
        { currency: 'EUR', closedCost: '0', cost: '4' },
        { currency: 'USD', closedCost: '300', cost: '287.5' },
      ],
    });
    expect(Date.now() - Date.parse(september?.restatements[0]?.at ?? '')).toBeLessThan(120_000);
  });

  it('is not restated by a change before its close, nor by one of the running cost alone', async () => {
    const world = await aWorld(db);
    const charges = days('2026-09-01', 30);
    await pull(db, world, {
      window,
      charges: days('2026-09-01', 30, '9'),
      controls: controlsOf(days('2026-09-01', 30, '9'), true),
    });
    await pull(db, world, { window, charges });
    await pull(db, world, {
      sliceId: 'account-service-running',
      window,
      charges: charges.slice(0, 3),
    });
    expect((await state(world))[0]?.[1]).toBe('closed');
  });

  it('is what a source that takes its close back makes of it', async () => {
    const world = await aWorld(db);
    const charges = days('2026-09-01', 30);
    await pull(db, world, { window, charges });
    await pull(db, world, {
      window,
      charges,
      controls: controlsOf(charges, true),
    });
    expect((await state(world))[0]?.[1]).toBe('arriving');
  });
});

describe('imported totals', () => {
  it('are those of the run, by month, service and category', async () => {
    const world = await aWorld(db);
    const runId = await aRun(db, world);
    const charges = [
      aCharge({ serviceName: 'AmazonS3', chargeCategory: 'Usage', billedCost: '1.000000000000001' }),
      aCharge({ serviceName: 'AmazonS3', chargeCategory: 'Usage', billedCost: '2', day: '2026-10-02' }),
      aCharge({ serviceName: 'AmazonS3', chargeCategory: 'Tax', billedCost: '-1', effectiveCost: '0' }),
    ];
    await pull(db, world, { sliceId: 'file', runId, charges });
    const row = { month: '2026-10', currency: 'USD', serviceName: 'AmazonS3' };
    expect(await ports(db).reader.importedTotals(world.scope, world.connectionId, runId)).toEqual([
      { ...row, chargeCategory: 'Tax', billedCost: '-1', effectiveCost: '0' },
      { ...row, chargeCategory: 'Usage', billedCost: '3.000000000000001', effectiveCost: '3.000000000000001' },
    ]);
  });

  it('of another run, or another tenant, are empty', async () => {
    const [world, other] = [await aWorld(db), await aWorld(db)];
    const runId = await aRun(db, world);
    await pull(db, world, { sliceId: 'file', runId, charges: [aCharge()], window: WINDOW });
    const { reader } = ports(db);
    expect(await reader.importedTotals(world.scope, world.connectionId, await aRun(db, world))).toEqual([]);
    expect(await reader.importedTotals(other.scope, world.connectionId, runId)).toEqual([]);
  });
});
