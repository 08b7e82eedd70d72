import { describe, expect, it } from 'vitest';
import { coverableSeries } from '../../../src/advice/sizing/coverable-series.ts';
import { databaseUsage } from '../../../src/advice/sizing/database-plans.ts';
import { RESERVED } from '../../../src/advice/sizing/node-rates.ts';
import { rateCardOf } from '../../../src/advice/sizing/plan-rates.ts';
import { DEFAULT_PURCHASE_POLICY, sizeGroup } from '../../../src/advice/sizing/size.ts';
import type { HourlyUsageDay } from '../../../src/ledger/hourly-usage.ts';
import { meterOf } from '../../../src/ledger/meter.ts';
import type { ResourceFacts } from '../../../src/ledger/resource.ts';
import type { SavingsPlanRate } from '../../../src/ledger/savings-plan-rate.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import type { Snapshot } from '../../../src/ledger/snapshot.ts';
import { basisOf } from '../../../src/operations/commitments/group-basis.ts';
import { aResource, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { aReservationAdvice } from '../../support/commitment-builders.ts';
import { ALL_DAYS, aView, factsOf, hoursOn, PERIOD } from './support.ts';

const R7G = 'APN1-InstanceUsage:db.r7g.large';
const M7G = 'APN1-InstanceUsage:db.m7g.large';
const MYSQL = 'CreateDBInstance:0002';
const POSTGRES = 'CreateDBInstance:0014';

/** One unit of usage costs one dollar on demand. */
const usageOf = (usageType: string, hourlyCost: number, given: Partial<HourlyUsageDay> = {}): HourlyUsageDay[] =>
  ALL_DAYS.map((day) => hoursOn(day, [hourlyCost], { serviceName: SERVICE.rds, usageType, ...given }));

function aRate(rate: string, given: Partial<SavingsPlanRate> = {}): SavingsPlanRate {
  return {
    planType: 'Database',
    serviceCode: 'AmazonRDS',
    regionId: 'ap-northeast-1',
    instanceFamily: null,
    usageType: R7G,
    operation: MYSQL,
    productDescription: null,
    tenancy: null,
    unit: 'Hrs',
    currency: 'USD',
    rates: [{ termYears: 1, paymentOption: 'NoUpfront', rate }],
    ...given,
  };
}

/** A database that the bill shows by name. */
function aNode(operation: string | null, given: Partial<ResourceFacts> & { usageType?: string; serviceName?: string } = {}) {
  const { usageType = R7G, serviceName = SERVICE.rds, ...rest } = given;
  const line = { day: ALL_DAYS[0] ?? '', usageQuantity: '24', billedCost: '24', effectiveCost: '24' };
  return aResource({
    resourceType: 'RdsDbInstance',
    regionId: 'ap-northeast-1',
    resourceId: `arn:aws:rds:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:db:${operation}`,
    operation,
    lines: [{ ...line, serviceName, meterKind: meterOf(usageType).kind }],
    ...rest,
  });
}

interface Given extends Partial<Snapshot> {
  readonly usage?: readonly HourlyUsageDay[];
  readonly asked?: readonly string[];
}

function worldOf({ usage = usageOf(R7G, 2), asked = [R7G], ...given }: Given) {
  return aView({ commitmentFacts: factsOf(usage, { planRatesAsked: asked }), ...given });
}

/** What is known of the rates, and what the plan costs of a dollar. */
function told(given: Given) {
  const view = worldOf(given);
  const { series } = coverableSeries(EXAMPLE_ACCOUNT_ID, view, PERIOD);
  const card = rateCardOf(EXAMPLE_ACCOUNT_ID, series, view, DEFAULT_PURCHASE_POLICY);
  return { ...Object.fromEntries(databaseUsage(EXAMPLE_ACCOUNT_ID, series, view)), shares: card.rates.map(({ rate }) => rate) };
}

describe('the rate of a Database plan for nodes of the bill', () => {
  it('is that of the engine that runs, beside what an hour costs on the bill', () => {
    const savingsPlanRates = [aRate('0.8'), aRate('0.7', { operation: POSTGRES })];
    expect(told({ savingsPlanRates, resources: [aNode(MYSQL)] })).toEqual({ rates: 2, shares: [0.8] });
    expect(told({ savingsPlanRates, resources: [aNode(POSTGRES)] })).toEqual({ rates: 2, shares: [0.7] });
  });

  it('is one where all engines that run have the same, and not known where they differ', () => {
    const resources = [aNode(MYSQL), aNode(POSTGRES)];
    const same = [aRate('0.8'), aRate('0.8', { operation: POSTGRES })];
    expect(told({ savingsPlanRates: same, resources })).toEqual({ rates: 2, shares: [0.8] });
    const differing = [aRate('0.8'), aRate('0.7', { operation: POSTGRES })];
    expect(told({ savingsPlanRates: differing, resources })).toEqual({ engineUnknown: 2, shares: [] });
  });

  it('is not known where one of the engines that run has none, or where the bill does not tell the engine', () => {
    const savingsPlanRates = [aRate('0.8')];
    expect(told({ savingsPlanRates, resources: [aNode(MYSQL), aNode(POSTGRES)] })).toEqual({ engineUnknown: 2, shares: [] });
    expect(told({ savingsPlanRates, resources: [aNode(MYSQL), aNode(null)] })).toEqual({ engineUnknown: 2, shares: [] });
    expect(told({ savingsPlanRates, resources: [] })).toEqual({ engineUnknown: 2, shares: [] });
  });

  it('is not known where an account has usage and no node that the bill names', () => {
    const usage = [...usageOf(R7G, 1), ...usageOf(R7G, 1, { accountId: '444455556666' })];
    const accounts = [EXAMPLE_ACCOUNT_ID, '444455556666'].map((accountId) => ({
      ...{ accountId, accountName: null, sharingGroupId: EXAMPLE_ACCOUNT_ID, runningCost: '1' },
    }));
    const given = { usage, accounts, savingsPlanRates: [aRate('0.8')] };
    expect(told({ ...given, resources: [aNode(MYSQL)] })).toEqual({ engineUnknown: 2, shares: [] });
    const both = [aNode(MYSQL), aNode(MYSQL, { accountId: '444455556666' })];
    expect(told({ ...given, resources: both })).toEqual({ rates: 2, shares: [0.8] });
  });

  it('is none where AWS was asked and has none for what runs; and not known where nobody asked', () => {
    const resources = [aNode(POSTGRES)];
    expect(told({ savingsPlanRates: [], resources })).toEqual({ notCovered: 2, shares: [] });
    expect(told({ savingsPlanRates: [aRate('0.8')], resources })).toEqual({ notCovered: 2, shares: [] });
    expect(told({ savingsPlanRates: [], resources, asked: [] })).toEqual({ notAsked: 2, shares: [] });
  });

  it('of OpenSearch needs no engine; of a cache it does, since Valkey alone is taken', () => {
    const search = { serviceName: SERVICE.openSearch, usageType: 'APN1-ESInstance:r7g.large.search' };
    const ofSearch = aRate('0.8', { serviceCode: 'AmazonES', usageType: search.usageType, operation: 'ESDomain' });
    expect(told({ usage: usageOf(R7G, 2, search), savingsPlanRates: [ofSearch] })).toEqual({ rates: 2, shares: [0.8] });
    const cache = { serviceName: SERVICE.elastiCache, usageType: 'APN1-NodeUsage:cache.r7g.large' };
    const ofCache = aRate('0.8', {
      serviceCode: 'AmazonElastiCache',
      usageType: cache.usageType,
      operation: 'CreateCacheCluster:0003',
    });
    expect(told({ usage: usageOf(R7G, 2, cache), savingsPlanRates: [ofCache] })).toEqual({ engineUnknown: 2, shares: [] });
    const redis = [aNode('CreateCacheCluster:0002', cache)];
    expect(told({ usage: usageOf(R7G, 2, cache), savingsPlanRates: [ofCache], resources: redis })).toEqual({
      notCovered: 2,
      shares: [],
    });
  });

  it('is not taken from another service, another plan or another currency', () => {
    const resources = [aNode(MYSQL)];
    for (const other of [{ serviceCode: 'AmazonNeptune' }, { planType: 'Compute' as const }, { currency: 'CNY' }]) {
      expect(told({ savingsPlanRates: [aRate('0.8', other)], resources })).toEqual({ notCovered: 2, shares: [] });
    }
  });

  it('saves nothing where the bill is cheaper than the plan', () => {
    expect(told({ savingsPlanRates: [aRate('1.2')], resources: [aNode(MYSQL)] })).toEqual({ rates: 2, shares: [] });
  });
});

const ADVICE = aReservationAdvice({ instanceType: 'db.r7g.large' });

describe('Database plans beside reservations', () => {
  const view = aView({
    resources: [aNode(MYSQL), aNode(MYSQL, { usageType: M7G })],
    savingsPlanRates: [aRate('0.8'), aRate('0.8', { usageType: M7G })],
    // Reservations at 0.68 of a dollar for the r7g alone.
    commitmentFacts: factsOf([...usageOf(R7G, 2), ...usageOf(M7G, 1)], { awsReservations: [ADVICE] }),
  });
  const sized = (planTypes = DEFAULT_PURCHASE_POLICY.planTypes) =>
    sizeGroup(EXAMPLE_ACCOUNT_ID, view, { ...DEFAULT_PURCHASE_POLICY, planTypes, tranchePercent: 100 });
  const yearly = (planTypes?: readonly string[]) => {
    const { optimum } = sized(planTypes);
    return (optimum.onDemandCost - optimum.cost) * 8760;
  };

  it('cover what no reservation does, and no dollar twice', () => {
    const { optimum, proposals } = sized();
    expect(
      optimum.advice.map(({ planType, family, coveredOnDemand }) => [planType, family, Number(coveredOnDemand.toFixed(9))]),
    ).toEqual([
      [RESERVED, 'RDS db.r7g in ap-northeast-1', 2],
      ['Database', '', 1],
    ]);
    expect(yearly()).toBeCloseTo((2 * 0.32 + 1 * 0.2) * 8760, 6);
    expect(yearly(['Database'])).toBeCloseTo(3 * 0.2 * 8760, 6);
    expect(yearly([RESERVED])).toBeCloseTo(2 * 0.32 * 8760, 6);
    const covered = proposals.reduce((sum, proposal) => sum + proposal.coveredOnDemand, 0);
    expect(covered).toBeLessThanOrEqual(3 + 1e-9);
  });

  it('stand among the other ways to buy, each by itself', () => {
    const { alternatives, databases } = basisOf(sized(), sized(), view, DEFAULT_PURCHASE_POLICY);
    expect(alternatives.map(({ planTypes, yearlySavings }) => [planTypes, yearlySavings])).toEqual([
      [['Database'], '5256'],
      [[RESERVED], '5606.4'],
    ]);
    expect(databases).toEqual([{ planRates: 'rates', hourlyOnDemandCost: '3' }]);
  });

  it('leave the most that AWS would reserve as it is, where only a part of a family has a rate', () => {
    const usage = [...usageOf(R7G, 2), ...usageOf('APN1-Multi-AZUsage:db.r7g.large', 6)];
    const split = aView({
      resources: [aNode(MYSQL)],
      savingsPlanRates: [aRate('0.8')],
      commitmentFacts: factsOf(usage, { awsReservations: [ADVICE] }),
    });
    const { series } = coverableSeries(EXAMPLE_ACCOUNT_ID, split, PERIOD);
    const { caps } = rateCardOf(EXAMPLE_ACCOUNT_ID, series, split, DEFAULT_PURCHASE_POLICY);
    expect([...caps.keys()].sort()).toEqual(['RDS db.r7g in ap-northeast-1', 'RDS db.r7g in ap-northeast-1 (2)']);
    expect([...caps.values()].reduce((sum, cap) => sum + cap, 0)).toBeCloseTo(680 / 730, 9);
    expect([...caps.values()].sort().map((cap) => cap / (680 / 730))).toEqual([expect.closeTo(0.25, 9), expect.closeTo(0.75, 9)]);
  });
});
