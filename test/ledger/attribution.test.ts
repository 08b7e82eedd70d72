import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, sumExact } from '../../src/kernel/money.ts';
import {
  type AttributionLine,
  attributableFrom,
  isBackfilledSince,
  stateWithoutValue,
  type TagBackfill,
  withResidual,
} from '../../src/ledger/attribution.ts';

const backfill = (given: Partial<TagBackfill> = {}): TagBackfill => ({
  from: '2026-01-01',
  requestedOn: '2026-10-01',
  completedOn: '2026-10-02',
  status: 'succeeded',
  ...given,
});
const tag = { key: 'project', isActive: true, changedOn: '2026-08-08' };

describe('since when cost carries a tag', () => {
  it('is the day on which it was switched on', () => {
    expect(attributableFrom(tag, [])).toBe('2026-08-08');
  });

  it('is earlier after a backfill that was asked for while it was active, and only when it succeeded', () => {
    expect(attributableFrom(tag, [backfill()])).toBe('2026-01-01');
    expect(attributableFrom(tag, [backfill({ requestedOn: '2026-08-07' })])).toBe('2026-08-08');
    expect(attributableFrom(tag, [backfill({ status: 'processing' }), backfill({ status: 'failed' })])).toBe('2026-08-08');
    expect(attributableFrom(tag, [backfill({ from: '2026-09-01' })])).toBe('2026-08-08');
  });

  it('is not known for a tag that is off, or of which AWS says no day: nothing may be called untagged then', () => {
    expect(attributableFrom({ ...tag, isActive: false }, [backfill()])).toBeNull();
    expect(attributableFrom({ ...tag, changedOn: null }, [])).toBeNull();
    const key = { kind: 'tag', key: 'project', attributableFrom: null } as const;
    expect(stateWithoutValue('2026-11-01', key)).toBe('notAttributable');
  });

  it('parts the days before it from those on which the tag is missing', () => {
    const key = { kind: 'tag', key: 'project', attributableFrom: '2026-08-08' } as const;
    expect(['2026-08-07', '2026-08-08', '2026-08-09'].map((day) => stateWithoutValue(day, key))).toEqual([
      'notAttributable',
      'untagged',
      'untagged',
    ]);
  });
});

it('history is stale when a backfill ended on or after the day up to which it was read', () => {
  expect(isBackfilledSince([backfill()], '2026-10-02')).toBe(true);
  expect(isBackfilledSince([backfill()], '2026-10-03')).toBe(false);
  expect(isBackfilledSince([backfill({ status: 'processing', completedOn: null })], '2026-10-01')).toBe(false);
});

describe('the cost by a key', () => {
  const line = (given: Partial<AttributionLine>): AttributionLine => ({
    day: '2026-11-01',
    accountId: '111122223333',
    state: 'untagged',
    value: null,
    currency: 'USD',
    billedCost: '0',
    effectiveCost: '0',
    ...given,
  });
  const amount = fc.integer({ min: 0, max: 1e9 }).map((cents) => plain(sumExact([String(cents)]).div(100)));
  const anyLine = fc.record({
    day: fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-03'),
    state: fc.constantFrom('value', 'untagged', 'notAttributable'),
    billedCost: amount,
    effectiveCost: amount,
  });

  it('always adds up to the total: values, untagged, not attributable and the residual', () => {
    fc.assert(
      fc.property(fc.array(anyLine), fc.array(amount, { minLength: 3, maxLength: 3 }), (given, totals) => {
        const controls = totals.map((total, index) => ({
          day: `2026-11-0${index + 1}`,
          currency: 'USD',
          billedCost: total,
          effectiveCost: total,
        }));
        const { lines, residual } = withResidual(
          given.map((item) => line(item as Partial<AttributionLine>)),
          controls,
        );
        for (const metric of ['billedCost', 'effectiveCost'] as const) {
          expect(plain(sumExact(lines.map((item) => item[metric])))).toBe(plain(sumExact(totals)));
        }
        expect(plain(sumExact(lines.filter(({ state }) => state === 'residual').map((item) => item.billedCost)))).toBe(residual);
      }),
    );
  });

  it('is not believed when it says more than one percent more than there is', () => {
    const control = { day: '2026-11-01', currency: 'USD', billedCost: '100', effectiveCost: '100' };
    expect(withResidual([line({ billedCost: '101', effectiveCost: '100' })], [control]).broken).toBeNull();
    expect(withResidual([line({ billedCost: '101.01', effectiveCost: '100' })], [control]).broken).toBe('2026-11-01');
    expect(withResidual([], [control])).toMatchObject({ broken: null, residual: '100' });
    expect(withResidual([line({ billedCost: '1' })], []).broken).toBe('2026-11-01');
  });
});
