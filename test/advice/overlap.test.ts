import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import { deduplicate } from '../../src/advice/deduplicate.ts';
import { rank } from '../../src/advice/rank.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { residualUsage } from '../../src/advice/residual-usage.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { stack } from '../../src/advice/stack.ts';
import { totalsOf } from '../../src/advice/totals.ts';
import { sumExact } from '../../src/kernel/money.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import { aDetector, aMeterSeries, anAccount, anInstance, aSnapshot, aView } from '../support/builders.ts';

/** 1 dollar an hour: 730 a month. */
const snapshot = aSnapshot({ resources: [anInstance({ hourly: '1' })], onDemandMeters: [aMeterSeries({ dailyCost: '48' })] });
const view = viewOf(snapshot);
const saves = (expected: string, given: Partial<Recommendation> = {}) =>
  aRecommendation({
    savings: { low: expected, expected, high: expected },
    effect: { component: 'compute', monthlyCost: '730' },
    ...given,
  });
const shrink = saves('365', { id: 'a-shrink', actionType: 'Rightsize' });
const renew = saves('73', { id: 'b-renew', actionType: 'Upgrade' });
const remove = saves('730', { id: 'c-remove', actionType: 'Delete', effect: { component: '*', monthlyCost: '730' } });
const net = (items: readonly Recommendation[], on = view) =>
  Object.fromEntries(stack(deduplicate(items), on).map((item) => [item.id, item.netMonthlySavings]));

describe('alternatives', () => {
  it('are one decision: deleting leaves nothing to shrink', () => {
    const items = deduplicate([shrink, renew, remove]);
    expect(items.map(({ id, supersededBy }) => [id, supersededBy])).toEqual([
      ['a-shrink', 'c-remove'],
      ['b-renew', 'c-remove'],
      ['c-remove', null],
    ]);
    expect(totalsOf(stack(items, view))).toMatchObject({ gross: '1168', overlap: '438', net: '730' });
  });

  it('are resizing and stopping, since nothing is left to resize; the disks are another matter', () => {
    const stop = saves('730', { id: 'd-stop', actionType: 'Stop' });
    const disk = saves('9', { id: 'e-disk', actionType: 'Upgrade', effect: { component: 'storage', monthlyCost: '60' } });
    const items = deduplicate([shrink, renew, stop, disk]);
    expect(items.map((item) => item.supersededBy)).toEqual(['d-stop', 'd-stop', null, null]);
  });

  it('of one kind on one component leave the likelier saving', () => {
    const other = saves('400', { id: 'z', actionType: 'Rightsize', confidence: { level: 0.1, because: [] } });
    expect(deduplicate([other, shrink]).find((item) => item.id === 'z')?.supersededBy).toBe('a-shrink');
  });

  it('follow the person who has accepted one of them', () => {
    const accepted = { ...shrink, status: 'accepted' as const };
    const other = saves('400', { id: 'z', actionType: 'Rightsize' });
    expect(deduplicate([other, accepted]).find((item) => item.id === 'z')?.supersededBy).toBe('a-shrink');
  });

  it('follow that person even against deleting it all', () => {
    const items = deduplicate([{ ...shrink, status: 'accepted' }, renew, remove]);
    expect(items.map((item) => item.supersededBy)).toEqual([null, null, 'a-shrink']);
  });

  it('are not superseded by what somebody has dismissed', () => {
    const items = deduplicate([shrink, { ...remove, status: 'dismissed' }]);
    expect(items.map((item) => item.supersededBy)).toEqual([null, null]);
    expect(totalsOf(stack(items, view)).net).toBe('365');
  });

  it('are not on another resource', () => {
    expect(deduplicate([shrink, { ...remove, resourceId: 'i-other' }])[0]?.supersededBy).toBeNull();
  });
});

