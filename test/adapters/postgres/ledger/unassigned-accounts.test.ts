import { describe, expect, it } from 'vitest';
import { planStore } from '../../../../src/adapters/postgres/plan-store.ts';
import { plain, sumExact } from '../../../../src/kernel/money.ts';
import { Plan } from '../../../../src/plan/plan.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aCharge, aWorld, OTHER_ACCOUNT, ports, pull, type World } from './world.ts';

const db = testDatabase();
const QUESTION = { currency: 'USD', period: { start: '2026-10-01', end: '2026-11-01' } };
const days = [
  aCharge({ day: '2026-10-01', billedCost: '100', effectiveCost: '90', resourceId: 'i-shop' }),
  aCharge({ day: '2026-10-02', billedCost: '10', effectiveCost: '9', resourceId: 'i-other' }),
  aCharge({ day: '2026-10-03', subAccountId: OTHER_ACCOUNT, billedCost: '7', effectiveCost: '6', resourceId: 'i-far' }),
];
const save = (world: World, ...selectors: readonly object[]) => {
  const workloads = selectors.map((matches, index) => ({ name: `w${index}`, matches }));
  const plan = Plan.parse({ name: 'plan', currency: 'USD', waves: [{ name: 'wave', cutOver: '2026-01-01', workloads }] });
  return planStore(db.database).save(world.scope, plan);
};
const ask = (world: World) => ports(db).reader.unassignedAccounts(world.scope, QUESTION);

describe('accounts with cost that no workload has', () => {
  it('are all without a plan, dearest first', async () => {
    const world = await aWorld(db);
    await pull(db, world, { sliceId: 'file', charges: days });
    expect(await ask(world)).toEqual([
      { accountId: ACCOUNT, runningCost: '99', billedCost: '110' },
      { accountId: OTHER_ACCOUNT, runningCost: '6', billedCost: '7' },
    ]);
  });

  it('are not those that a workload names, and lose what a workload has by resource', async () => {
    const world = await aWorld(db);
    await pull(db, world, { sliceId: 'file', charges: days });
    await save(world, { accountIds: [OTHER_ACCOUNT] }, { resourceIds: ['i-shop'] });
    expect(await ask(world)).toEqual([{ accountId: ACCOUNT, runningCost: '9', billedCost: '10' }]);
    await save(world, { accountIds: [ACCOUNT] }, { resourceIds: ['i-far'] });
    expect(await ask(world)).toEqual([]);
  });

  it('sum to what the workloads leave over', async () => {
    const world = await aWorld(db);
    await pull(db, world, { sliceId: 'file', charges: days });
    for (const selectors of [
      [{ resourceIds: ['i-other', 'i-far'] }],
      [{}],
      [{ resourceIds: ['i-shop'] }, { accountIds: [ACCOUNT] }],
    ]) {
      await save(world, ...selectors);
      const left = (await ports(db).reader.workloadCosts(world.scope, QUESTION)).filter(({ workload }) => workload === null);
      const sum = (rows: readonly { readonly runningCost: string | null }[]) =>
        plain(sumExact(rows.map(({ runningCost }) => runningCost ?? '0')));
      expect(sum(await ask(world))).toBe(sum(left));
    }
  });
});
