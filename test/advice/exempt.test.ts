import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAcceptedCost } from '../../src/advice/accepted-cost.ts';
import { advise } from '../../src/advice/advise.ts';
import { monthlyCosts, onDemandEquivalentMonthly } from '../../src/advice/costing.ts';
import { deduplicate } from '../../src/advice/deduplicate.ts';
import { exempt } from '../../src/advice/exempt.ts';
import type { Exemption } from '../../src/advice/exemption.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { type SnapshotView, viewOf } from '../../src/advice/snapshot-view.ts';
import { stack } from '../../src/advice/stack.ts';
import { totalsOf } from '../../src/advice/totals.ts';
import { waterfallOf } from '../../src/advice/waterfall.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { anyAdvice, aRecommendation } from '../support/advice-arbitraries.ts';
import { aDetector, anExemption, anInstance, aSnapshot, aVolume } from '../support/builders.ts';

const TODAY = aSnapshot().asOf;
const machine = anInstance({ tags: [{ key: 'env', value: 'dr' }] });
const snapshot = aSnapshot({ resources: [machine] });
const dismissed = (item: Recommendation) => ({ ...item, status: 'dismissed' as const });

function turn(exemptions: readonly Exemption[], previous: readonly Recommendation[] = [], day = TODAY, facts = snapshot) {
  return advise({ snapshot: facts, detectors: [aDetector()], previous, exemptions: { exemptions, day } });
}
const statusOf = (...args: Parameters<typeof turn>) => turn(...args).recommendations[0]?.status;

describe('what an exemption is about', () => {
  it.each([
    ['a resource', { resourceId: machine.resourceId }],
    [
      'a resource in its account and region',
      { resourceId: machine.resourceId, accountId: machine.accountId, regionId: machine.regionId },
    ],
    ['what one rule says of a resource', { resourceId: machine.resourceId, detectorId: 'test-detector' }],
    ['what one rule says of an account', { accountId: machine.accountId, detectorId: 'test-detector', resourceId: null }],
    ['what one rule says of a tag', { tagKey: 'env', tagValue: 'dr', detectorId: 'test-detector', resourceId: null }],
  ])('may be %s', (_what, scope) => {
    expect(statusOf([anExemption(scope)])).toBe('exempted');
  });

  it.each([
    ['another resource', { resourceId: 'i-0other' }],
    ['the beginning of its id', { resourceId: machine.resourceId.slice(0, 8) }],
    ['another account', { accountId: '999999999999', detectorId: 'test-detector', resourceId: null }],
    ['another rule', { resourceId: machine.resourceId, detectorId: 'another' }],
    ['another value of the tag', { tagKey: 'env', tagValue: 'prod', detectorId: 'test-detector', resourceId: null }],
  ])('is not %s', (_what, scope) => {
    expect(statusOf([anExemption(scope)])).toBe('open');
  });
});

describe('exempted advice', () => {
  const advice = turn([anExemption({ owner: 'Web team', expiresOn: addDays(TODAY, 30) })]);

  it('leaves gross and net, and is accepted cost beside them', () => {
    expect(advice.totals).toEqual({ gross: '0', overlap: '0', net: '0', acceptedCost: '20' });
    expect(advice.recommendations[0]).toMatchObject({
      netMonthlySavings: '0',
      reopened: null,
      exemption: { owner: 'Web team', expiresOn: addDays(TODAY, 30), monthlyCost: '90.52', acceptedMonthlyCost: '20' },
    });
  });

  it('stays as it is on the next turn', () => {
    const again = turn([anExemption({ owner: 'Web team', expiresOn: addDays(TODAY, 30) })], advice.recommendations);
    expect(again.recommendations).toEqual(advice.recommendations);
  });

  it('is what was accepted by a person, too, and never what was put aside or done', () => {
    for (const status of ['accepted', 'snoozed', 'dismissed', 'implemented'] as const) {
      const before = turn([]).recommendations.map((item) => ({ ...item, status }));
      expect(statusOf([anExemption()], before)).toBe(status === 'accepted' ? 'exempted' : status);
    }
  });

  it('closes like other advice when it is no longer true', () => {
    const healthy = aDetector({ outcome: () => ({ kind: 'healthy' }) });
    const after = advise({
      snapshot,
      detectors: [healthy],
      previous: advice.recommendations,
      exemptions: { exemptions: [anExemption()], day: TODAY },
    });
    expect(after.recommendations[0]).toMatchObject({ status: 'closed', closedBecause: 'noLongerTrue', exemption: null });
    expect(after.totals.acceptedCost).toBe('0');
  });

  it('lasts as long as the longest of several exemptions, and names that one', () => {
    const [short, long] = [
      anExemption({ id: 'b', expiresOn: addDays(TODAY, 1) }),
      anExemption({ id: 'a', expiresOn: addDays(TODAY, 9) }),
    ];
    for (const both of [
      [short, long],
      [long, short],
    ])
      expect(turn(both).recommendations[0]?.exemption?.exemptionId).toBe('a');
  });
});

