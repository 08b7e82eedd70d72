import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hubReconciliationOf } from '../../src/advice/hub-reconciliation.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { secondSourcesOf } from '../../src/advice/second-source.ts';
import { sumExact } from '../../src/kernel/money.ts';
import type { HubSaying } from '../../src/ledger/aws-advice.ts';
import type { HubTotal } from '../../src/ledger/hub-facts.ts';
import { anyAdvice, aRecommendation } from '../support/advice-arbitraries.ts';
import { anAwsRecommendation, anInstance, aView, EXAMPLE_ACCOUNT_ID } from '../support/builders.ts';

const aTotal = (monthlySavings: string | null, given: Partial<HubTotal> = {}): HubTotal => ({
  monthlySavings,
  currency: 'USD',
  savingsMode: 'AfterDiscounts',
  preferredCommitment: 'OneYear NoUpfront',
  byActionType: [],
  byResourceType: [],
  ...given,
});
const saying = (given: Partial<HubSaying> = {}): HubSaying => ({
  recommendationId: 'hub-1',
  accountId: EXAMPLE_ACCOUNT_ID,
  regionId: 'ap-northeast-1',
  resourceId: 'i-1',
  resourceType: 'Ec2Instance',
  actionType: 'Rightsize',
  monthlySavings: '100',
  lookbackDays: 14,
  ...given,
});
const ours = (expected: string, given: Partial<Recommendation> = {}) =>
  aRecommendation({
    resourceId: 'i-1',
    savings: { low: '0', expected, high: expected },
    netMonthlySavings: given.netMonthlySavings ?? expected,
    ...given,
  });
const rowsOf = (recommendations: readonly Recommendation[], sayings: readonly HubSaying[], total: HubTotal) =>
  hubReconciliationOf(recommendations, aView({ hub: { total, sayings } }))?.rows.map(
    ({ because, resourceType, count, amount }) => [because, resourceType, count, amount],
  );

