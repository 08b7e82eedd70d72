import { createServer } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, listen } from '../../src/api/server.ts';
import type { MemoryWorld } from './memory-world.ts';
import { aBuiltPortal, bearer, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let world: MemoryWorld;
let key: string;
beforeAll(async () => {
  const made = await serveMemory({ portalDir: aBuiltPortal() });
  ({ server, world } = made);
  key = await server.keyFor(made.a);
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
