import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TenantScope } from '../../src/operations/context.ts';
import { createSignInLink } from '../../src/operations/sign-in-link.ts';
import type { MemoryWorld } from './memory-world.ts';
import { bearer, postJson, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let world: MemoryWorld;
let a: TenantScope;
beforeAll(async () => {
  ({ server, world, a } = await serveMemory());
});
afterAll(() => server.listening.close());

const link = async () => (await createSignInLink(server.context(a), { baseUrl: server.url, role: 'tenantAdmin' })).url;

describe('a sign-in link', () => {
  it('opens a session and leads to the page', async () => {
    const response = await server.fetch(await link());
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^cost-pillar-\d+=[0-9A-Za-z]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const me = await server.json('/api/v1/me', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(me.body).toMatchObject({ tenant: { name: 'Tenant A' }, actor: { role: 'tenantAdmin' }, via: 'session' });
  });

  it('works once', async () => {
    const url = await link();
    const [first, second] = [await server.fetch(url), await server.fetch(url, { headers: { 'accept-language': 'en' } })];
    expect([first.status, second.status]).toEqual([303, 403]);
    expect(second.headers.get('set-cookie')).toBeNull();
    const page = await second.text();
    expect(page).toContain('This sign-in link no longer works');
    expect(page).toContain('npx --no-install cost-pillar sign-in');
  });

  it('works within 15 minutes', async () => {
    const [inTime, late] = [await link(), await link()];
    world.nowMs += 15 * 60_000 - 1;
    expect((await server.fetch(inTime)).status).toBe(303);
    world.nowMs += 1;
    expect((await server.fetch(late)).status).toBe(403);
  });

  it('tells a late reader so in Japanese', async () => {
    const page = await (await server.fetch('/sign-in?token=used', { headers: { 'accept-language': 'ja' } })).text();
    expect(page).toContain('<html lang="ja">');
    expect(page).toContain('このサインインリンクは使えません');
  });

  it('answers every wrong token alike', async () => {
    const page = async (query: string) => (await server.fetch(`/sign-in${query}`)).text();
    const pages = await Promise.all(
      ['', '?token=', '?token=x', `?token=${'x'.repeat(43)}`, '?token=a&token=b', '?token=%3Cscript%3E'].map(page),
    );
    expect(new Set(pages).size).toBe(1);
  });

  it('leaves its token in no log and in no store', async () => {
    const url = await link();
    const token = new URL(url).searchParams.get('token') ?? '?';
    await server.fetch(url);
    expect(server.logLines.join('')).not.toContain(token);
    expect(JSON.stringify([world.links, world.sessions, world.audits])).not.toContain(token);
  });

  it('is bound to TLS where a proxy in front speaks https', async () => {
    const { server: behind, a: owner } = await serveMemory({ trustedProxies: 1, https: true });
    const made = await createSignInLink(behind.context(owner), { baseUrl: behind.url });
    const response = await behind.fetch(made.url, { headers: { 'x-forwarded-proto': 'https' } });
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-cost-pillar=\w+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    await behind.listening.close();
  });
});

describe('a session', () => {
  it('ends 30 minutes after the last request, and after 12 hours whatever happens', async () => {
    const me = async (cookie: string) => (await server.fetch('/api/v1/me', { headers: { cookie } })).status;
    const idle = await server.cookieFor(a);
    world.nowMs += 29 * 60_000;
    expect(await me(idle)).toBe(200);
    world.nowMs += 31 * 60_000;
    expect(await me(idle)).toBe(401);
    const busy = await server.cookieFor(a);
    for (let quarter = 1; quarter < 48; quarter++) {
      world.nowMs += 15 * 60_000;
      expect(await me(busy)).toBe(200);
    }
    world.nowMs += 15 * 60_000;
    expect(await me(busy)).toBe(401);
  });

  it('ends in the store too when its owner signs out', async () => {
    const cookie = await server.cookieFor(a);
    const from = { cookie, 'sec-fetch-site': 'same-origin', 'x-cost-pillar': '1' };
    const out = await server.fetch('/sign-out', { method: 'POST', headers: from });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toContain('Expires=Thu, 01 Jan 1970');
    expect((await server.fetch('/api/v1/me', { headers: { cookie } })).status).toBe(401);
    expect((await server.fetch('/sign-out', { method: 'POST', headers: from })).status).toBe(401);
  });

  it('does not help a bad key, and a good key does not use it', async () => {
    const cookie = await server.cookieFor(a);
    expect((await server.fetch('/api/v1/me', bearer('cpk_bad', { cookie }))).status).toBe(401);
    const other = world.addTenant('00000000-0000-4000-8000-00000000000b', 'Tenant B');
    const me = await server.json('/api/v1/me', bearer(await server.keyFor(other), { cookie }));
    expect(me.body.tenant.name).toBe('Tenant B');
  });
});

describe('another site', () => {
  let cookie: string;
  beforeEach(async () => {
    cookie = await server.cookieFor(a);
  });
  const sites = ['same-origin', 'same-site', 'cross-site', 'none', undefined];
  const origins = ['own', 'https://evil.example', 'null', undefined];
  const create = async (headers: Record<string, string | undefined>, path = '/api/v1/keys') => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >;
    return (await server.fetch(path, postJson({ name: 'csrf' }, { cookie, ...given }))).status;
  };

  it('changes nothing through a signed-in browser, whatever it sends along', async () => {
    const passed: string[] = [];
    for (const path of ['/api/v1/keys', '/trpc/keys.create']) {
      for (const site of sites) {
        for (const origin of origins) {
          for (const header of ['1', undefined]) {
            const before = world.keys.length;
            const sent = { 'sec-fetch-site': site, origin: origin === 'own' ? server.url : origin, 'x-cost-pillar': header };
            const status = await create(sent, path);
            expect([200, 403]).toContain(status);
            expect(world.keys.length - before).toBe(status === 200 ? 1 : 0);
            if (status === 200) passed.push(`${site} ${origin} ${header}`);
          }
        }
      }
    }
    const lawful = ['same-origin own 1', 'same-origin undefined 1', 'undefined own 1'];
    expect(passed).toEqual([...lawful, ...lawful]);
  });

  it('reads nothing through a signed-in browser either', async () => {
    const read = async (headers: Record<string, string>) =>
      (await server.fetch('/api/v1/me', { headers: { cookie, ...headers } })).status;
    expect(await read({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await read({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await read({ origin: 'https://evil.example' })).toBe(403);
    expect(await read({ 'sec-fetch-site': 'none' })).toBe(200);
    expect(await read({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await read({})).toBe(200);
  });
});