describe('compatible actions', () => {
  it('compound: half the size, then a tenth of what is left', () => {
    expect(net([shrink, renew])).toEqual({ 'a-shrink': '365', 'b-renew': '36.5' });
  });

  it('add up on different components', () => {
    const support = saves('100', {
      id: 'd',
      actionType: 'Upgrade',
      effect: { component: 'extendedSupport', monthlyCost: '100' },
    });
    expect(net([shrink, support])).toEqual({ 'a-shrink': '365', d: '100' });
  });

  it('count hours as part of compute', () => {
    const nights = saves('365', { id: 'n', actionType: 'Stop', effect: { component: 'hours', monthlyCost: '730' } });
    expect(net([nights, shrink])).toEqual({ 'a-shrink': '182.5', n: '365' });
  });
});

describe('caps', () => {
  it('a resource saves no more than it costs', () => {
    const dear = saves('900', { id: 'x', effect: { component: 'storage', monthlyCost: '900' } });
    expect(sumExact(Object.values(net([shrink, dear]))).toString()).toBe('730');
  });

  it('a group saves no more than it spends, each in proportion', () => {
    const poor = aView({ resources: snapshot.resources, accounts: [anAccount({ runningCost: '360' })] });
    // 30 days of window, so 365 a month of 730 hours.
    expect(net([{ ...remove, id: 'r' }], poor)).toEqual({ r: '365' });
    const support = saves('365', { id: 's', resourceId: 'i-2', effect: { component: 'compute', monthlyCost: '365' } });
    expect(net([shrink, support], poor)).toEqual({ 'a-shrink': '182.5', s: '182.5' });
  });
});

describe('what commitments may be sized on', () => {
  const dailyLeft = (items: readonly Recommendation[], on = view) =>
    residualUsage(stack(deduplicate(items), on), on).map((series) => series.days[0]?.billedCost);

  it('is the usage less what the other advice takes away', () => {
    expect(dailyLeft([remove])).toEqual(['24']);
    expect(dailyLeft([shrink])).toEqual(['36']);
    expect(dailyLeft([])).toEqual(['48']);
  });

  it('does not wait for what people have put aside', () => {
    expect(dailyLeft([{ ...remove, status: 'dismissed' }])).toEqual(['48']);
  });

  it('is lower elsewhere in the group when a covered machine goes', () => {
    const pool = [anAccount({ sharingGroupId: 'pool' }), anAccount({ accountId: '222233334444', sharingGroupId: 'pool' })];
    const shared = aView({
      accounts: pool,
      resources: snapshot.resources,
      onDemandMeters: [aMeterSeries({ accountId: '222233334444', dailyCost: '100' })],
    });
    expect(dailyLeft([remove], shared)).toEqual(['76']);
  });

  it('never falls below zero', () => {
    const small = aView({ resources: snapshot.resources, onDemandMeters: [aMeterSeries({ dailyCost: '3' })] });
    expect(dailyLeft([remove], small)).toEqual(['0']);
  });

  it('is what a detector of stacked usage sees', () => {
    const seen: (string | undefined)[] = [];
    const commitment = aDetector({
      id: 'gap',
      judges: 'stackedUsage',
      select: (given) => {
        seen.push(given.onDemandMeters[0]?.days[0]?.billedCost);
        return [];
      },
    });
    const deletes = aDetector({
      actionType: 'Delete',
      savings: { low: '730', expected: '730', high: '730' },
      effect: { component: '*', monthlyCost: '730' },
    });
    advise({ snapshot, detectors: [commitment, deletes], previous: [] });
    expect(seen).toEqual(['24']);
  });
});

describe('rank', () => {
  it('weighs net savings by confidence and effort, superseded last, ties by id', () => {
    const items = [
      saves('100', { id: 'c', netMonthlySavings: '100', effort: 'VeryHigh' }),
      saves('60', { id: 'a', netMonthlySavings: '60', effort: 'VeryLow' }),
      saves('60', { id: 'b', netMonthlySavings: '60', effort: 'VeryLow' }),
      saves('60', { id: 'd', netMonthlySavings: '60', effort: 'VeryLow', confidence: { level: 1, because: [] } }),
      saves('900', { id: 'e', netMonthlySavings: '0', supersededBy: 'a' }),
      saves('999', { id: 'f', netMonthlySavings: '0', status: 'dismissed' }),
    ];
    expect(rank(items).map((item) => item.id)).toEqual(['d', 'a', 'b', 'c', 'e', 'f']);
  });
});
