import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorsSignedWith } from '../../src/api/cursor.ts';

const cursors = cursorsSignedWith('secret');
const binding = { tenantId: 'a', procedure: 'runs.list', sort: 'startedAt' };

describe('a cursor', () => {
  it('gives back the place it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (key, id) => {
        expect(cursors.open(cursors.seal({ key, id }, binding), binding)).toEqual({ key, id });
      }),
    );
  });

  it('opens nothing once a character has changed', () => {
    const cursor = cursors.seal({ key: '12.5', id: 'x' }, binding);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'abcXYZ019-_.'), (index, character) => {
        fc.pre(cursor[index] !== character);
        const changed = cursor.slice(0, index) + character + cursor.slice(index + 1);
        expect(() => cursors.open(changed, binding)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
      }),
    );
  });

  it.each([
    ['another tenant', { ...binding, tenantId: 'b' }],
    ['another procedure', { ...binding, procedure: 'recommendations.list' }],
    ['another sort', { ...binding, sort: 'rank' }],
  ])('opens nothing for %s', (_whose, other) => {
    expect(() => cursors.open(cursors.seal({ key: '1', id: 'x' }, binding), other)).toThrow(/does not belong/);
  });

  it('opens nothing in another installation', () => {
    const elsewhere = cursorsSignedWith('another secret').seal({ key: '1', id: 'x' }, binding);
    expect(() => cursors.open(elsewhere, binding)).toThrow(/does not belong/);
  });

  it.each(['', '.', 'a.b', 'a.b.c', '..', 'e30.'])('is not %j', (text) => {
    expect(() => cursors.open(text, binding)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
