import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { procedure, router } from '../../src/api/base.ts';
import type { ApiContext } from '../../src/api/context.ts';
import { cursorsSignedWith } from '../../src/api/cursor.ts';
import { createMetrics } from '../../src/api/http/metrics.ts';
import { appRouter } from '../../src/api/router.ts';
import { keptCommitments } from '../../src/operations/commitments/kept-commitments.ts';
import type { TenantScope } from '../../src/operations/context.ts';
import { aRun, MemoryWorld } from './memory-world.ts';
import { bearer, serveMemory, type TestServer } from './test-server.ts';

describe('the router', () => {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: ProcedureDefinition }>);

  it('has no procedure that does not say who may call it', () => {
    expect(procedures.length).toBeGreaterThan(0);
    for (const [path, { _def }] of procedures) {
      expect(['self', 'tenant'], path).toContain(_def.meta?.scope);
      expect(_def.meta?.roles?.length, path).toBeGreaterThan(0);
      expect(_def.meta?.openapi?.path, path).toMatch(/^\//);
      expect(_def.output, `${path} has an output schema`).toBeDefined();
      expect(_def.inputs.length, `${path} has an input schema`).toBe(1);
    }
  });

  it('changes things by mutations alone, and says so to REST', () => {
    for (const [path, { _def }] of procedures) {
      expect(_def.meta?.openapi?.method === 'GET', path).toBe(_def.type === 'query');
    }
  });

  it('hides nothing in lazy parts, which no test would see', () => {
    expect(Object.keys(appRouter._def.lazy ?? {})).toEqual([]);
  });

  it('refuses a procedure without a word on who may call it, even to an administrator', async () => {
    const world = new MemoryWorld();
    const scope = world.addTenant('00000000-0000-4000-8000-00000000000a', 'Tenant A');
    const open = router({ open: procedure({} as never).query(() => 'open') });
    const context: ApiContext = {
      identity: { scope, keyScopes: ['read', 'write'], via: 'key', credentialId: 'key:x' },
      requestId: 'r',
      locale: 'en',
      services: {
        ports: world.ports,
        catalogue: [],
        now: world.now,
        cursors: cursorsSignedWith('s'),
        metrics: createMetrics(),
        commitments: keptCommitments([]),
      },
    };
    await expect(open.createCaller(context).open()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });
});

interface ProcedureDefinition {
  readonly type: string;
  readonly meta?: { scope?: string; roles?: string[]; openapi?: { method: string; path: string } };
  readonly inputs: unknown[];
  readonly output?: unknown;
}

let server: TestServer;
let a: TenantScope;
let key: string;
beforeAll(async () => {
  const made = await serveMemory();
  ({ server, a } = made);
  key = await server.keyFor(a, 'viewer', ['read']);
  const row = (month: string, serviceName: string, cost: string, currency = 'USD') => ({ month, serviceName, cost, currency });
  made.world.spend.set(a.tenantId, [
    row('2026-02', 'Amazon RDS', '20.000000000001'),
    row('2026-02', 'Amazon EC2', '100.1'),
    row('2026-03', 'Amazon EC2', '-0.2'),
    row('2025-01', 'Amazon EC2', '7'),
  ]);
  made.world.runs.set(
    a.tenantId,
    Array.from({ length: 5 }, (_, minute) => aRun(minute)),
  );
});
afterAll(() => server.listening.close());

const get = async (path: string) => server.json(`/api/v1${path}`, bearer(key));

describe('spend', () => {
  it('is by month and service, largest first, exact to the last digit', async () => {
    expect((await get('/spend')).body).toEqual({
      basis: 'runningCost',
      provisionalFrom: '2026-03-07',
      currency: 'USD',
      dataAsOf: '2026-03-09',
      months: [
        {
          month: '2026-02',
          state: 'closed',
          total: '120.100000000001',
          services: [
            { serviceName: 'Amazon EC2', cost: '100.1' },
            { serviceName: 'Amazon RDS', cost: '20.000000000001' },
          ],
        },
        { month: '2026-03', state: 'openMonth', total: '-0.2', services: [{ serviceName: 'Amazon EC2', cost: '-0.2' }] },
      ],
    });
  });

  it('goes as far back as asked', async () => {
    const { body } = await get('/spend?basis=invoiceCost&fromMonth=2025-01&throughMonth=2025-12');
    expect(body).toMatchObject({ basis: 'invoiceCost', months: [{ month: '2025-01', total: '7' }] });
  });

  it.each(['fromMonth=2026-03&throughMonth=2026-02', 'fromMonth=2020-01', 'currency=EUR', 'fromMonth=2026-13', 'currency=usd'])(
    'refuses %s with a next step',
    async (query) => {
      const { status, body } = await get(`/spend?${query}`);
      expect([status, body.error.code]).toEqual([400, 'INVALID_INPUT']);
      expect(body.error.nextStep).not.toBe('');
    },
  );
});

describe('a list read page by page', () => {
  it('gives every item once, in order, by REST and by tRPC', async () => {
    const byRest: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await get(`/runs?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      byRest.push(...body.items.map((item: { startedAt: string }) => item.startedAt));
      cursor = body.next;
    }
    const { body } = await server.json(`/trpc/runs.list?input=${encodeURIComponent('{"limit":500}')}`, bearer(key));
    expect(byRest).toEqual(body.result.data.items.map((item: { startedAt: string }) => item.startedAt));
    expect(byRest).toEqual(byRest.toSorted().reverse());
    expect(byRest.length).toBe(5);
  });

  it('refuses a cursor that was changed', async () => {
    const { next } = (await get('/runs?limit=2')).body;
    const changed = `${next.startsWith('W') ? 'X' : 'W'}${next.slice(1)}`;
    expect((await get(`/runs?cursor=${changed}`)).body.error.code).toBe('INVALID_INPUT');
  });
});

describe('what is not known yet', () => {
  it('is told as not known, not as zero', async () => {
    const { server: young, a: owner } = await serveMemory();
    const youngKey = await young.keyFor(owner);
    const ask = async (path: string) => (await young.json(`/api/v1${path}`, bearer(youngKey))).body;
    expect(await ask('/spend')).toEqual({
      basis: 'runningCost',
      currency: null,
      dataAsOf: null,
      provisionalFrom: null,
      months: [],
    });
    expect(await ask('/freshness')).toEqual({
      dataAsOf: null,
      closedMonths: [],
      currencies: [],
      invoiceAsOf: null,
      provisionalFrom: null,
      months: [],
      adviceAsOf: null,
      adviceMadeAt: null,
    });
    await young.listening.close();
  });
});
