import { describe, expect, it, vi } from 'vitest';

const compared = vi.hoisted(() => [] as number[][]);
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  return {
    ...crypto,
    timingSafeEqual: (a: Buffer, b: Buffer) => {
      compared.push([a.length, b.length]);
      return crypto.timingSafeEqual(a, b);
    },
  };
});

import { authenticate } from '../../src/operations/authenticate.ts';
import type { SignIn } from '../../src/operations/ports/access.ts';
import { digestOf, randomText, sameDigest } from '../../src/operations/secret.ts';

const KEY_ID = 'abcdefgh12345678';
const KEY = `cpk_${KEY_ID}_${randomText(43)}`;

function aDoor(): SignIn {
  return {
    findKey: async (keyId) =>
      keyId === KEY_ID ? { digest: digestOf(KEY), tenantId: 't', name: 'n', scopes: ['read'], role: 'viewer' } : null,
    redeemLink: async () => null,
    findSession: async (digest) => (digest === digestOf('token') ? { tenantId: 't', role: 'reviewer', sessionId: 's' } : null),
  };
}

describe('authenticate', () => {
  it('finds who has a key, and with which rights', async () => {
    expect(await authenticate(aDoor(), { kind: 'key', key: KEY })).toEqual({
      scope: { tenantId: 't', actor: { kind: 'key', id: KEY_ID, label: 'n', role: 'viewer' } },
      keyScopes: ['read'],
      via: 'key',
      credentialId: `key:${KEY_ID}`,
    });
  });

  it('finds who has a session', async () => {
    expect(await authenticate(aDoor(), { kind: 'session', token: 'token' })).toMatchObject({
      via: 'session',
      scope: { tenantId: 't' },
    });
    expect(await authenticate(aDoor(), { kind: 'session', token: 'other' })).toBeNull();
  });

  it.each([
    ['an unknown key id', KEY.replace(KEY_ID, 'ABCDEFGH12345678')],
    ['another secret', `cpk_${KEY_ID}_${randomText(43)}`],
    ['a short secret', KEY.slice(0, -1)],
    ['another prefix', KEY.replace('cpk', 'key')],
    ['nothing', ''],
  ])('opens nothing with %s, and compares two whole digests all the same', async (_what, key) => {
    compared.length = 0;
    expect(await authenticate(aDoor(), { kind: 'key', key })).toBeNull();
    expect(compared).toEqual([[32, 32]]);
  });
});

describe('a secret', () => {
  it('is random text of 62 characters, never the same twice', () => {
    const many = Array.from({ length: 200 }, () => randomText(43));
    expect(new Set(many).size).toBe(200);
    expect(new Set(many.join('')).size).toBe(62);
  });

  it('is the same as itself only', () => {
    expect(sameDigest(digestOf('a'), digestOf('a'))).toBe(true);
    expect(sameDigest(digestOf('a'), digestOf('b'))).toBe(false);
  });
});
