import { describe, expect, it } from 'vitest';
import { deduplicate } from '../../src/advice/deduplicate.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { stack } from '../../src/advice/stack.ts';
import { totalsOf } from '../../src/advice/totals.ts';
import { waterfallOf } from '../../src/advice/waterfall.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import { aMeterSeries, anAccount, anInstance, aSnapshot } from '../support/builders.ts';

const OTHER = '222233334444';
/** 1 dollar an hour on demand: 730 a month. A plan of 0.70 an hour pays for it, when it is covered. */
const covered = (id: string) => anInstance({ resourceId: id, hourly: '1', effectiveHourly: '0.7' });
const saves = (expected: string, given: Partial<Recommendation> = {}) =>
  aRecommendation({
    savings: { low: expected, expected, high: expected },
    effect: { component: 'compute', monthlyCost: '730' },
    ...given,
  });
const outcome = (items: readonly Recommendation[], snapshot = aSnapshot({ resources: [anInstance({ hourly: '1' })] })) => {
  const view = viewOf(snapshot);
  const advice = stack(deduplicate(items), view);
  return { advice, waterfall: waterfallOf(advice), totals: totalsOf(advice) };
};

describe('the waterfall from gross to net', () => {
  it('says what an alternative and what an earlier action take off', () => {
    const remove = saves('730', { id: 'a', actionType: 'Stop' });
    const shrink = saves('365', { id: 'b', resourceId: 'i-2', actionType: 'Rightsize' });
    const renew = saves('73', { id: 'c', resourceId: 'i-2', actionType: 'Upgrade' });
    const smaller = saves('365', { id: 'd', actionType: 'Rightsize' });
    const { waterfall, totals } = outcome([remove, shrink, renew, smaller]);
    expect(waterfall).toEqual({
      gross: '1533',
      reductions: [
        { because: 'supersededAlternative', amount: '365', count: 1 },
        { because: 'compounding', amount: '36.5', count: 1 },
      ],
      net: '1131.5',
    });
    expect(totals).toMatchObject({ gross: '1533', overlap: '401.5', net: '1131.5' });
  });

  it('compounds by the share of the usage that an author names, not by the money', () => {
    // A plan pays for it: half the size frees half of it, though the bill loses less than half of the on-demand price.
    const shrink = saves('200', { id: 'a', effect: { component: 'compute', monthlyCost: '730', share: '0.5' } });
    const renew = saves('73', { id: 'b', actionType: 'Upgrade' });
    expect(outcome([shrink, renew]).advice.map((item) => item.netMonthlySavings)).toEqual(['200', '36.5']);
  });

  it('names the caps', () => {
    const dear = saves('900', { id: 'a', effect: { component: 'storage', monthlyCost: '900' } });
    expect(outcome([dear]).waterfall.reductions).toEqual([{ because: 'cappedAtResourceCost', amount: '170', count: 1 }]);
    const poor = aSnapshot({ resources: [anInstance({ hourly: '1' })], accounts: [anAccount({ runningCost: '360' })] });
    expect(outcome([saves('730', { id: 'a' })], poor).waterfall.reductions).toEqual([
      { because: 'cappedAtGroupCost', amount: '365', count: 1 },
    ]);
  });

  it('does not count what waits for the end of a commitment', () => {
    const freedCommitment = { landsMonthly: '0', landsIn: [], strandedMonthly: '511', strandedUntil: '2027-04-01' };
    const later = saves('511', { id: 'a', actionType: 'Stop', fromDate: '2027-04-01', freedCommitment });
    const { waterfall, advice } = outcome([later], aSnapshot({ resources: [covered('i-0aaaaaaaaaaaaaaa1')] }));
    expect(waterfall).toEqual({
      gross: '511',
      reductions: [{ because: 'coveredByCommitment', amount: '511', count: 1 }],
      net: '0',
    });
    expect(advice[0]).toMatchObject({ savings: { expected: '511' }, netMonthlySavings: '0' });
  });

  it('lands commitments that are freed together only once on what is there', () => {
    const resources = [covered('i-1'), covered('i-2')];
    const accounts = [anAccount({ sharingGroupId: 'pool' }), anAccount({ accountId: OTHER, sharingGroupId: 'pool' })];
    // Each frees 16.80 a day, which takes up 24 on demand; there are 36.
    const snapshot = aSnapshot({ resources, accounts, onDemandMeters: [aMeterSeries({ accountId: OTHER, dailyCost: '36' })] });
    const freedCommitment = { landsMonthly: '730', landsIn: [], strandedMonthly: '0', strandedUntil: null };
    const stop = (id: string, resourceId: string) => saves('730', { id, resourceId, actionType: 'Stop', freedCommitment });
    const { waterfall, advice } = outcome([stop('a', 'i-1'), stop('b', 'i-2')], snapshot);
    expect(advice.map((item) => item.netMonthlySavings)).toEqual(['547.5', '547.5']);
    expect(waterfall.reductions).toEqual([{ because: 'coveredByCommitment', amount: '365', count: 2 }]);
  });

  it('lands nothing on usage that the other advice takes away', () => {
    const resources = [covered('i-1'), anInstance({ accountId: OTHER, resourceId: 'i-2', hourly: '1' })];
    const accounts = [anAccount({ sharingGroupId: 'pool' }), anAccount({ accountId: OTHER, sharingGroupId: 'pool' })];
    const snapshot = aSnapshot({ resources, accounts, onDemandMeters: [aMeterSeries({ accountId: OTHER, dailyCost: '24' })] });
    const freedCommitment = { landsMonthly: '730', landsIn: [], strandedMonthly: '0', strandedUntil: null };
    const one = saves('730', { id: 'a', resourceId: 'i-1', actionType: 'Stop', freedCommitment });
    const two = saves('730', { id: 'b', accountId: OTHER, resourceId: 'i-2', actionType: 'Stop' });
    expect(outcome([one, two], snapshot).advice.map((item) => item.netMonthlySavings)).toEqual(['0', '730']);
  });
});
