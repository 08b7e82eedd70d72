import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import { monthlyCosts, onDemandEquivalentMonthly } from '../../src/advice/costing.ts';
import { deduplicate, isLive } from '../../src/advice/deduplicate.ts';
import { rank } from '../../src/advice/rank.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { sharingGroupOf } from '../../src/advice/sharing-group.ts';
import { type SnapshotView, viewOf } from '../../src/advice/snapshot-view.ts';
import { stack } from '../../src/advice/stack.ts';
import { totalsOf } from '../../src/advice/totals.ts';
import { daysIn } from '../../src/kernel/calendar.ts';
import { Exact, exact, sumExact } from '../../src/kernel/money.ts';
import { anyAdvice, anyEstate } from '../support/advice-arbitraries.ts';
import { aDetector } from '../support/builders.ts';

const detectors = [
  aDetector({ id: 'shrinks', effect: { component: 'compute', monthlyCost: '90' } }),
  aDetector({ id: 'deletes', actionType: 'Delete', effect: { component: '*', monthlyCost: '90' } }),
  aDetector({
    id: 'renews',
    actionType: 'Upgrade',
    resourceType: 'EbsVolume',
    effect: { component: 'storage', monthlyCost: '40' },
  }),
];
const whole = (items: readonly Recommendation[], view: SnapshotView): Recommendation[] => rank(stack(deduplicate(items), view));

describe('the laws of the advice', () => {
  it('deduplicating twice is deduplicating once', () => {
    fc.assert(
      fc.property(anyAdvice(100), ({ recommendations }) => {
        const once = deduplicate(recommendations);
        expect(deduplicate(once)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it('the order of the input does not matter', () => {
    fc.assert(
      fc.property(anyAdvice(60), fc.infiniteStream(fc.nat()), ({ snapshot, recommendations }, random) => {
        const view = viewOf(snapshot);
        const keyed = recommendations.map((item) => ({ item, key: random.next().value ?? 0 }));
        const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
        expect(whole(shuffled, view)).toEqual(whole(recommendations, view));
      }),
      { numRuns: 40 },
    );
  });

  it('a resource never saves more than its usage costs on demand', () => {
    fc.assert(
      fc.property(anyAdvice(100), ({ snapshot, recommendations }) => {
        const view = viewOf(snapshot);
        const byResource = Map.groupBy(whole(recommendations, view), (item) => item.resourceId);
        for (const resource of snapshot.resources) {
          const net = sumExact((byResource.get(resource.resourceId) ?? []).map((item) => item.netMonthlySavings));
          expect(net.lte(onDemandEquivalentMonthly(monthlyCosts(resource, view)))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('accounts that share commitments never save more than they spend', () => {
    fc.assert(
      fc.property(anyAdvice(200), ({ snapshot, recommendations }) => {
        expectWithinSpend(whole(recommendations, viewOf(snapshot)), viewOf(snapshot));
      }),
      { numRuns: 60 },
    );
  });

  it('taking one recommendation away never lifts the others above the bill', () => {
    fc.assert(
      fc.property(anyAdvice(60), fc.nat(), ({ snapshot, recommendations }, which) => {
        const without = recommendations.filter((_, index) => index !== which % Math.max(1, recommendations.length));
        expectWithinSpend(whole(without, viewOf(snapshot)), viewOf(snapshot));
      }),
      { numRuns: 60 },
    );
  });

  it('no one saves more after overlap than alone, and who is superseded saves nothing', () => {
    fc.assert(
      fc.property(anyAdvice(100), ({ snapshot, recommendations }) => {
        for (const item of whole(recommendations, viewOf(snapshot))) {
          expect(exact(item.netMonthlySavings).gte(0) && exact(item.netMonthlySavings).lte(item.savings.expected)).toBe(true);
          if (item.supersededBy !== null || !isLive(item)) expect(item.netMonthlySavings).toBe('0');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gross less overlap is net, to the last digit', () => {
    fc.assert(
      fc.property(anyAdvice(100), ({ snapshot, recommendations }) => {
        const advice = whole(recommendations, viewOf(snapshot));
        const { gross, overlap, net } = totalsOf(advice);
        expect(exact(gross).minus(overlap).eq(net)).toBe(true);
        expect(exact(overlap).gte(0)).toBe(true);
        expect(sumExact(advice.filter(isLive).map((item) => item.netMonthlySavings)).eq(net)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('the same turn twice changes nothing', () => {
    fc.assert(
      fc.property(anyEstate(500), (snapshot) => {
        const first = advise({ snapshot, detectors, previous: [] });
        expect(advise({ snapshot, detectors, previous: first.recommendations })).toEqual(first);
      }),
      { numRuns: 20 },
    );
  });

  it('the order of resources and detectors does not matter', () => {
    fc.assert(
      fc.property(anyEstate(200), (snapshot) => {
        const backwards = { ...snapshot, resources: snapshot.resources.toReversed(), accounts: snapshot.accounts.toReversed() };
        expect(advise({ snapshot: backwards, detectors: detectors.toReversed(), previous: [] })).toEqual(
          advise({ snapshot, detectors, previous: [] }),
        );
      }),
      { numRuns: 20 },
    );
  });
});

function expectWithinSpend(items: readonly Recommendation[], view: SnapshotView): void {
  const { accounts, spendWindow } = view.snapshot;
  for (const [group, members] of Map.groupBy(accounts, (account) => account.sharingGroupId ?? account.accountId)) {
    const monthly = sumExact(members.map((account) => account.runningCost))
      .div(daysIn(spendWindow))
      .mul(730)
      .div(24);
    const net = sumExact(
      items.filter((item) => sharingGroupOf(item.accountId, view) === group).map((item) => item.netMonthlySavings),
    );
    expect(net.lte(Exact.max(0, monthly))).toBe(true);
  }
}
