import { describe, expect, it } from 'vitest';
import type { Context, Role } from '../../src/operations/context.ts';
import { createKey } from '../../src/operations/create-key.ts';
import { listKeys } from '../../src/operations/list-keys.ts';
import { listRuns } from '../../src/operations/list-runs.ts';
import { redeemSignIn } from '../../src/operations/redeem-sign-in.ts';
import { revokeKey } from '../../src/operations/revoke-key.ts';
import { createSignInLink } from '../../src/operations/sign-in-link.ts';
import { aRun, MemoryWorld } from '../api/memory-world.ts';

function aContext(role: Role = 'tenantAdmin'): { world: MemoryWorld; context: Context } {
  const world = new MemoryWorld();
  const scope = world.addTenant('00000000-0000-4000-8000-00000000000a', 'A');
  const actor = { ...scope.actor, role };
  return { world, context: { scope: { ...scope, actor }, locale: 'en', now: world.now, ports: world.ports, progress: null } };
}

const KEY = { name: 'portal', scopes: ['read'], role: 'viewer', expiresInDays: null } as const;

describe('keys', () => {
  it('are listed newest first, revoked ones included', async () => {
    const { world, context } = aContext();
    const first = await createKey(context, KEY);
    world.nowMs += 1000;
    const second = await createKey(context, KEY);
    await revokeKey(context, { keyId: first.key.keyId });
    const listed = await listKeys(context);
    expect(listed.map((key) => [key.keyId, key.revokedAt === null])).toEqual([
      [second.key.keyId, true],
      [first.key.keyId, false],
    ]);
  });

  it('are not found when nobody has them', async () => {
    await expect(revokeKey(aContext().context, { keyId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each<[Role, Role, boolean]>([
    ['viewer', 'viewer', true],
    ['viewer', 'reviewer', false],
    ['tenantAdmin', 'tenantAdmin', true],
    ['tenantAdmin', 'integratorOperator', false],
    ['integratorAdmin', 'integratorAdmin', true],
  ])('by a %s for a %s: %s', async (own, given, allowed) => {
    const made = createKey(aContext(own).context, { ...KEY, role: given });
    await (allowed ? expect(made).resolves.toBeDefined() : expect(made).rejects.toMatchObject({ code: 'FORBIDDEN' }));
  });

  it('carry a name of one line', async () => {
    const { key } = await createKey(aContext().context, { ...KEY, name: 'a\nb\u202e' });
    expect(key.name).toBe('a\ufffdb\ufffd');
  });
});

describe('a sign-in link', () => {
  it('leads to the given server, and its role is at most one’s own', async () => {
    const { context } = aContext('reviewer');
    const { url, expiresAt } = await createSignInLink(context, { baseUrl: 'http://127.0.0.1:8080' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/sign-in\?token=[0-9A-Za-z]{43}$/);
    expect(Date.parse(expiresAt) - context.now().getTime()).toBe(15 * 60_000);
    const higher = createSignInLink(context, { baseUrl: 'http://127.0.0.1:8080', role: 'tenantAdmin' });
    await expect(higher).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('opens one session with a token of its own, and is written down', async () => {
    const { world, context } = aContext();
    const { url } = await createSignInLink(context, { baseUrl: 'http://x' });
    const token = new URL(url).searchParams.get('token') ?? '';
    const door = { signIn: world.signIn, ports: world.ports, now: world.now };
    const session = await redeemSignIn(door, token);
    expect(session?.token).not.toBe(token);
    expect(await redeemSignIn(door, token)).toBeNull();
    expect(world.sessions.length).toBe(1);
    expect(world.audits.map(({ action }) => action)).toEqual(['signInLinkCreated', 'signedIn']);
  });
});

describe('runs', () => {
  it('come page by page, and the last page says so', async () => {
    const { world, context } = aContext();
    world.runs.set(context.scope.tenantId, [aRun(1), aRun(2), aRun(3)]);
    const first = await listRuns(context, { limit: 2, after: null });
    const last = await listRuns(context, { limit: 2, after: first.next });
    expect([first.items.length, last.items.length, last.next]).toEqual([2, 1, null]);
    expect((await listRuns(context, { limit: 3, after: null })).next).toBeNull();
  });
});
