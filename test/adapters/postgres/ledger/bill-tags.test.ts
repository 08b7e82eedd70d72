import { describe, expect, it } from 'vitest';
import { assignmentStore } from '../../../../src/adapters/postgres/assignment-store.ts';
import { planStore } from '../../../../src/adapters/postgres/plan-store.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import type { TaggedResource } from '../../../../src/operations/ports/ledger.ts';
import { Plan } from '../../../../src/plan/plan.ts';
import { testDatabase } from '../../../support/database.ts';
import { expectRollUpsAsRebuilt } from './rebuild.ts';
import { ACCOUNT, aCharge, aRun, assign, aTenant, aWorld, inBatches, OTHER_ACCOUNT, ports, pull, type World } from './world.ts';

const db = testDatabase();
const OCTOBER = { start: '2026-10-01', end: '2026-11-01' };

const tagged = (given: Partial<TaggedResource> & { env?: string } = {}): TaggedResource => ({
  accountId: given.accountId ?? ACCOUNT,
  resourceId: given.resourceId ?? 'i-1',
  tags: given.tags ?? [{ key: 'env', value: given.env ?? 'prod' }],
  seenOn: given.seenOn ?? '2026-10-09',
});

const merge = async (world: World, ...resources: TaggedResource[]) =>
  ports(db).observations.mergeResourceTags(world.scope, {
    connectionId: world.connectionId,
    runId: await aRun(db, world),
    resources: inBatches(resources),
  });

const bill = (world: World, ...charges: Partial<Charge>[]) =>
  pull(db, world, {
    sliceId: 'file',
    window: OCTOBER,
    charges: charges.map((charge) => aCharge({ day: '2026-10-09', resourceId: 'i-1', usageType: 'BoxUsage', ...charge })),
  });

const tagsOf = async ({ scope }: Pick<World, 'scope'>) => {
  const { resources } = await ports(db).snapshots.snapshot(scope, { asOf: '2026-10-31', currency: 'USD' });
  return resources.map((resource) => [resource.resourceId, ...resource.tags.map((tag) => `${tag.key}=${tag.value}`)]);
};

describe('tags that a bill brings', () => {
  it('are those of the resources of the snapshot; the same again changes nothing', async () => {
    const world = await aWorld(db);
    await bill(world, {}, { resourceId: 'i-2' });
    expect(await merge(world, tagged())).toEqual({ changed: 1 });
    expect(await merge(world, tagged())).toEqual({ changed: 0 });
    expect(await tagsOf(world)).toEqual([['i-1', 'env=prod'], ['i-2']]);
  });

  it('give way to those of a newer day, never to those of an older one; what is not named stays', async () => {
    const world = await aWorld(db);
    await bill(world, {}, { resourceId: 'i-2' });
    await merge(world, tagged(), tagged({ resourceId: 'i-2', env: 'stage' }));
    expect(await merge(world, tagged({ env: 'old', seenOn: '2026-09-30' }))).toEqual({ changed: 0 });
    expect(await tagsOf(world)).toEqual([
      ['i-1', 'env=prod'],
      ['i-2', 'env=stage'],
    ]);
    await merge(world, tagged({ env: 'old', seenOn: '2026-09-30' }), tagged({ env: 'new', seenOn: '2026-10-10' }));
    expect(await tagsOf(world)).toEqual([
      ['i-1', 'env=new'],
      ['i-2', 'env=stage'],
    ]);
    await merge(world, tagged({ env: 'corrected', seenOn: '2026-10-10' }));
    expect((await tagsOf(world))[0]).toEqual(['i-1', 'env=corrected']);
  });

  it('may be called __proto__, be 2,000 characters long, and hold what no database stores', async () => {
    const world = await aWorld(db);
    await bill(world, {});
    const long = '長'.repeat(2_000);
    const hostile = [
      { key: '__proto__', value: 'a\0b\t\\N\n"' },
      { key: long, value: `${long}\ud800` },
    ];
    await merge(world, tagged({ tags: hostile }), tagged({ resourceId: 'x'.repeat(2_049) }), tagged({ resourceId: '' }));
    const [resource] = (await ports(db).snapshots.snapshot(world.scope, { asOf: '2026-10-31', currency: 'USD' })).resources;
    expect(resource?.tags).toEqual([
      { key: '__proto__', value: 'a\ufffdb\t\\N\n"' },
      { key: long, value: `${long}\ufffd` },
    ]);
  });

  it('outlive a pull of Compute Optimizer over the same connection, whose own tags go before them', async () => {
    const world = await aWorld(db);
    await bill(world, {}, { resourceId: 'i-2' });
    await merge(world, tagged(), tagged({ resourceId: 'i-2' }));
    const utilization = { source: 'ComputeOptimizer', lookbackDays: 14, asOf: '2026-10-10', cpuMaximumPercent: 3 } as const;
    const seen = { accountId: ACCOUNT, regionId: 'us-east-1', utilization, operation: null };
    const say = async (...resources: Parameters<typeof observe>[1]) => observe(await aRun(db, world), resources);
    const observe = (runId: string, resources: readonly (typeof seen & Pick<TaggedResource, 'resourceId' | 'tags'>)[]) =>
      ports(db).observations.replaceAwsRecommendations(world.scope, {
        connectionId: world.connectionId,
        runId,
        recommendations: [],
        resources,
        coverage: [],
      });
    await say({ ...seen, resourceId: 'i-1', tags: [] }, { ...seen, resourceId: 'i-2', tags: [{ key: 'env', value: 'now' }] });
    expect(await tagsOf(world)).toEqual([
      ['i-1', 'env=prod'],
      ['i-2', 'env=now'],
    ]);
    await merge(world, tagged({ env: 'later', seenOn: '2026-10-11' }));
    const { resources } = await ports(db).snapshots.snapshot(world.scope, { asOf: '2026-10-31', currency: 'USD' });
    expect(resources[0]).toMatchObject({ utilization, tags: [{ key: 'env', value: 'later' }] });
    await say();
    expect(await tagsOf(world)).toEqual([
      ['i-1', 'env=later'],
      ['i-2', 'env=prod'],
    ]);
  });

  it('leave everything as it was where the file breaks off', async () => {
    const world = await aWorld(db);
    await bill(world, {});
    await merge(world, tagged());
    async function* torn() {
      yield [tagged({ env: 'torn', seenOn: '2026-10-11' })];
      throw new Error('the file is cut off');
    }
    const { observations } = ports(db);
    const input = { connectionId: world.connectionId, runId: await aRun(db, world), resources: torn() };
    await expect(observations.mergeResourceTags(world.scope, input)).rejects.toThrow('the file is cut off');
    expect(await tagsOf(world)).toEqual([['i-1', 'env=prod']]);
    const stranger = await aWorld(db);
    await expect(merge({ ...stranger, connectionId: world.connectionId }, tagged())).rejects.toThrow();
  });
});

