import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { atLeast, atMost, information, median, table } from '../../bench/support/bench.ts';

const root = new URL('../..', import.meta.url).pathname;
const bench = (...args: string[]) => spawnSync(process.execPath, ['bench/run.ts', ...args], { cwd: root, encoding: 'utf8' });

describe('npm run bench', () => {
  it('prints one JSON document with machine and figures, and nothing else', () => {
    const { stdout, status } = bench('engine', '--json', '--resources', '600');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'engine',
      machine: expect.stringContaining('Node v'),
      figures: expect.arrayContaining([{ what: 'resources', value: 600, unit: '', goal: null, holds: null }]),
    });
  });

  it.each([
    [[]],
    [['nope']],
    [['engine', '--seeds', 'x']],
    [['engine', '--resources', '0']],
    [['engine', '--what']],
    [['engine', 'more']],
  ])('names what can be measured when it is asked for %j', (args) => {
    const { stderr, stdout, status } = bench(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('advice-against-truth, engine');
  });
});

describe('a figure', () => {
  it('says whether its goal holds, on the edge too', () => {
    expect([atLeast('a', 1, 1).holds, atLeast('a', 0.99, 1).holds, atMost('a', 0, 0).holds, atMost('a', 1, 0).holds]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(information('a', 3)).toMatchObject({ goal: null, holds: null });
  });

  it('is the median of its rounds', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });

  it('stands in a column', () => {
    expect(
      table(
        ['what', 'n'],
        [
          ['a', 1],
          ['bcdefg', 20],
        ],
      ),
    ).toBe('what    n\na        1\nbcdefg  20');
  });
});
