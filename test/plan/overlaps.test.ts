import { expect, it } from 'vitest';
import { overlapsIn } from '../../src/plan/overlaps.ts';
import { Plan } from '../../src/plan/plan.ts';

const plan = (...waves: readonly (readonly (readonly [string, object])[])[]): Plan =>
  Plan.parse({
    name: 'plan',
    currency: 'USD',
    waves: waves.map((workloads, index) => ({
      name: `wave ${index}`,
      cutOver: '2026-01-01',
      workloads: workloads.map(([name, matches]) => ({ name, matches })),
    })),
  });
const tag = (value: string) => ({ tags: [{ key: 'app', value }] });

it('finds nothing where each is named once, or twice by the same workload', () => {
  expect(
    overlapsIn(
      plan([
        ['a', { accountIds: ['111122223333', '111122223333'] }],
        ['b', tag('b')],
      ]),
    ),
  ).toEqual([]);
});

it('says who has what several name: the first in list order, over all waves', () => {
  const one = { accountIds: ['111122223333'], ...tag('shop') };
  expect(
    overlapsIn(
      plan(
        [
          ['late', { resourceIds: ['i-1'] }],
          ['a', one],
        ],
        [
          ['b', one],
          ['c', { resourceIds: ['i-1'], ...tag('shop') }],
        ],
      ),
    ),
  ).toEqual([
    { kind: 'resource', value: 'i-1', winner: 'late', losers: ['c'] },
    { kind: 'account', value: '111122223333', winner: 'a', losers: ['b'] },
    { kind: 'tag', value: 'app=shop', winner: 'a', losers: ['b', 'c'] },
  ]);
});

it('keeps a tag and a resource of the same text apart', () => {
  expect(
    overlapsIn(
      plan([
        ['a', { resourceIds: ['app=shop'] }],
        ['b', tag('shop')],
      ]),
    ),
  ).toEqual([]);
});

it('sees that a resource lies in an account that an earlier workload has whole, where its id says so', () => {
  const account = { accountIds: ['111122223333'] };
  const database = { resourceIds: ['arn:aws:rds:ap-northeast-1:111122223333:db:shop', 'i-1', 'arn:aws:s3:::bucket'] };
  expect(
    overlapsIn(
      plan([
        ['whole', account],
        ['part', database],
      ]),
    ),
  ).toEqual([{ kind: 'resource', value: database.resourceIds[0], winner: 'whole', losers: ['part'] }]);
  expect(
    overlapsIn(
      plan([
        ['part', database],
        ['whole', account],
      ]),
    ),
  ).toEqual([]);
});