describe('tags of one payer for two tenants', () => {
  it('go to whom the account belongs on their day, and nobody sees the other', async () => {
    const payer = await aWorld(db, 'operator');
    const customer = { scope: await aTenant(db) };
    const given = '810000000001';
    await assign(db, payer, given, customer.scope, { start: '2020-01-01', end: '2099-01-01' });
    await bill(payer, { resourceId: 'own' }, { resourceId: 'given', subAccountId: given });
    await merge(payer, tagged({ resourceId: 'own' }), tagged({ resourceId: 'given', accountId: given, env: 'theirs' }));
    expect(await tagsOf(customer)).toEqual([['given', 'env=theirs']]);
    const own = await tagsOf(payer);
    expect(own).toContainEqual(['own', 'env=prod']);
    expect(own.flat()).not.toContain('env=theirs');
  });

  it('move with the account when it is assigned to another', async () => {
    const payer = await aWorld(db, 'operator');
    const customer = { scope: await aTenant(db) };
    const moved = '810000000002';
    await bill(payer, { resourceId: 'moved', subAccountId: moved });
    await merge(payer, tagged({ resourceId: 'moved', accountId: moved }));
    await assignmentStore(db.database).assign(payer.scope, {
      connectionId: payer.connectionId,
      accountId: moved,
      tenantId: customer.scope.tenantId,
      period: { start: '2026-10-01', end: '2099-01-01' },
    });
    expect(await tagsOf(customer)).toEqual([['moved', 'env=prod']]);
    const left = await db.database.withTenant(payer.scope, (client) =>
      client.query('select from app.bill_tag where account_id = $1', [moved]),
    );
    expect(left.rowCount).toBe(0);
  });
});

it('are picked up by the workloads of a plan, the days before among them', async () => {
  const world = await aWorld(db);
  await bill(
    world,
    { billedCost: '10' },
    { billedCost: '5', day: '2026-10-02' },
    { subAccountId: OTHER_ACCOUNT, billedCost: '3' },
  );
  const workloads = [{ name: 'shop', matches: { tags: [{ key: 'env', value: 'prod' }] } }];
  const waves = [{ name: 'wave 1', cutOver: '2026-10-01', workloads }];
  await planStore(db.database).save(world.scope, Plan.parse({ name: 'plan', currency: 'USD', waves }));
  const ask = async () =>
    (await ports(db).reader.spendByWorkload(world.scope, { basis: 'invoiceCost', currency: 'USD' }))?.workloads.map((row) => [
      row.workload,
      row.cost,
    ]);
  expect(await ask()).toEqual([
    ['shop', '0'],
    [null, '18'],
  ]);
  await merge(world, tagged());
  expect(await ask()).toEqual([
    ['shop', '15'],
    [null, '3'],
  ]);
  await expectRollUpsAsRebuilt(db, world.scope, world.scope);
  await merge(world, tagged({ env: 'test', seenOn: '2026-10-10' }));
  expect((await ask())?.[0]).toEqual(['shop', '0']);
});
