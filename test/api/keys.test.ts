import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantScope } from '../../src/operations/context.ts';
import type { MemoryWorld } from './memory-world.ts';
import { bearer, postJson, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let world: MemoryWorld;
let a: TenantScope;
let admin: string;
beforeAll(async () => {
  ({ server, world, a } = await serveMemory());
  admin = await server.keyFor(a);
});
afterAll(() => server.listening.close());

const asAdmin = (body: unknown) => server.json('/api/v1/keys', postJson(body, { authorization: `Bearer ${admin}` }));
const me = async (key: string) => (await server.fetch('/api/v1/me', bearer(key))).status;

describe('the life of a key', () => {
  it('is shown once, opens the door, and is revoked at once', async () => {
    const made = await asAdmin({ name: 'portal of sales', expiresInDays: 30 });
    const { key, secret } = made.body;
    expect(secret).toMatch(/^cpk_[0-9A-Za-z]{16}_[0-9A-Za-z]{43}$/);
    expect(key).toMatchObject({ name: 'portal of sales', role: 'viewer', scopes: ['read'], revokedAt: null });
    expect(await me(secret)).toBe(200);

    const listed = await server.json('/api/v1/keys', bearer(admin));
    expect(listed.body.items.map((item: { keyId: string }) => item.keyId)).toContain(key.keyId);
    const secretPart = secret.split('_')[2];
    expect(JSON.stringify([listed.body, world.keys, world.audits, server.logLines])).not.toContain(secretPart);

    const revoked = await server.json(`/api/v1/keys/${key.keyId}`, { ...bearer(admin), method: 'DELETE' });
    expect(revoked).toEqual({ status: 200, body: { keyId: key.keyId, revoked: true } });
    expect(await me(secret)).toBe(401);
    const audited = world.audits.filter((item) => item.subject === key.keyId).map((item) => item.action);
    expect(audited).toEqual(['keyCreated', 'keyRevoked']);
  });

  it('ends on its day', async () => {
    const { secret } = (await asAdmin({ name: 'short', expiresInDays: 1 })).body;
    world.nowMs += 86_400_000 - 1;
    expect(await me(secret)).toBe(200);
    world.nowMs += 1;
    expect(await me(secret)).toBe(401);
  });

  it.each([
    ['another secret', (key: string) => `${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`],
    ['another key id', (key: string) => key.replace(/cpk_./, (start) => (start.endsWith('x') ? 'cpk_y' : 'cpk_x'))],
    ['a piece missing', (key: string) => key.slice(0, -1)],
    ['something behind it', (key: string) => `${key}x`],
    ['nothing', () => ''],
  ])('opens nothing with %s', async (_what, change) => {
    expect(await me(change(admin))).toBe(401);
  });
});

describe('rights', () => {
  it('lets a viewer read and not manage keys', async () => {
    const viewer = await server.keyFor(a, 'viewer');
    expect(await me(viewer)).toBe(200);
    expect((await server.json('/api/v1/keys', bearer(viewer))).body.error.code).toBe('FORBIDDEN');
    const create = await server.json('/api/v1/keys', postJson({ name: 'x' }, { authorization: `Bearer ${viewer}` }));
    expect(create.status).toBe(403);
    expect(world.audits.at(-1)).toMatchObject({ action: 'refused', subject: 'keys.create', detail: { because: 'role' } });
  });

  it('lets an administrator’s reading key change nothing', async () => {
    const reading = await server.keyFor(a, 'tenantAdmin', ['read']);
    expect((await server.json('/api/v1/keys', bearer(reading))).status).toBe(200);
    const create = await server.json('/api/v1/keys', postJson({ name: 'x' }, { authorization: `Bearer ${reading}` }));
    expect(create.body.error).toMatchObject({ code: 'FORBIDDEN', nextStep: expect.stringContaining('scope') });
  });

  it('gives nobody a role above their own', async () => {
    expect((await asAdmin({ name: 'up', role: 'integratorAdmin' })).status).toBe(403);
    expect((await asAdmin({ name: 'level', role: 'tenantAdmin' })).status).toBe(200);
  });

  it.each(['tenantId', 'digest', 'keyId', 'createdAt', 'revokedAt'])('takes no %s from the caller', async (field) => {
    const before = world.keys.length;
    expect((await asAdmin({ name: 'x', [field]: 'x' })).status).toBe(400);
    expect(world.keys.length).toBe(before);
  });
});
