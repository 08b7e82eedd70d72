import { describe, expect, it } from 'vitest';
import { addDays, eachDay } from '../../../../src/kernel/calendar.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import type { Price } from '../../../../src/ledger/price.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aCharge, aConnection, aRun, aWorld, controlsOf, OTHER_ACCOUNT, ports, pull, type World } from './world.ts';

const db = testDatabase();
const AS_OF = '2026-10-31';
const SETTLED = '2026-10-28';
const OCTOBER = { start: '2026-10-01', end: '2026-11-01' };

const machineLine = (given: Partial<Charge> = {}) =>
  aCharge({
    day: '2026-10-20',
    serviceName: SERVICE.ec2Compute,
    usageType: 'APN1-BoxUsage:m5.large',
    operation: 'RunInstances',
    regionId: 'ap-northeast-1',
    resourceId: 'i-0aaa',
    usageQuantity: '24',
    billedCost: '2.976',
    ...given,
  });

const pullMachines = (world: World, charges: readonly Charge[], sliceId = `resource:${SERVICE.ec2Compute}`) =>
  pull(db, world, { sliceId, window: OCTOBER, charges });

/** The ledger is not empty once any spend is known. */
const pullSpend = (world: World, charges: readonly Charge[] = [aCharge({ day: '2026-10-20' })]) =>
  pull(db, world, { window: OCTOBER, charges });

const snapshotOf = (world: World, currency: string | null = null): Promise<Snapshot> =>
  ports(db).snapshots.snapshot(world.scope, { asOf: AS_OF, currency });

describe('a snapshot', () => {
  it('of an empty ledger is NOT_FOUND', async () => {
    await expect(snapshotOf(await aWorld(db))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of two currencies asks which, by name', async () => {
    const world = await aWorld(db);
    await pullSpend(world, [aCharge(), aCharge({ currency: 'JPY', billedCost: '5' })]);
    await expect(snapshotOf(world)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      nextStep: expect.stringContaining('JPY, USD'),
    });
    await expect(snapshotOf(world, 'EUR')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await snapshotOf(world, 'JPY')).currency).toBe('JPY');
  });

  it('names its days', async () => {
    const world = await aWorld(db);
    await pullSpend(world, [aCharge({ day: '2026-10-30' })]);
    expect(await snapshotOf(world)).toMatchObject({
      version: 1,
      tenantId: world.scope.tenantId,
      asOf: AS_OF,
      settledUntil: SETTLED,
      dataAsOf: '2026-10-30',
      currency: 'USD',
      priceView: 'awsBilled',
      lineWindow: { start: SETTLED, end: SETTLED },
      spendWindow: { start: '2026-09-28', end: SETTLED },
    });
  });

  it('shows nothing of another tenant', async () => {
    const [world, other] = [await aWorld(db), await aWorld(db)];
    await pullSpend(world);
    await pullMachines(world, [machineLine()]);
    await pullSpend(other);
    expect((await snapshotOf(other)).resources).toEqual([]);
  });
});

