import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/database.ts';
import { requireRunning } from '../../../src/adapters/postgres/fence.ts';
import { runStore } from '../../../src/adapters/postgres/run-store.ts';
import { testDatabase, withSuperuser } from '../../support/database.ts';
import { makeWorld, type World } from '../../support/world.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await makeWorld(db.database);
});

const window = { start: '2026-01-01', end: '2026-02-01' };
const ask = (source: string) => ({ connectionId: world.connections.aoyama.id, source, window });
/** What another process would hold: its own pool and its own presence. */
const otherProcess = () => openDatabase({ url: db.runtimeUrl, signingKey: db.signingKey, poolSize: 2 });
const newest = async (limit = 1) => runStore(db.database).list(world.scopes.aoyama, { limit, after: null });

describe('a run', () => {
  it('is kept from its start to its end', async () => {
    const runs = runStore(db.database);
    const id = await runs.start(world.scopes.aoyama, ask('whole'));
    expect((await newest())[0]).toMatchObject({
      id,
      status: 'running',
      source: 'whole',
      window,
      endedAt: null,
      pages: 0,
      error: null,
    });
    await runs.notePage(world.scopes.aoyama, id, '0.01');
    await runs.notePage(world.scopes.aoyama, id, '0.01');
    await runs.end(world.scopes.aoyama, id, {
      status: 'ok',
      rows: 12,
      quarantined: 1,
      total: '45.63',
      residual: '0.002',
      currency: 'USD',
    });
    const [run] = await newest();
    expect(run).toMatchObject({
      status: 'ok',
      pages: 2,
      requestCost: '0.02',
      rows: 12,
      quarantined: 1,
      total: '45.63',
      currency: 'USD',
    });
    expect(run?.endedAt).toMatch(/Z$/);
  });

  it('keeps the reason of its failure', async () => {
    const runs = runStore(db.database);
    const error = { code: 'SOURCE_THROTTLED', message: 'm', nextStep: 'n' } as const;
    await runs.end(world.scopes.aoyama, await runs.start(world.scopes.aoyama, ask('fails')), { status: 'failed', error });
    expect((await newest())[0]).toMatchObject({ status: 'failed', error, total: null });
  });

  it('needs no connection and no window', async () => {
    const runs = runStore(db.database);
    const id = await runs.start(world.scopes.aoyama, { connectionId: null, source: 'advise', window: null });
    await expect(runs.start(world.scopes.aoyama, { connectionId: null, source: 'advise', window: null })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await runs.end(world.scopes.aoyama, id, { status: 'ok' });
    expect((await newest())[0]).toMatchObject({ id, connectionId: null, window: null });
  });

  it('of another tenant’s connection cannot be', async () => {
    const start = runStore(db.database).start(world.scopes.bunkyo, ask('strange'));
    await expect(start).rejects.toMatchObject({ code: '23503' });
  });
});

describe('two processes at one source', () => {
  it('take turns: the second is told to wait while the first lives', async () => {
    const other = otherProcess();
    const id = await runStore(other).start(world.scopes.aoyama, ask('turns'));
    await expect(runStore(db.database).start(world.scopes.aoyama, ask('turns'))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(runStore(db.database).start(world.scopes.aoyama, ask('another source'))).resolves.toBeDefined();
    await runStore(other).end(world.scopes.aoyama, id, { status: 'ok' });
    await expect(runStore(db.database).start(world.scopes.aoyama, ask('turns'))).resolves.toBeDefined();
    await other.close();
  });

  it('that start at the same moment: one wins', async () => {
    const others = Array.from({ length: 6 }, otherProcess);
    const starts = await Promise.allSettled(others.map((other) => runStore(other).start(world.scopes.aoyama, ask('race'))));
    expect(starts.filter((start) => start.status === 'fulfilled')).toHaveLength(1);
    await Promise.all(others.map((other) => other.close()));
  });

  it('one of which is gone: its run is abandoned at once and taken over with a higher fence', async () => {
    const gone = otherProcess();
    const stale = await runStore(gone).start(world.scopes.aoyama, ask('killed'));
    await gone.close();
    const id = await runStore(db.database).start(world.scopes.aoyama, ask('killed'));
    const status = Object.fromEntries((await newest(50)).map((run) => [run.id, run.status]));
    expect([status[stale], status[id]]).toEqual(['abandoned', 'running']);
    const { rows } = await withSuperuser(db.adminUrl, (client) =>
      client.query('select fence from app.run where id = any ($1::uuid[]) order by started_at', [[stale, id]]),
    );
    expect(rows).toEqual([{ fence: '1' }, { fence: '2' }]);
  });

  it('one of which is frozen: it has lost its right when it comes back', async () => {
    const frozen = otherProcess();
    const runs = runStore(frozen);
    const lost = await runs.start(world.scopes.aoyama, ask('frozen'));
    await frozen.withTenant(world.scopes.aoyama, (client) => requireRunning(client, lost));
    await withSuperuser(db.adminUrl, (client) =>
      client.query("update app.run set heartbeat_at = now() - interval '91 seconds' where id = $1", [lost]),
    );
    await runStore(db.database).start(world.scopes.aoyama, ask('frozen'));
    await expect(runs.notePage(world.scopes.aoyama, lost, '0.01')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(runs.end(world.scopes.aoyama, lost, { status: 'ok' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(runs.end(world.scopes.aoyama, lost, { status: 'failed' })).resolves.toBeUndefined();
    const write = frozen.withTenant(world.scopes.aoyama, (client) => requireRunning(client, lost));
    await expect(write).rejects.toMatchObject({ code: 'CONFLICT' });
    await frozen.close();
  });
});

describe('the log of runs', () => {
  it('is read in pages, newest first, each run once', async () => {
    const runs = runStore(db.database);
    for (let n = 0; n < 7; n += 1) {
      await runs.end(world.scopes.aoyama, await runs.start(world.scopes.aoyama, ask(`page ${n}`)), { status: 'ok' });
    }
    const all = await newest(500);
    const paged = [];
    for (let after: { startedAt: string; id: string } | null = null; ; ) {
      const page = await runs.list(world.scopes.aoyama, { limit: 3, after });
      paged.push(...page);
      const last = page.at(-1);
      if (!last) break;
      after = { startedAt: last.startedAt, id: last.id };
    }
    expect(paged).toEqual(all);
    expect(all.map((run) => run.source).slice(0, 2)).toEqual(['page 6', 'page 5']);
    expect(await runs.list(world.scopes.bunkyo, { limit: 5, after: null })).toEqual([]);
  });

  it('adds up what was spent since an instant', async () => {
    const runs = runStore(db.database);
    const connectionId = world.connections.shared.id;
    const id = await runs.start(world.scopes.operator, { connectionId, source: 'spent', window });
    for (let page = 0; page < 3; page += 1) await runs.notePage(world.scopes.operator, id, '0.01');
    const spent = (since: string, scope: keyof World['scopes'] = 'operator') =>
      runs.spentSince(world.scopes[scope], connectionId, since);
    expect(await spent('2000-01-01T00:00:00Z')).toBe('0.03');
    expect(await spent('2100-01-01T00:00:00Z')).toBe('0');
    expect(await spent('2000-01-01T00:00:00Z', 'aoyama')).toBe('0');
    await expect(runs.notePage(world.scopes.operator, randomUUID(), '0.01')).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
