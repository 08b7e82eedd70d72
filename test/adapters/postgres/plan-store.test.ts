import { beforeAll, expect, it } from 'vitest';
import { planStore } from '../../../src/adapters/postgres/plan-store.ts';
import { Plan } from '../../../src/plan/plan.ts';
import { testDatabase, withSuperuser } from '../../support/database.ts';
import { makeWorld, type World } from '../../support/world.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await makeWorld(db.database);
});

const matches = { accountIds: ['111122224444'], tags: [{ key: '__proto__', value: '=cmd' }] };
const line = (expectedMonthlyCost: string) => ({ expectedMonthlyCost });
const plan = Plan.parse({
  name: '移行計画',
  currency: 'JPY',
  planningRate: '145.5',
  waves: [
    {
      name: 'first',
      cutOver: '2025-10-01',
      workloads: [
        { name: 'shop', matches, lines: [line('1200.50'), line('0.0000000001')], hearing: { environment: 'production' } },
        { name: 'nobody asked', matches: {} },
      ],
    },
    {
      name: 'second',
      cutOver: '2026-02-01',
      workloads: [
        { name: 'standby', matches, hearing: { disasterRecoveryRole: 'standby', endDate: '2027-03-31', licenceBound: true } },
      ],
    },
  ],
});

it('has no plan before the first', async () => {
  expect(await planStore(db.database).latest(world.scopes.bunkyo)).toBeNull();
  expect(await planStore(db.database).hearing(world.scopes.bunkyo)).toEqual([]);
});

it('keeps every version of a plan and gives back the latest, whole', async () => {
  const store = planStore(db.database);
  expect(await store.save(world.scopes.aoyama, plan)).toEqual({ version: 1 });
  expect(await store.save(world.scopes.aoyama, { ...plan, name: 'second try' }, 'it moved\u0000')).toEqual({ version: 2 });
  const second = { version: 2, name: 'second try', currency: 'JPY', savedBy: 'Hanako Test', reason: 'it moved\ufffd' };
  expect(await store.latest(world.scopes.aoyama)).toMatchObject({ ...second, plan: { ...plan, name: 'second try' } });
  expect(await store.history(world.scopes.aoyama, 10)).toMatchObject([second, { version: 1, name: '移行計画', reason: null }]);
  expect(await store.history(world.scopes.aoyama, 1)).toMatchObject([
    { savedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
  ]);
  expect(await store.history(world.scopes.bunkyo, 10)).toEqual([]);
  expect(await store.latest(world.scopes.bunkyo)).toBeNull();
});

it('gives the versions of plans that are saved at the same moment numbers of their own', async () => {
  const saved = await Promise.all(Array.from({ length: 5 }, () => planStore(db.database).save(world.scopes.bunkyo, plan)));
  expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5]);
});

it('tells what people said of workloads, in list order, of the latest version only', async () => {
  const nothing = { criticality: null, disasterRecoveryRole: null, operatingHours: null, licenceBound: null, endDate: null };
  const selector = { resourceIds: [], ...matches };
  expect(await planStore(db.database).hearing(world.scopes.aoyama)).toEqual([
    { workload: 'shop', matches: selector, ...nothing, environment: 'production' },
    {
      workload: 'standby',
      matches: selector,
      ...nothing,
      environment: null,
      disasterRecoveryRole: 'standby',
      licenceBound: true,
      endDate: '2027-03-31',
    },
  ]);
});

it('adds up the lines of a workload exactly', async () => {
  const { rows } = await withSuperuser(db.adminUrl, (client) =>
    client.query(
      'select expected_monthly_cost as cost from app.plan_workload where tenant_id = $1 and version = 2 order by position',
      [world.aoyama.id],
    ),
  );
  expect(rows).toEqual([{ cost: '1200.5000000001' }, { cost: '0' }, { cost: '0' }]);
});