describe('exempted advice comes back', () => {
  const until = addDays(TODAY, 30);
  const exemption = anExemption({ expiresOn: until, maximumMonthlyCost: '100', currency: 'USD' });
  const before = turn([exemption]).recommendations;
  const back = (exemptions: readonly Exemption[], day = TODAY, facts = snapshot) =>
    turn(exemptions, before, day, facts).recommendations[0];

  it('on the day of expiry, not before, with the reason', () => {
    expect(back([exemption], addDays(until, -1))).toMatchObject({ status: 'exempted' });
    expect(back([exemption], until)).toMatchObject({
      status: 'open',
      netMonthlySavings: '20',
      exemption: null,
      reopened: { because: 'expired', day: until, owner: exemption.owner },
    });
  });

  it('when the cost has grown past the bound, and goes again when it is below', () => {
    const grown = aSnapshot({ resources: [anInstance({ hourly: '0.2' })] });
    const atBound = aSnapshot({ resources: [anInstance({ hourly: '0.1', hoursPerDay: 24 })] });
    const opened = back([exemption], TODAY, grown);
    expect(opened).toMatchObject({
      status: 'open',
      reopened: { because: 'outgrown', monthlyCost: '146', maximumMonthlyCost: '100' },
    });
    expect(back([{ ...exemption, maximumMonthlyCost: '73' }], TODAY, atBound)).toMatchObject({ status: 'exempted' });
    expect(back([{ ...exemption, maximumMonthlyCost: '72.99' }], TODAY, atBound)).toMatchObject({ status: 'open' });
    if (!opened) throw new Error('one');
    expect(turn([exemption], [opened], TODAY, grown).recommendations[0]).toMatchObject({
      status: 'open',
      reopened: opened.reopened,
    });
    expect(turn([exemption], [opened]).recommendations[0]).toMatchObject({ status: 'exempted', reopened: null });
  });

  it('when it was ended, and when it is covered no longer', () => {
    expect(back([{ ...exemption, change: 'ended', endedBecause: 'moved' }])).toMatchObject({ reopened: { because: 'ended' } });
    expect(back([{ ...exemption, resourceId: 'i-0other' }])).toMatchObject({ reopened: { because: 'noLongerMatches' } });
    expect(back([])).toMatchObject({ reopened: { because: 'ended' } });
  });

  it('bounds all that it is about together', () => {
    const two = aSnapshot({ resources: [machine, { ...machine, resourceId: 'i-0second' }] });
    const account = (maximumMonthlyCost: string) =>
      anExemption({
        resourceId: null,
        accountId: machine.accountId,
        detectorId: 'test-detector',
        maximumMonthlyCost,
        currency: 'USD',
      });
    const statuses = (bound: string) => turn([account(bound)], [], TODAY, two).recommendations.map(({ status }) => status);
    expect(statuses('181.04')).toEqual(['exempted', 'exempted']);
    expect(statuses('181.03')).toEqual(['open', 'open']);
  });

  it('is never compared with a bound in another currency', () => {
    expect(statusOf([{ ...exemption, currency: 'JPY' }])).toBe('open');
  });
});

