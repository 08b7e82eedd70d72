import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../../src/advice/detectors/index.ts';
import { readConfig } from '../../src/app/config.ts';
import { type House, localContext } from '../../src/app/house.ts';
import { SANDBOX_TENANT, sandboxConnected } from '../../src/app/sandbox-setup.ts';
import { writeSandboxState } from '../../src/app/sandbox-state.ts';
import { openHouse } from '../../src/app/wire.ts';
import { refresh } from '../../src/operations/refresh.ts';
import { emptyDatabase } from '../support/database.ts';

const AS_OF = '2026-11-24';
/** Inside which named point the running code is; the innermost. */
const inside = new AsyncLocalStorage<string>();
const points: string[] = [];
/** Callers that wait for a connection. The pool may open it for them out of their own asynchronous context. */
let connecting = 0;
/** What reached Postgres outside a point of its own. */
const unnamed: string[] = [];
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'io-points-'));
const { query, connect } = pg.Client.prototype;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let house: House;

beforeAll(async () => {
  watchPostgres();
  database = await emptyDatabase();
  unnamed.length = 0;
  const config = { ...readConfig({ COST_PILLAR_DATA_DIR: dataDir }), databaseAdminUrl: database.adminUrl };
  writeSandboxState(config, { seed: 5, resources: 50, asOf: AS_OF, anchor: null });
  house = await openHouse(config, async (name, fn) => {
    points.push(name);
    if (name === 'postgres connect') connecting += 1;
    try {
      return await inside.run(name, fn);
    } finally {
      if (name === 'postgres connect') connecting -= 1;
    }
  });
  await sandboxConnected(house, config, { force: true });
  const tenant = (await house.directory.list()).find(({ name }) => name === SANDBOX_TENANT);
  if (!tenant) throw new Error('the sandbox is not there');
  const { entries } = await refresh(localContext(house, tenant, { locale: 'en', progress: null }), { asOf: AS_OF, detectors });
  expect(entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
}, 240_000);
afterAll(async () => {
  Object.assign(pg.Client.prototype, { query, connect });
  await house?.close();
  await database?.drop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

describe('the points at which a small installation, connected and refreshed once, reaches outside', () => {
  it('each have a name that tells what it is', () => {
    const adapters = /^(costExplorer|computeOptimizer|costOptimizationHub|organizations|pricing|savingsPlans|sts)\./;
    expect(points.filter((name) => !adapters.test(name) && !/^(postgres|migration files)/.test(name))).toEqual([]);
    expect(new Set(points).size).toBeGreaterThan(20);
  });

  it('are on the way through the whole pull', () => {
    expect([...new Set(points)]).toEqual(
      expect.arrayContaining([
        'migration files read',
        'postgres connect',
        'postgres begin',
        'sts.GetCallerIdentity',
        'costExplorer.GetCostAndUsage',
        'costExplorer.GetCostAndUsageWithResources',
        'computeOptimizer.GetEnrollmentStatus',
        'computeOptimizer.GetEC2InstanceRecommendations',
        'pricing.GetProducts',
        'postgres copy pg_temp.staged',
        'postgres select pg_advisory_lock_shared($1)',
        'postgres commit',
      ]),
    );
  });

  it('are as many at AWS as the pages it was asked for', async () => {
    const asked = (await house.sandbox.sandbox()).requests().reduce((sum, { pages }) => sum + pages, 0);
    expect(points.filter((name) => /^\w+\.\w+$/.test(name))).toHaveLength(asked);
  });

  it('leave no statement and no connection to Postgres beside them', () => {
    expect(unnamed).toEqual([]);
    expect(points.filter((name) => name === 'postgres commit').length).toBeGreaterThan(20);
  });
});

/** A COPY encloses the pages that it streams, so what they note must have points of their own. */
function watchPostgres(): void {
  const watched = (method: typeof query | typeof connect, isExpected: (point: string, given: unknown) => boolean) =>
    function (this: pg.Client, ...given: unknown[]): unknown {
      const point = inside.getStore() ?? '';
      if (!isExpected(point, given[0])) unnamed.push(`${point} > ${textOf(given[0])}`);
      return Reflect.apply(method, this, given);
    };
  Object.assign(pg.Client.prototype, {
    connect: watched(connect, (point) => point === 'postgres connect' || connecting > 0),
    query: watched(query, (point, statement) => point.startsWith('postgres copy ') === isCopy(statement) && point !== ''),
  });
}

function isCopy(statement: unknown): boolean {
  return typeof statement === 'object' && statement !== null && 'submit' in statement;
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement.trim();
  return typeof statement === 'object' && statement !== null && 'text' in statement
    ? String(statement.text)
    : (new Error().stack ?? '');
}
