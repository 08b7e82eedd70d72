import { createServer } from 'node:http';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, listen } from '../../src/api/server.ts';
import type { TenantScope } from '../../src/operations/context.ts';
import type { MemoryWorld } from './memory-world.ts';
import { aBuiltPortal, bearer, postJson, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let world: MemoryWorld;
let a: TenantScope;
let key: string;
beforeAll(async () => {
  ({ server, world, a } = await serveMemory({ portalDir: aBuiltPortal() }));
  key = await server.keyFor(a);
});
afterAll(() => server.listening.close());

describe('every answer', () => {
  it.each([
    '/healthz',
    '/livez',
    '/readyz',
    '/metrics',
    '/sign-in?token=x',
    '/trpc/me.get',
    '/trpc/no.such',
    '/api/v1/me',
    '/api/v1/nothing',
    '/api/other',
    '/openapi.json',
    '/docs',
    '/docs/swagger-ui-bundle.js',
    '/',
    '/some/page',
    '/no-such-file.js',
    '/%E0%A4%A',
  ])('of %s carries the safety headers and a request id', async (path) => {
    const response = await server.fetch(path, { headers: { accept: 'text/html' } });
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    if (!path.startsWith('/docs/')) expect(headers['cache-control']).toBe('no-store');
  });

  it('insists on https where people reach it by https', async () => {
    const { server: overTls } = await serveMemory({ https: true });
    expect((await overTls.fetch('/healthz')).headers.get('strict-transport-security')).toContain('max-age=31536000');
    await overTls.listening.close();
  });
});

describe('a problem', () => {
  const shape = {
    error: { code: expect.any(String), message: expect.any(String), nextStep: expect.any(String), requestId: expect.any(String) },
  };

  it.each([
    ['no such address', 404, 'NOT_FOUND', '/api/v1/nothing', {}],
    ['no such procedure', 404, 'NOT_FOUND', '/api/v1/keys/x/y', {}],
    ['a stranger', 401, 'UNAUTHENTICATED', '/api/v1/me', {}],
    ['an odd input', 400, 'INVALID_INPUT', '/api/v1/runs?limit=0', 'key'],
    ['an unknown field', 400, 'INVALID_INPUT', '/api/v1/runs?tenantId=x', 'key'],
    ['a method that is not there', 405, 'INVALID_INPUT', '/api/v1/me', { method: 'PUT' }],
    ['a long address', 414, 'INVALID_INPUT', `/api/v1/me?x=${'y'.repeat(5000)}`, {}],
    ['a file that is not there', 404, 'NOT_FOUND', '/no-such-file.js', {}],
    ['an address that cannot be decoded', 400, 'INVALID_INPUT', '/docs/%E0%A4%A', {}],
  ] as const)('has one shape on REST and plain routes: %s', async (_what, status, code, path, init) => {
    const answer = await server.json(path, init === 'key' ? bearer(key) : init);
    expect(answer).toEqual({ status, body: shape });
    expect(answer.body.error.code).toBe(code);
  });

  it('carries the same words in tRPC, in error.data', async () => {
    const { status, body } = await server.json('/trpc/me.get');
    expect(status).toBe(401);
    expect(body.error.message).toBe('You are not signed in.');
    expect(body.error.data).toMatchObject({
      code: 'UNAUTHENTICATED',
      httpStatus: 401,
      nextStep: expect.stringContaining('sign-in'),
    });
    expect(body.error.data).not.toHaveProperty('stack');
  });

  it('keeps what we did not expect to itself, and writes it to the log with the same request id', async () => {
    const { server: broken, world: brokenWorld, a: owner } = await serveMemory();
    const brokenKey = await broken.keyFor(owner);
    brokenWorld.tenants.clear();
    for (const path of ['/api/v1/me', '/trpc/me.get']) {
      const response = await broken.fetch(path, bearer(brokenKey));
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).toContain('Something went wrong inside Cost Pillar.');
      expect(text).not.toMatch(/no such tenant|\.ts|node_modules|at /);
      const line = broken.logLines.find(
        (item) => item.includes('procedure_failed') && item.includes(response.headers.get('x-request-id') ?? '?'),
      );
      expect(line).toContain('no such tenant');
    }
    await broken.listening.close();
  });

  it('names the fields of an input that is not of the documented form', async () => {
    const { body } = await server.json('/api/v1/spend?basis=listCost&fromMonth=March', bearer(key));
    expect(body.error.message).toContain('basis: ');
    expect(body.error.message).toContain('fromMonth: ');
  });
});

