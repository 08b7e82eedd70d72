import { describe, expect, it } from 'vitest';
import { KeptAnswers } from '../../../src/operations/commitments/kept-answers.ts';

const stamp = (given: { tenantId?: string; version?: string; question?: string } = {}) => ({
  tenantId: 'a',
  version: '1',
  question: 'q',
  ...given,
});

/** Each made answer is its own number, so that a kept one can be told from a new one. */
function kept(mostWeight = 100) {
  let made = 0;
  const answers = new KeptAnswers<{ number: number; weight: number }>({ mostWeight, weigh: ({ weight }) => weight });
  const ask = async (given: Parameters<typeof stamp>[0] = {}, weight = 10) =>
    (await answers.get(stamp(given), async () => ({ number: ++made, weight }))).number;
  return { answers, ask };
}

describe('kept answers', () => {
  it('are given again for the same stamp, and to no other tenant, version or question', async () => {
    const { ask } = kept();
    expect([await ask(), await ask()]).toEqual([1, 1]);
    expect(await ask({ tenantId: 'b' })).toBe(2);
    expect(await ask({ question: 'other' })).toBe(3);
    expect(await ask({ version: '2' })).toBe(4);
    expect(await ask({ tenantId: 'b' })).toBe(2);
  });

  it('cannot be reached by a name that runs over into the next part', async () => {
    const { ask } = kept();
    expect(await ask({ tenantId: 'a","1', version: 'x' })).toBe(1);
    expect(await ask({ tenantId: 'a', version: '1","x' })).toBe(2);
  });

  it('of an older version go with the first question about a newer one', async () => {
    const { ask } = kept();
    await ask();
    await ask({ version: '2' });
    expect(await ask()).toBe(3);
  });

  it('go when all together weigh too much: first the one that nobody asked for longest', async () => {
    const { ask } = kept(30);
    for (const question of ['x', 'y', 'z']) await ask({ question });
    await ask({ question: 'x' });
    await ask({ question: 'new' });
    expect(await ask({ question: 'x' })).toBe(1);
    expect(await ask({ question: 'y' })).toBe(5);
  });

  it('that weigh too much alone are not kept, and push no other out', async () => {
    const { ask } = kept(30);
    await ask();
    expect([await ask({ question: 'huge' }, 31), await ask({ question: 'huge' }, 31)]).toEqual([2, 3]);
    expect(await ask()).toBe(1);
  });

  it('are made once for all who ask meanwhile, and again after a failure', async () => {
    const { answers, ask } = kept();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    const failing = () => answers.get(stamp({ question: 'fails' }), () => Promise.reject(new Error('no')));
    await expect(failing()).rejects.toThrow('no');
    expect(await ask({ question: 'fails' })).toBe(2);
  });
});
