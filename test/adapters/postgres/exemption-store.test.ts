import { expect, it } from 'vitest';
import { exemptionStore } from '../../../src/adapters/postgres/exemption-store.ts';
import { addDays } from '../../../src/kernel/calendar.ts';
import { anExemption } from '../../support/builders.ts';
import { testDatabase, withSuperuser } from '../../support/database.ts';
import { aWorld } from './ledger/world.ts';

const db = testDatabase();
const DAY = '2026-11-24';
const {
  id: _id,
  revision: _r,
  change: _c,
  endedBecause: _e,
  decidedOn: _d,
  recordedBy: _b,
  recordedAt: _a,
  ...TERMS
} = anExemption({
  resourceId: `i-0<b>'"日本語`,
  reason: 'Kept for the audit; 監査のため',
  maximumMonthlyCost: '12.5',
  currency: 'USD',
  expiresOn: addDays(DAY, 400),
});

it('keeps each decision as a revision of what it is about; the same again is none', async () => {
  const { scope } = await aWorld(db);
  const store = exemptionStore(db.database);
  const record = (terms: typeof TERMS) => store.record(scope, { terms: [terms], decidedOn: DAY });
  const [first] = await record(TERMS);
  expect(first).toMatchObject({ ...TERMS, revision: 1, change: 'added', decidedOn: DAY, recordedBy: 'test' });
  expect(await record(TERMS)).toEqual([first]);
  const [second] = await record({ ...TERMS, owner: 'Another team' });
  expect(second).toMatchObject({ id: first?.id, revision: 2, change: 'changed', owner: 'Another team' });
  const ended = await store.end(scope, { id: first?.id ?? '', because: 'The audit is over' });
  expect(ended).toMatchObject({ revision: 3, change: 'ended', endedBecause: 'The audit is over' });
  expect(await store.end(scope, { id: ended.id, because: 'again' })).toEqual(ended);
  expect(await record(TERMS)).toMatchObject([{ revision: 4, change: 'added', endedBecause: null }]);
  expect((await store.revisions(scope)).map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
  expect((await store.current(scope)).map(({ revision }) => revision)).toEqual([4]);
});

it('keeps all of a list or nothing of it', async () => {
  const { scope } = await aWorld(db);
  const store = exemptionStore(db.database);
  const tooLong = { ...TERMS, resourceId: 'i-0b', expiresOn: addDays(DAY, 401) };
  await expect(store.record(scope, { terms: [{ ...TERMS, resourceId: 'i-0a' }, tooLong], decidedOn: DAY })).rejects.toThrow();
  expect(await store.current(scope)).toEqual([]);
});

it('ends nothing of another tenant, in the same words as what nobody has', async () => {
  const [mine, theirs] = [await aWorld(db), await aWorld(db)];
  const store = exemptionStore(db.database);
  const [foreign] = await store.record(theirs.scope, { terms: [TERMS], decidedOn: DAY });
  const refusal = async (id: string) => {
    const error = await store.end(mine.scope, { id, because: 'x' }).catch((cause: Error) => cause);
    return [error instanceof Error && error.message, 'code' in error && error.code];
  };
  expect(await refusal(foreign?.id ?? '')).toEqual(await refusal(crypto.randomUUID()));
  expect(await store.current(mine.scope)).toEqual([]);
  expect(await store.current(theirs.scope)).toMatchObject([{ change: 'added' }]);
});

it('cannot be rewritten, not even by the owner of the tables', async () => {
  const { scope } = await aWorld(db);
  await exemptionStore(db.database).record(scope, { terms: [TERMS], decidedOn: DAY });
  await withSuperuser(db.adminUrl, async (client) => {
    await expect(client.query(`update app.exemption set owner = 'x'`)).rejects.toThrow(/append-only/);
    await expect(client.query('delete from app.exemption')).rejects.toThrow(/append-only/);
  });
});