describe('the edge', () => {
  it.each(['multipart/form-data; boundary=x', 'application/octet-stream', 'text/plain', 'application/x-www-form-urlencoded'])(
    'reads no %s',
    async (type) => {
      const headers = { 'content-type': type, authorization: `Bearer ${key}` };
      for (const path of ['/trpc/keys.create', '/api/v1/keys']) {
        expect((await server.fetch(path, { method: 'POST', body: '{"name":"x"}', headers })).status).toBe(415);
      }
    },
  );

  it('reads JSON with a charset', async () => {
    const init = postJson(
      { name: 'charset' },
      { authorization: `Bearer ${key}`, 'content-type': 'application/json; charset=utf-8' },
    );
    expect((await server.json('/api/v1/keys', init)).status).toBe(200);
    expect((await server.json('/trpc/keys.create', init)).status).toBe(200);
  });

  it('changes nothing by GET, and lets nobody override the method', async () => {
    const before = world.keys.length;
    expect((await server.fetch('/trpc/keys.create?input=%7B%22name%22%3A%22x%22%7D', bearer(key))).status).toBe(405);
    const override = bearer(key, { 'x-http-method-override': 'POST' });
    expect((await server.json('/api/v1/keys?_method=POST', override)).status).toBe(400);
    expect(world.keys.length).toBe(before);
  });

  it('takes ten calls in a batch and not eleven', async () => {
    const batch = (count: number) => server.fetch(`/trpc/${Array(count).fill('me.get').join(',')}?batch=1`, bearer(key));
    expect((await batch(10)).status).toBe(200);
    expect((await batch(11)).status).toBe(400);
    expect((await batch(500)).status).toBe(400);
  });

  it('reads 256 kB and not more', async () => {
    const init = postJson({ name: 'x'.repeat(300_000) }, { authorization: `Bearer ${key}` });
    expect((await server.json('/api/v1/keys', init)).status).toBe(413);
    expect((await server.json('/trpc/keys.create', init)).status).toBe(413);
  });

  it('says what is wrong with JSON that is broken', async () => {
    const init = { ...postJson({}, { authorization: `Bearer ${key}` }), body: '{"name":' };
    expect((await server.json('/api/v1/keys', init)).body.error.code).toBe('INVALID_INPUT');
    expect((await server.json('/trpc/keys.create', init)).body.error.data.code).toBe('INVALID_INPUT');
  });

  it('refuses a key in an address, however it is written', async () => {
    for (const text of [key, encodeURIComponent(key), key.replace('cpk', '%63pk')]) {
      expect((await server.fetch(`/api/v1/me?key=${text}`)).status).toBe(400);
    }
    expect(server.logLines.join('')).not.toContain(key);
  });

  it('is not troubled by input keys that mean something to JavaScript', async () => {
    const init = {
      ...postJson({}, { authorization: `Bearer ${key}` }),
      body: '{"__proto__":{"role":"integratorAdmin"},"name":"p"}',
    };
    expect((await server.json('/api/v1/keys', init)).status).toBe(400);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it('keeps health answers quick while half-open connections lie about', async () => {
    const { port } = server.listening;
    const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    for (const socket of sockets) socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n');
    expect((await server.fetch('/healthz')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
});

describe('the limits', () => {
  it('count operations of one caller, whichever door they take', async () => {
    const { server: limited, a: owner } = await serveMemory({ limits: { perCaller: 12 } });
    const [busy, calm] = [await limited.keyFor(owner), await limited.keyFor(owner)];
    const ten = `/trpc/${Array(10).fill('me.get').join(',')}?batch=1`;
    expect((await limited.fetch(ten, bearer(busy))).status).toBe(200);
    expect((await limited.fetch('/api/v1/me', bearer(busy))).status).toBe(200);
    const third = await limited.fetch(ten, bearer(busy));
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await third.json()).error.code).toBe('TOO_MANY_REQUESTS');
    expect((await limited.fetch('/api/v1/me', bearer(calm))).status).toBe(200);
    await limited.listening.close();
  });

  it('bound how often one address may guess at keys and links', async () => {
    const { server: limited } = await serveMemory({ limits: { perAddress: 8, signInPerAddress: 3 } });
    const links = [];
    for (let n = 0; n < 4; n++) links.push((await limited.fetch(`/sign-in?token=${'x'.repeat(43)}`)).status);
    expect(links).toEqual([403, 403, 403, 429]);
    const keys = [];
    for (let n = 0; n < 5; n++) keys.push((await limited.fetch('/api/v1/me', bearer('cpk_guess'))).status);
    expect(keys).toEqual([401, 401, 401, 401, 429]);
    expect((await limited.fetch('/healthz')).status).toBe(200);
    await limited.listening.close();
  });
});

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
    const line = JSON.parse(server.logLines.at(-1) ?? '');
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

describe('the portal', () => {
  it('is the first page for any address that a browser opens, and a file for a file', async () => {
    for (const path of ['/', '/recommendations/abc']) {
      const response = await server.fetch(path, { headers: { accept: 'text/html,*/*;q=0.8' } });
      expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>portal</title>']);
    }
  });

  it('says in the reader’s language that it is not built', async () => {
    const { server: bare } = await serveMemory();
    const page = async (language: string) => {
      const response = await bare.fetch('/', { headers: { accept: 'text/html', 'accept-language': language } });
      return `${response.status} ${await response.text()}`;
    };
    expect(await page('en')).toContain('503 <!doctype html>');
    expect(await page('en')).toContain('npm start');
    expect(await page('ja-JP')).toContain('<html lang="ja">');
    await bare.listening.close();
  });

  it('serves nothing outside its folder', async () => {
    for (const path of ['/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/.env']) {
      const text = await (await server.fetch(path)).text();
      expect(text).not.toContain('root:');
    }
  });
});

describe('listening', () => {
  it('names the port and the next step when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const app = createApi({ ...unused(), ports: world.ports, signIn: world.signIn });
    await expect(listen({ app, host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(String(port)),
      nextStep: expect.stringContaining(`PORT=${port + 1}`),
    });
    other.close();
  });
});

function unused() {
  return {
    catalogue: [],
    secret: 's',
    pingDatabase: async () => undefined,
    log: pino({ level: 'silent' }),
    portalDir: '/nowhere',
  };
}