describe('laws of exempting', () => {
  /** Any advice, and exemptions of any resources of it. */
  const anyExempting = anyAdvice(25).chain(({ snapshot: estate, recommendations }) =>
    fc
      .array(
        fc.record({
          index: fc.nat({ max: estate.resources.length - 1 }),
          days: fc.integer({ min: -2, max: 5 }),
          bound: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null }),
        }),
        { maxLength: 8 },
      )
      .map((chosen) => ({
        estate,
        recommendations,
        exemptions: chosen.map(({ index, days, bound }, number) =>
          anExemption({
            id: `e-${number}`,
            resourceId: estate.resources[index]?.resourceId ?? '',
            expiresOn: addDays(TODAY, days),
            maximumMonthlyCost: bound === null ? null : String(bound),
            currency: bound === null ? null : 'USD',
          }),
        ),
      })),
  );
  const settled = (items: readonly Recommendation[], exemptions: readonly Exemption[], view: SnapshotView) => {
    const stacked = stack(deduplicate(exempt(items, { exemptions, day: TODAY, previous: items, view })), view);
    return withAcceptedCost(stacked, view);
  };
  const check = (
    law: (given: {
      items: Recommendation[];
      before: readonly Recommendation[];
      exemptions: readonly Exemption[];
      view: SnapshotView;
    }) => void,
  ) =>
    fc.assert(
      fc.property(anyExempting, ({ estate, recommendations, exemptions }) => {
        const view = viewOf(estate);
        law({ items: settled(recommendations, exemptions, view), before: recommendations, exemptions, view });
      }),
      { numRuns: 60 },
    );

  it('gross less overlap is net, in the totals and by reason', () => {
    check(({ items }) => {
      const { gross, overlap, net } = totalsOf(items);
      expect(plain(exact(gross).minus(overlap))).toBe(net);
      const waterfall = waterfallOf(items);
      expect([waterfall.gross, waterfall.net]).toEqual([gross, net]);
    });
  });

  it('no exempted money is in net, and accepted cost is the sum of what each shows', () => {
    check(({ items }) => {
      const exempted = items.filter(({ status }) => status === 'exempted');
      expect(exempted.every(({ netMonthlySavings, exemption }) => netMonthlySavings === '0' && exemption !== null)).toBe(true);
      const shown = exempted.map(({ exemption }) => exemption?.acceptedMonthlyCost ?? '0');
      expect(totalsOf(items).acceptedCost).toBe(plain(sumExact(shown)));
      expect(items.filter(({ status }) => status !== 'exempted').every(({ exemption }) => exemption === null)).toBe(true);
    });
  });

  it('neither what is left nor what is accepted is more than a resource costs', () => {
    check(({ items, view }) => {
      for (const resource of view.snapshot.resources) {
        const bill = onDemandEquivalentMonthly(monthlyCosts(resource, view));
        const own = items.filter(
          ({ resourceId, accountId }) => resourceId === resource.resourceId && accountId === resource.accountId,
        );
        const open = sumExact(own.map(({ netMonthlySavings }) => netMonthlySavings));
        const accepted = sumExact(own.map(({ exemption }) => exemption?.acceptedMonthlyCost ?? '0'));
        expect(open.lte(bill)).toBe(true);
        expect(accepted.lte(bill)).toBe(true);
      }
    });
  });

  it('the order of advice and exemptions does not matter, and twice is once', () => {
    check(({ items, before, exemptions, view }) => {
      expect(settled(before.toReversed(), exemptions.toReversed(), view)).toEqual(items);
      const again = exempt(items, { exemptions, day: TODAY, previous: items, view });
      expect(again.map(({ id, status, reopened }) => [id, status, reopened])).toEqual(
        items.map(({ id, status, reopened }) => [id, status, reopened]),
      );
    });
  });

  it('without exemptions nothing changes', () => {
    const items = [aRecommendation(), dismissed(aRecommendation({ id: 'r-2' }))];
    expect(exempt(items, { exemptions: [], day: TODAY, previous: items, view: viewOf(snapshot) })).toEqual(items);
    expect(turn([]).totals.acceptedCost).toBe('0');
  });

  it('what was behind an exempted alternative counts again', () => {
    const rules = [
      aDetector({ id: 'stop', actionType: 'Stop', savings: { low: '50', expected: '50', high: '50' } }),
      aDetector(),
    ];
    const both = aSnapshot({ resources: [machine, aVolume()] });
    const one = advise({
      snapshot: both,
      detectors: rules,
      previous: [],
      exemptions: { exemptions: [anExemption({ detectorId: 'stop' })], day: TODAY },
    });
    expect(one.totals).toEqual({ gross: '20', overlap: '0', net: '20', acceptedCost: '50' });
  });
});