describe('resources', () => {
  it('carry their lines by day and usage type, oldest first, settled days only', async () => {
    const world = await aWorld(db);
    await pullSpend(world);
    await pullMachines(world, [
      machineLine({ day: '2026-10-21' }),
      machineLine(),
      machineLine({
        usageType: 'APN1-DataTransfer-Out-Bytes',
        operation: 'RunInstances',
        billedCost: '0.1',
        usageQuantity: '1.50',
      }),
      machineLine({ day: SETTLED }),
    ]);
    const line = { serviceName: SERVICE.ec2Compute, meterKind: 'BoxUsage:m5.large', usageQuantity: '24', billedCost: '2.976' };
    expect((await snapshotOf(world)).resources).toEqual([
      {
        accountId: ACCOUNT,
        regionId: 'ap-northeast-1',
        resourceId: 'i-0aaa',
        resourceType: 'Ec2Instance',
        operation: 'RunInstances',
        tags: [],
        firstBilledDay: '2026-10-20',
        lastBilledDay: '2026-10-21',
        lines: [
          { ...line, day: '2026-10-20', effectiveCost: '2.976' },
          {
            ...line,
            day: '2026-10-20',
            meterKind: 'DataTransfer-Out-Bytes',
            usageQuantity: '1.5',
            billedCost: '0.1',
            effectiveCost: '0.1',
          },
          { ...line, day: '2026-10-21', effectiveCost: '2.976' },
        ],
        utilization: null,
      },
    ]);
  });

  it('keep their first day from history that the line window no longer shows', async () => {
    const world = await aWorld(db);
    await pullSpend(world);
    const window = { start: '2026-05-01', end: '2026-06-01' };
    const sliceId = `resource:${SERVICE.ec2Compute}`;
    await pull(db, world, { sliceId, window, charges: [machineLine({ day: '2026-05-02' })] });
    await pullMachines(world, [machineLine()]);
    const [resource] = (await snapshotOf(world)).resources;
    expect(resource).toMatchObject({ firstBilledDay: '2026-05-02', lastBilledDay: '2026-10-20', lines: [{ day: '2026-10-20' }] });
  });

  it('of several services are one resource, not counted twice', async () => {
    const world = await aWorld(db);
    await pullSpend(world);
    await pullMachines(world, [machineLine()]);
    await pullMachines(
      world,
      [machineLine({ serviceName: SERVICE.ec2Other, usageType: 'APN1-EBSOptimized:m5.large', billedCost: '1' })],
      `resource:${SERVICE.ec2Other}`,
    );
    const [resource, ...others] = (await snapshotOf(world)).resources;
    expect(others).toEqual([]);
    expect(resource?.lines.map((line) => line.serviceName)).toEqual([SERVICE.ec2Compute, SERVICE.ec2Other]);
  });

  it('told by a file and by Cost Explorer are taken from the file, day by day', async () => {
    const world = await aWorld(db);
    const files = { scope: world.scope, connectionId: await aConnection(db, world.scope) };
    await pullSpend(world, [aCharge({ day: '2026-10-20' }), aCharge({ day: '2026-10-21' })]);
    await pullMachines(world, [machineLine({ billedCost: '5' }), machineLine({ day: '2026-10-21', billedCost: '5' })]);
    await pull(db, files, {
      sliceId: 'file',
      window: { start: '2026-10-20', end: '2026-10-21' },
      charges: [machineLine({ billedCost: '7', chargeType: 'Usage' })],
    });
    const [resource] = (await snapshotOf(world)).resources;
    expect(resource?.lines.map((line) => [line.day, line.billedCost])).toEqual([
      ['2026-10-20', '7'],
      ['2026-10-21', '5'],
    ]);
  });

  it('leave out credits and tax, and the negation that says a covered line from the other side', async () => {
    const world = await aWorld(db);
    const types = ['Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanNegation', 'Credit', 'Tax'];
    await pullMachines(
      world,
      types.map((chargeType) => machineLine({ chargeType, billedCost: '2' })),
      'file',
    );
    const [resource] = (await snapshotOf(world)).resources;
    expect(resource?.lines).toMatchObject([{ billedCost: '4', usageQuantity: '48' }]);
  });

  it('without an account on a line belong to the account of their other lines; without any, to none', async () => {
    const world = await aWorld(db);
    await pullSpend(world);
    await pullMachines(world, [
      machineLine(),
      machineLine({ day: '2026-10-21', subAccountId: null }),
      machineLine({ resourceId: 'i-0bbb', subAccountId: null }),
    ]);
    const { resources } = await snapshotOf(world);
    expect(resources.map((item) => [item.accountId, item.resourceId, item.lines.length])).toEqual([
      ['', 'i-0bbb', 1],
      [ACCOUNT, 'i-0aaa', 2],
    ]);
  });

  it('take tags, utilization and operation from whoever observed them; a tag may be called __proto__', async () => {
    const world = await aWorld(db);
    await pullSpend(world);
    await pullMachines(world, [machineLine()]);
    const resource = {
      accountId: ACCOUNT,
      regionId: 'ap-northeast-1',
      resourceId: 'i-0aaa',
      tags: [],
      utilization: null,
      operation: null,
    };
    const utilization = { source: 'ComputeOptimizer', lookbackDays: 14, asOf: '2026-10-27', cpuMaximumPercent: 3.25 } as const;
    await ports(db).observations.replaceAwsRecommendations(world.scope, {
      connectionId: world.connectionId,
      runId: await aRun(db, world),
      recommendations: [],
      resources: [
        { ...resource, operation: 'RunInstances:0002' },
        { ...resource, utilization, tags: [{ key: '__proto__', value: 'a\0b' }] },
      ],
      coverage: [],
    });
    const [seen] = (await snapshotOf(world)).resources;
    expect(seen).toMatchObject({ operation: 'RunInstances:0002', utilization, tags: [{ key: '__proto__', value: 'a\ufffdb' }] });
  });
});

