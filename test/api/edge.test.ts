import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemoryWorld } from './memory-world.ts';
import { bearer, postJson, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let world: MemoryWorld;
let key: string;
beforeAll(async () => {
  const made = await serveMemory();
  ({ server, world } = made);
  key = await server.keyFor(made.a);
});
afterAll(() => server.listening.close());

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

  it('reads 1 MB and not more', async () => {
    const init = postJson({ name: 'x'.repeat(1_100_000) }, { authorization: `Bearer ${key}` });
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
