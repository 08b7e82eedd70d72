import { describe, expect, it } from 'vitest';
import { policyStore } from '../../../src/adapters/postgres/policy-store.ts';
import { testDatabase } from '../../support/database.ts';
import { aTenant, aWorld } from './ledger/world.ts';

const db = testDatabase();
const store = () => policyStore(db.database);
const own = (text: string, basedOnVersion: number | null = null) => ({
  layer: 'tenant' as const,
  text,
  reason: 'because',
  basedOnVersion,
});

describe('the policies of a tenant', () => {
  it('are kept version by version, as written, with who and why', async () => {
    const scope = await aTenant(db);
    await store().apply(scope, own('version: 1 # ä\n'));
    await store().apply(scope, { ...own('version: 1\n'), reason: '四半期の見直し' });
    const history = await store().history(scope, 10);
    expect(history.map(({ version, reason, text }) => [version, reason, text])).toEqual([
      [2, '四半期の見直し', 'version: 1\n'],
      [1, 'because', 'version: 1 # ä\n'],
    ]);
    expect(history[0]).toMatchObject({ layer: 'tenant', recordedBy: 'test', recordedAt: expect.stringMatching(/^20/) });
    expect(await store().get(scope, 1)).toEqual(history[1]);
    expect((await store().effective(scope)).tenant).toEqual(history[0]);
  });

  it('are nobody else’s', async () => {
    const [scope, other] = [await aTenant(db), await aTenant(db)];
    await store().apply(scope, own('version: 1 # secret\n'));
    expect(await store().history(other, 10)).toEqual([]);
    expect(await store().get(other, 1)).toBeNull();
    expect((await store().effective(other)).tenant).toBeNull();
    expect((await store().versions(other)).tenant).toBeNull();
  });

  it('refuse a change that was made on another version', async () => {
    const scope = await aTenant(db);
    await store().apply(scope, own('version: 1\n', 0));
    await expect(store().apply(scope, own('version: 1\n', 0))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await store().apply(scope, own('version: 1\n', 1))).version).toBe(2);
  });

  it('number every version once, whoever writes at the same time', async () => {
    const scope = await aTenant(db);
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => store().apply(scope, own(`version: 1 # ${i}\n`))));
    expect(all.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

it('what the operator keeps for all tenants is read by each of them, and what it keeps for itself by none', async () => {
  const operator = await aWorld(db, 'operator');
  const scope = await aTenant(db);
  const before = (await store().versions(operator.scope)).tenant;
  await store().apply(operator.scope, own('version: 1 # mine\n'));
  const all = await store().apply(operator.scope, { ...own('version: 1 # all\n'), layer: 'integrator' });
  const { integrator, tenant } = await store().effective(scope);
  expect([integrator?.text, tenant]).toEqual(['version: 1 # all\n', null]);
  expect(await store().versions(scope)).toEqual({ integrator: all.version, tenant: null });
  expect((await store().versions(operator.scope)).tenant).not.toBe(before);
});
