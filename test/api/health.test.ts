import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantScope } from '../../src/operations/context.ts';
import { bearer, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let a: TenantScope;
let key: string;
beforeAll(async () => {
  ({ server, a } = await serveMemory());
  key = await server.keyFor(a);
});
afterAll(() => server.listening.close());

describe('health', () => {
  it('is alive at once and ready when there are figures and the database answers', async () => {
    const { server: young, world: youngWorld } = await serveMemory();
    expect((await young.fetch('/healthz')).status).toBe(200);
    expect(await young.json('/readyz')).toEqual({ status: 503, body: { status: 'starting' } });
    young.listening.ready();
    expect(await young.json('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
    youngWorld.databaseAnswers = false;
    await expect.poll(() => young.json('/readyz'), { timeout: 5000 }).toEqual({ status: 503, body: { status: 'noDatabase' } });
    await young.listening.close();
  });

  it('finishes what is in flight when it closes, and takes nothing new', async () => {
    const { server: closing, world: closingWorld, a: owner } = await serveMemory();
    const closingKey = await closing.keyFor(owner);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: reached, resolve: arrive } = Promise.withResolvers<void>();
    const own = closingWorld.ports.tenant.own;
    Object.assign(closingWorld.ports.tenant, {
      own: async (scope: TenantScope) => {
        arrive();
        await held;
        return own(scope);
      },
    });
    const inFlight = closing.fetch('/api/v1/me', bearer(closingKey));
    await reached;
    const closed = closing.listening.close();
    await expect(closing.fetch('/healthz')).rejects.toThrow();
    release();
    expect((await inFlight).status).toBe(200);
    await closed;
  });

  it('gives figures about itself with labels from our lists alone', async () => {
    await server.fetch('/a-name-nobody-knows');
    await server.fetch('/api/v1/me', bearer(key));
    const text = await (await server.fetch('/metrics')).text();
    expect(text).toContain('cost_pillar_procedures_total{procedure="me.get",code="OK"}');
    expect(text).not.toContain('a-name-nobody-knows');
    expect((await server.fetch('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(401);
  });
});

describe('the log', () => {
  it('has one line a request, with named fields and no secret', async () => {
    const cookie = await server.cookieFor(a);
    await server.fetch('/api/v1/me?q=hidden-in-the-query', { headers: { cookie, 'x-odd': 'header\r\n'.trim() } });
    const written = server.logLines.at(-1) ?? '';
    expect(written.match(/"status":/g)).toHaveLength(1);
    const line = JSON.parse(written);
    expect(line).toMatchObject({
      path: '/api/v1/me',
      status: 400,
      tenantId: a.tenantId,
      actorId: expect.stringMatching(/^session:/),
    });
    expect(Object.keys(line).toSorted()).toEqual(
      [
        'actorId',
        'durationMs',
        'event',
        'hostname',
        'level',
        'method',
        'msg',
        'path',
        'pid',
        'requestId',
        'status',
        'tenantId',
        'time',
      ].toSorted(),
    );
    const all = server.logLines.join('');
    expect(all).not.toContain(cookie.split('=')[1]);
    expect(all).not.toContain('hidden-in-the-query');
    expect(all).not.toMatch(/token=/);
  });
});