describe('accounts', () => {
  it('carry their running cost of 30 settled days, and their name', async () => {
    const world = await aWorld(db);
    const charges = ['2026-09-27', '2026-09-28', '2026-10-27', SETTLED].map((day) => aCharge({ day, effectiveCost: '1.25' }));
    const window = { start: '2026-09-01', end: '2026-11-01' };
    await pull(db, world, { window, charges });
    await pull(db, world, { window, sliceId: 'account-service-running', charges });
    await ports(db).observations.nameAccounts(world.scope, [{ accountId: ACCOUNT, accountName: 'shop\tprod' }]);
    expect((await snapshotOf(world)).accounts).toEqual([
      { accountId: ACCOUNT, accountName: 'shop\tprod', sharingGroupId: '999988887777', runningCost: '2.5' },
    ]);
  });
});

describe('on-demand meters', () => {
  it('are a series of every pulled day of the spend window; a day that nobody pulled is not a zero', async () => {
    const world = await aWorld(db);
    await pullSpend(world);
    const lines = ['2026-10-20', '2026-10-22'].map((day) => machineLine({ day, resourceId: null, chargeType: 'Usage' }));
    const window = { start: '2026-10-19', end: '2026-10-24' };
    const zeros = [...eachDay(window)].map((day) => aCharge({ day, billedCost: '0' }));
    const controls = controlsOf([...lines, ...zeros]);
    await pull(db, world, { window, sliceId: 'account-usage-type-on-demand', charges: lines, controls });
    const [series, ...others] = (await snapshotOf(world)).onDemandMeters;
    expect(others).toEqual([]);
    expect(series).toMatchObject({
      accountId: ACCOUNT,
      serviceName: SERVICE.ec2Compute,
      regionId: 'ap-northeast-1',
      meterKind: 'BoxUsage:m5.large',
    });
    expect(series?.days.map((item) => [item.day, item.usageQuantity])).toEqual([
      ['2026-10-19', '0'],
      ['2026-10-20', '24'],
      ['2026-10-21', '0'],
      ['2026-10-22', '24'],
      ['2026-10-23', '0'],
    ]);
  });

  it('of a file are its uncovered machine hours, under the name that Cost Explorer has for them', async () => {
    const world = await aWorld(db);
    const given = { serviceName: 'Amazon Elastic Compute Cloud', chargeType: 'Usage' };
    await pullMachines(
      world,
      [
        machineLine(given),
        machineLine({ ...given, chargeType: 'SavingsPlanCoveredUsage' }),
        machineLine({ ...given, usageType: 'APN1-EBS:VolumeUsage.gp2' }),
        machineLine({ ...given, usageType: 'APN1-SpotUsage:m5.large' }),
        machineLine({ ...given, serviceName: 'Amazon Relational Database Service' }),
      ],
      'file',
    );
    const { onDemandMeters } = await snapshotOf(world);
    expect(onDemandMeters.map((series) => [series.serviceName, series.meterKind])).toEqual([
      [SERVICE.ec2Compute, 'BoxUsage:m5.large'],
    ]);
    expect(onDemandMeters[0]?.days.find((item) => item.day === '2026-10-20')?.usageQuantity).toBe('24');
  });
});

