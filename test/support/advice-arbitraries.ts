import fc from 'fast-check';
import { monthlyCosts, onDemandEquivalentMonthly } from '../../src/advice/costing.ts';
import type { Decision } from '../../src/advice/decision.ts';
import type { Effect } from '../../src/advice/detector.ts';
import type { Recommendation, RecommendationStatus } from '../../src/advice/recommendation.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { exact, plain } from '../../src/kernel/money.ts';
import { ACTION_TYPES } from '../../src/ledger/aws-recommendation.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { aMeterSeries, anAccount, anInstance, aResource, aSnapshot, aVolume } from './builders.ts';

const ACCOUNTS = ['111122223333', '222233334444', '333344445555'];
const cents = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((value) => plain(exact(value).div(100)));

const anyInstance = fc
  .record({
    accountId: fc.constantFrom(...ACCOUNTS),
    hourlyCents: fc.integer({ min: 1, max: 500 }),
    discount: fc.constantFrom(0, 0, 30, 100),
    hoursPerDay: fc.integer({ min: 1, max: 24 }),
    days: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ accountId, hourlyCents, discount, hoursPerDay, days }) => {
    const hourly = exact(hourlyCents).div(100);
    const reserved = discount === 100;
    return anInstance({
      accountId,
      hoursPerDay,
      days,
      hourly: reserved ? '0' : plain(hourly),
      effectiveHourly: plain(hourly.mul(reserved ? 60 : 100 - discount).div(100)),
    });
  });

const anyVolume = fc
  .record({ accountId: fc.constantFrom(...ACCOUNTS), sizeGb: fc.integer({ min: 1, max: 16_000 }) })
  .map(({ accountId, sizeGb }) => aVolume({ accountId, sizeGb }));

const anyIdleThing = fc
  .constantFrom(...ACCOUNTS)
  .map((accountId) => aResource({ accountId, resourceId: 'x', resourceType: 'NatGateway' }));

function renamed(resource: ResourceFacts, index: number): ResourceFacts {
  const prefix = resource.resourceType === 'EbsVolume' ? 'vol' : resource.resourceType === 'Ec2Instance' ? 'i' : 'nat';
  return { ...resource, resourceId: `${prefix}-${index.toString(16).padStart(17, '0')}` };
}

/** Estates of 1..max resources over three accounts, two of which may share commitments. */
export function anyEstate(max = 500): fc.Arbitrary<Snapshot> {
  return fc
    .record({
      resources: fc.array(fc.oneof(anyInstance, anyVolume, anyIdleThing), { minLength: 1, maxLength: max, size: 'max' }),
      shared: fc.boolean(),
      runningCosts: fc.tuple(cents(50_000), cents(50_000), cents(50_000)),
      onDemand: cents(500),
    })
    .map(({ resources, shared, runningCosts, onDemand }) => {
      const accounts = ACCOUNTS.map((accountId, index) =>
        anAccount({
          accountId,
          runningCost: runningCosts[index] ?? '0',
          sharingGroupId: shared && index < 2 ? 'pool' : accountId,
        }),
      );
      return aSnapshot({
        accounts,
        resources: resources.map(renamed),
        onDemandMeters: [aMeterSeries({ dailyCost: onDemand })],
      });
    });
}

const COMPONENTS: readonly Effect['component'][] = ['*', 'compute', 'storage', 'iops', 'extendedSupport', 'hours'];
const STATUSES: readonly RecommendationStatus[] = ['open', 'open', 'open', 'accepted', 'dismissed', 'snoozed', 'closed'];

/** An estate and recommendations about it, at most three a resource, with savings that may promise more than there is. */
export function anyAdvice(max = 200): fc.Arbitrary<{ snapshot: Snapshot; recommendations: Recommendation[] }> {
  return anyEstate(max).chain((snapshot) => {
    const about = fc.record({
      index: fc.nat({ max: snapshot.resources.length - 1 }),
      actionType: fc.constantFrom(...ACTION_TYPES.filter((action) => !action.startsWith('Purchase'))),
      component: fc.constantFrom(...COMPONENTS),
      status: fc.constantFrom(...STATUSES),
      share: fc.integer({ min: 0, max: 150 }),
      level: fc.integer({ min: 0, max: 10 }),
    });
    return fc.array(about, { maxLength: snapshot.resources.length * 3, size: 'max' }).map((items) => ({
      snapshot,
      recommendations: items.map((item, number) => {
        const resource = snapshot.resources[item.index];
        if (!resource) throw new Error('no such resource');
        const cost = onDemandEquivalentMonthly(monthlyCosts(resource, viewOf(snapshot)));
        const expected = plain(cost.mul(item.share).div(100).toDecimalPlaces(6));
        const monthlyCost = plain(cost);
        return aRecommendation({
          id: `r-${String(number).padStart(6, '0')}`,
          accountId: resource.accountId,
          regionId: resource.regionId,
          resourceId: resource.resourceId,
          resourceType: resource.resourceType,
          actionType: item.actionType,
          status: item.status,
          confidence: { level: item.level / 10, because: [] },
          savings: { low: '0', expected, high: expected },
          effect: { component: item.actionType === 'Delete' ? '*' : item.component, monthlyCost },
        });
      }),
    }));
  });
}

export function aRecommendation(given: Partial<Recommendation> = {}): Recommendation {
  const asOf = aSnapshot().asOf;
  return {
    id: 'r-1',
    detectorId: 'test-detector',
    detectorRevision: 1,
    category: 'compute',
    actionType: 'Rightsize',
    bestPractices: ['COST06-BP02'],
    accountId: ACCOUNTS[0] ?? '',
    regionId: 'ap-northeast-1',
    resourceId: 'i-0aaaaaaaaaaaaaaa1',
    resourceType: 'Ec2Instance',
    status: 'open',
    effort: 'Medium',
    rollbackPossible: true,
    restartNeeded: true,
    confidence: { level: 0.8, because: [] },
    currency: 'USD',
    savings: { low: '10', expected: '20', high: '30' },
    netMonthlySavings: '20',
    reductions: [],
    effect: { component: 'compute', monthlyCost: '100' },
    evidence: {},
    supersededBy: null,
    benefitAccountId: null,
    fromDate: null,
    freedCommitment: null,
    priceBasis: 'observed',
    secondSource: null,
    secondSources: [],
    firstSeen: addDays(asOf, -10),
    lastSeen: asOf,
    closedBecause: null,
    exemption: null,
    reopened: null,
    decision: null,
    reopenedAfterDecision: null,
    stillSeen: null,
    ...given,
  };
}

export function aDecision(given: Partial<Decision> = {}): Decision {
  const { asOf } = aSnapshot();
  return {
    recommendationId: 'r-1',
    number: 1,
    from: 'open',
    to: 'open',
    proposer: null,
    decider: 'K. Sato',
    owner: null,
    dueOn: null,
    approval: null,
    implementationCost: null,
    implementer: null,
    implementedOn: null,
    seenAsDone: false,
    snoozedUntil: null,
    dismissedBecause: null,
    comment: null,
    monthlyCost: '100',
    currency: 'USD',
    decidedOn: asOf,
    recordedBy: 'test',
    recordedAt: `${asOf}T00:00:00.000Z`,
    ...given,
  };
}