describe("the way from the Hub's total to ours", () => {
  it('is not known where the Hub was not read, says no total, or counts in another currency', () => {
    expect(hubReconciliationOf([], aView())).toBeNull();
    expect(hubReconciliationOf([], aView({ hub: { total: aTotal(null), sayings: [] } }))).toBeNull();
    expect(hubReconciliationOf([], aView({ hub: { total: aTotal('5', { currency: 'JPY' }), sayings: [] } }))).toBeNull();
  });

  it('names what only one of the two says, by AWS type, and what was put aside', () => {
    const sayings = [
      saying({ recommendationId: 'a', resourceId: 'svc', resourceType: 'EcsService', monthlySavings: '7' }),
      saying({ recommendationId: 'b', resourceId: 'i-2', monthlySavings: '20' }),
      saying({ recommendationId: 'c', resourceId: 'i-3', accountId: '999988887777', monthlySavings: '3' }),
    ];
    const put = ours('20', { id: 'x', resourceId: 'i-2', status: 'dismissed', netMonthlySavings: '0' });
    const alone = ours('40', { id: 'y', resourceId: 'nat-1', resourceType: 'NatGateway' });
    expect(rowsOf([put, alone], sayings, aTotal('30'))).toEqual([
      ['onlyHub', 'EcsService', 1, '-7'],
      ['onlyHubAccountUnknown', 'Ec2Instance', 1, '-3'],
      ['onlyHubSetAside', 'Ec2Instance', 1, '-20'],
      ['onlyOurs', 'NatGateway', 1, '40'],
    ]);
  });

  it('says why two figures for one decision differ, and takes off what is counted elsewhere', () => {
    const covered = { landsMonthly: '60', landsIn: [], strandedMonthly: '0', strandedUntil: null };
    const one = (item: Recommendation, given: Partial<HubSaying> = {}, total = aTotal('100')) =>
      rowsOf([item], [saying(given)], total);
    expect(one(ours('80'))).toEqual([['estimate', 'Ec2Instance', 1, '-20']]);
    expect(one(ours('80', { evidence: { lookbackDays: 30 } }))?.[0]?.[0]).toBe('lookback');
    expect(one(ours('80', { freedCommitment: covered }))?.[0]?.[0]).toBe('commitmentEffect');
    expect(one(ours('80'), {}, aTotal('100', { savingsMode: 'BeforeDiscounts' }))?.[0]?.[0]).toBe('priceView');
    expect(one(ours('150', { actionType: 'Stop' }))).toEqual([['otherAction', 'Ec2Instance', 1, '50']]);
    expect(one(ours('100', { netMonthlySavings: '30' }))).toEqual([['overlap', 'Ec2Instance', 1, '-70']]);
    expect(one(ours('100'))).toEqual([]);
  });

  it('compares purchases of one kind by sharing group, and a second action on a resource stands by itself', () => {
    const purchase = { resourceId: null, resourceType: 'ComputeSavingsPlans', actionType: 'PurchaseSavingsPlans' } as const;
    const plan = ours('70', { id: 'p', ...purchase, effect: { component: 'commitment', monthlyCost: '300' } });
    const further = ours('5', { id: 'q', actionType: 'Upgrade' });
    const sayings = [saying({ recommendationId: 'p', ...purchase }), saying()];
    expect(rowsOf([plan, ours('100', { id: 'r' }), further], sayings, aTotal('200'))).toEqual([
      ['commitmentSizing', 'ComputeSavingsPlans', 1, '-30'],
      ['furtherAction', 'Ec2Instance', 1, '5'],
    ]);
  });

  it("says what the Hub's total has beyond its list", () => {
    expect(rowsOf([], [saying({ monthlySavings: null })], aTotal('12.5'))).toEqual([['notListedByHub', '', 1, '-12.5']]);
  });

  it('adds up to the last digit, whatever the two say', () => {
    const anySayings = fc.array(
      fc.record({
        place: fc.nat(12),
        actionType: fc.constantFrom('Stop', 'Rightsize', 'Upgrade', 'PurchaseSavingsPlans') as fc.Arbitrary<
          HubSaying['actionType']
        >,
        cents: fc.option(fc.nat(1_000_000)),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(anyAdvice(12), anySayings, fc.nat(10_000_000), ({ snapshot, recommendations }, drawn, total) => {
        const sayings = drawn.map(({ place, actionType, cents }, index) => {
          const resource = snapshot.resources[place];
          const resourceId = actionType === 'PurchaseSavingsPlans' ? null : (resource?.resourceId ?? `gone-${place}`);
          const monthlySavings = cents === null ? null : String(cents / 100);
          const accountId = resource?.accountId ?? EXAMPLE_ACCOUNT_ID;
          return saying({ recommendationId: `h${index}`, resourceId, accountId, actionType, monthlySavings });
        });
        const hub = { total: aTotal(String(total / 100)), sayings };
        const found = hubReconciliationOf(recommendations, aView({ ...snapshot, hub }));
        const sum = sumExact([found?.hubTotal ?? '', ...(found?.rows ?? []).map(({ amount }) => amount)]);
        expect(sum.eq(found?.net ?? '')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('second sources', () => {
  const machine = anInstance({ resourceId: 'i-1' });
  const option = { rank: 1, target: 'm5.large', performanceRisk: 1, migrationEffort: null, platformDifferences: [] };
  const view = aView({
    resources: [machine],
    awsRecommendations: [
      anAwsRecommendation({
        kind: 'ec2Instance',
        resourceId: 'i-1',
        finding: 'Overprovisioned',
        options: [{ ...option, projectedCpuMaximumPercent: 40, estimatedMonthlySavings: '90', currency: 'USD' }],
      }),
    ],
    hub: { total: null, sayings: [saying(), saying({ recommendationId: 'hub-2', actionType: 'Stop' })] },
    rightsizing: [{ accountId: EXAMPLE_ACCOUNT_ID, resourceId: 'i-1', actionType: 'Modify', monthlySavings: '85' }],
  });

  it('are all three of AWS’s advisers, each under its own id', () => {
    expect(secondSourcesOf(machine, 'Rightsize', view)).toEqual([
      {
        source: 'ComputeOptimizer',
        id: `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:instance/i-1`,
        estimatedMonthlySavings: '90',
      },
      { source: 'CostOptimizationHub', id: 'hub-1', estimatedMonthlySavings: '100' },
      { source: 'CostExplorer', id: 'i-1', estimatedMonthlySavings: '85' },
    ]);
  });

  it('speak of the same decision: stopping is not resizing', () => {
    expect(secondSourcesOf(machine, 'Stop', view).map(({ id }) => id)).toEqual(['hub-2']);
    expect(secondSourcesOf({ ...machine, resourceId: 'i-2' }, 'Rightsize', view)).toEqual([]);
  });
});