it('says where resources are known and where they are not, and what the sources reported', async () => {
  const world = await aWorld(db);
  await pullSpend(world, [aCharge(), aCharge({ subAccountId: OTHER_ACCOUNT })]);
  await pullMachines(world, [machineLine()]);
  const reported = {
    fact: 'computeOptimizer',
    accountId: OTHER_ACCOUNT,
    regionId: null,
    state: 'notEnrolled',
    detail: 'opt in',
  } as const;
  await ports(db).observations.replaceAwsRecommendations(world.scope, {
    connectionId: world.connectionId,
    runId: await aRun(db, world),
    recommendations: [],
    resources: [],
    coverage: [reported],
  });
  const { coverage } = await snapshotOf(world);
  const stateOf = (fact: string, accountId: string) =>
    coverage.find((item) => item.fact === fact && item.accountId === accountId)?.state;
  expect(stateOf('usageByResource', ACCOUNT)).toBe('covered');
  expect(stateOf('usageByResource', OTHER_ACCOUNT)).toBe('notPulled');
  expect(stateOf('usageByAccount', OTHER_ACCOUNT)).toBe('covered');
  expect(coverage).toContainEqual(reported);
});

it('keeps prices, found and not found, and gives those read since an instant', async () => {
  const world = await aWorld(db);
  await pullSpend(world);
  const question = { serviceCode: 'AmazonEC2', regionId: 'us-east-1', attributes: { b: '1', a: '2' }, term: 'onDemand' } as const;
  const found: Price = {
    question,
    answer: { kind: 'price', amountPerUnit: '0.0960000000', unit: 'Hrs', currency: 'USD', sku: 'X' },
    readAt: '2026-10-30T00:00:00.000Z',
  };
  const missing: Price = { question: { ...question, regionId: 'eu-west-1' }, answer: { kind: 'notFound' }, readAt: found.readAt };
  const { observations } = ports(db);
  await observations.savePrices(world.scope, [found, missing]);
  await observations.savePrices(world.scope, [{ ...found, readAt: '2026-10-29T00:00:00.000Z', answer: { kind: 'notFound' } }]);
  const read = (since: string) => observations.prices(world.scope, [question], since);
  expect(await read('2026-10-30T00:00:00.000Z')).toEqual([found]);
  expect(await read('2026-10-30T00:00:00.001Z')).toEqual([]);
  expect((await snapshotOf(world)).prices).toHaveLength(2);
});

it('reads 2,000 resources with a fixed number of statements', async () => {
  const world = await aWorld(db);
  await pullSpend(world);
  const charges = Array.from({ length: 2_000 }, (_, n) => n).flatMap((n) =>
    [0, 1].flatMap((back) =>
      ['APN1-BoxUsage:m5.large', 'APN1-DataTransfer-Out-Bytes'].map((usageType) =>
        machineLine({ resourceId: `i-${n.toString(16).padStart(8, '0')}`, usageType, day: addDays('2026-10-27', -back) }),
      ),
    ),
  );
  await pullMachines(world, charges);
  let statements = 0;
  const counted = {
    ...db.database,
    withTenant: ((scope, fn, options) =>
      db.database.withTenant(
        scope,
        (client) => {
          const query = client.query.bind(client) as (...args: unknown[]) => unknown;
          const counting = new Proxy(client, {
            get: (target, name) =>
              name === 'query'
                ? (...args: unknown[]) => {
                    statements += 1;
                    return query(...args);
                  }
                : Reflect.get(target, name, target),
          });
          return fn(counting);
        },
        options,
      )) as typeof db.database.withTenant,
  };
  const { snapshotReader } = await import('../../../../src/adapters/postgres/ledger/snapshot-reader.ts');
  const snapshot = await snapshotReader(counted).snapshot(world.scope, { asOf: AS_OF, currency: null });
  expect(snapshot.resources).toHaveLength(2_000);
  expect(snapshot.resources.every((item) => item.lines.length === 4)).toBe(true);
  expect(statements).toBeLessThan(35);
});
