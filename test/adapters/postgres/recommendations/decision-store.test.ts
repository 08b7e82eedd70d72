import { beforeAll, expect, it } from 'vitest';
import { decisionStore } from '../../../../src/adapters/postgres/recommendations/decision-store.ts';
import { recommendationStore } from '../../../../src/adapters/postgres/recommendations/recommendation-store.ts';
import { advise } from '../../../../src/advice/advise.ts';
import type { Recommendation } from '../../../../src/advice/recommendation.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import type { DecisionStore, NewDecision } from '../../../../src/operations/ports/decisions.ts';
import { aDecision } from '../../../support/advice-arbitraries.ts';
import { aDetector, anInstance, aSnapshot } from '../../../support/builders.ts';
import { testDatabase, withSuperuser } from '../../../support/database.ts';
import { aWorld } from '../ledger/world.ts';

const db = testDatabase();
let store: DecisionStore;
beforeAll(() => {
  store = decisionStore(db.database);
});

async function advised(scope: TenantScope): Promise<Recommendation> {
  const snapshot = { ...aSnapshot({ resources: [anInstance()] }), tenantId: scope.tenantId };
  const advice = advise({ snapshot, detectors: [aDetector()], previous: [] });
  await recommendationStore(db.database).save(scope, advice);
  const [item] = advice.recommendations;
  if (!item) throw new Error('one');
  return item;
}

function accepting({ id }: Recommendation, given: Partial<NewDecision> = {}): NewDecision {
  const { recordedBy: _by, recordedAt: _at, ...decision } = aDecision({ recommendationId: id, to: 'accepted', owner: 'Web' });
  return { ...decision, ...given };
}

it('keeps what was said whole, hostile text as it is, with its event and the new status', async () => {
  const { scope } = await aWorld(db);
  const item = await advised(scope);
  const decision = accepting(item, {
    owner: `<b>'"担当\u202e`,
    dueOn: '2027-01-31',
    approval: { state: 'approved', reference: '稟議-114', approver: 'K. Sato', day: '2026-11-20' },
    implementationCost: { amount: '1200.5', currency: 'JPY' },
    comment: 'yes',
  });
  const [recorded] = await store.record(scope, [item.id], () => [decision]);
  expect(recorded).toMatchObject({ ...decision, recordedBy: 'test' });
  expect(await store.current(scope)).toEqual([recorded]);
  expect(await store.history(scope, item.id)).toMatchObject([
    { from: null, to: 'open', decision: null },
    { from: 'open', to: 'accepted', actor: 'test', decision: recorded },
  ]);
  expect(await recommendationStore(db.database).get(scope, item.id)).toMatchObject({ status: 'accepted', decision: recorded });
});

it('keeps all or nothing', async () => {
  const { scope } = await aWorld(db);
  const item = await advised(scope);
  const twice = store.record(scope, [item.id], () => [accepting(item), accepting(item)]);
  await expect(twice).rejects.toThrow();
  const refused = store.record(scope, [item.id], () => {
    throw new Error('not legal');
  });
  await expect(refused).rejects.toThrow('not legal');
  expect(await store.current(scope)).toEqual([]);
  expect(await recommendationStore(db.database).get(scope, item.id)).toMatchObject({ status: 'open', decision: null });
});

it('lets two who decide at once decide one after the other', async () => {
  const { scope } = await aWorld(db);
  const item = await advised(scope);
  const next = ([now]: readonly Recommendation[]) => [accepting(item, { number: (now?.decision?.number ?? 0) + 1 })];
  await Promise.all([1, 2, 3].map(() => store.record(scope, [item.id], next)));
  expect((await store.history(scope, item.id)).map(({ decision }) => decision?.number ?? 0)).toEqual([0, 1, 2, 3]);
});

it('shows and decides nothing of another tenant', async () => {
  const [mine, theirs] = [await aWorld(db), await aWorld(db)];
  const item = await advised(theirs.scope);
  let seen: readonly Recommendation[] | null = null;
  await store.record(mine.scope, [item.id], (items) => {
    seen = items;
    return [];
  });
  expect(seen).toEqual([]);
  await expect(store.record(mine.scope, [item.id], () => [accepting(item)])).rejects.toThrow();
  expect(await store.history(mine.scope, item.id)).toEqual([]);
});

it('cannot be rewritten, not even by the owner of the tables, nor can the events', async () => {
  const { scope } = await aWorld(db);
  const item = await advised(scope);
  await store.record(scope, [item.id], () => [accepting(item)]);
  await withSuperuser(db.adminUrl, async (client) => {
    for (const sql of [
      `update app.decision set owner = 'x'`,
      'delete from app.decision',
      `update app.recommendation_event set actor = 'x'`,
      'delete from app.recommendation_event',
    ])
      await expect(client.query(sql)).rejects.toThrow(/append-only/);
  });
});
