import { CostExplorerClient, GetSavingsPlansPurchaseRecommendationCommand } from '@aws-sdk/client-cost-explorer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, eachDay, type Period } from '../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { reservationFact, savingsPlanFact } from '../../src/ledger/commitment.ts';
import {
  planCoverageByDay,
  planCoverageByMonth,
  planUtilizationByDay,
  planUtilizationByMonth,
  reservationCoverageByMonth,
  reservationUtilizationByDay,
  reservationUtilizationByMonth,
} from '../../src/ledger/commitment-use.ts';
import type { FactType } from '../../src/ledger/fact.ts';
import { planPurchaseAdviceFact, reservationPurchaseAdviceFact } from '../../src/ledger/purchase-advice.ts';
import { rightsizingAdviceFact, rightsizingSummaryFact } from '../../src/ledger/rightsizing-advice.ts';
import { ratesOn, savingsPlanRateFact } from '../../src/ledger/savings-plan-rate.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { Context } from '../../src/operations/context.ts';
import type { SyncEntry } from '../../src/operations/sync/entry.ts';
import { sync } from '../../src/operations/sync.ts';
import { decimal } from '../../src/sandbox/estate/amounts.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

const AS_OF = '2026-11-24';
const BILL = ['costExplorer'];
const SOURCES = ['commitments', 'commitmentsUse'];
const made = testDatabase();
let sandbox: Sandbox;
let context: Context;
let first: readonly SyncEntry[];

const pull = async (sources: readonly string[], asOf = AS_OF) =>
  (await sync(context, { asOf, sources, questions: () => [], dailyBudget: '100' })).entries;
/** Machines' hours that nobody committed to, from the estate's own bill. */
function onDemandHours(period: Period): ReadonlyMap<string, bigint> {
  const hours = new Map<string, bigint>();
  for (const { resourceId, recordType, usageType, usageQuantity } of sandbox.estate.charges(period)) {
    if (resourceId === null || recordType !== 'Usage' || !usageType.includes('BoxUsage:')) continue;
    hours.set(resourceId, (hours.get(resourceId) ?? 0n) + usageQuantity);
  }
  return hours;
}
const facts = <Body>(type: FactType<Body>) => context.ports.facts.read(context.scope, type);

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, asOf: AS_OF, resources: 60 });
  context = await connectedTo(sandbox, made.database, 'retailer', AS_OF);
  await pull(BILL);
  first = await pull(SOURCES);
}, 240_000);
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox?.close());

describe('commitments pulled into the ledger', () => {
  it('end well, for a few cents', () => {
    expect(first.map(({ source, status, requestCost }) => [source, status, requestCost])).toEqual([
      ['savingsPlans', 'ok', '0'],
      ['commitmentUse:savingsPlans', 'ok', '0.08'],
      ['commitmentUse:reservations', 'ok', '0.18'],
    ]);
    expect(first[1]?.window).toEqual({ start: '2025-11-01', end: '2026-11-23' });
  });

  it('are the estate’s: every plan and reservation with its money and its end', async () => {
    const plans = (await facts(savingsPlanFact)).map(({ body }) => body);
    const owned = sandbox.estate.savingsPlans();
    expect(plans.map((plan) => [plan.commitmentId, plan.hourlyCommitment, plan.end.slice(0, 10)])).toEqual(
      owned.map((plan) => [plan.arn, decimal(plan.hourlyCommitment), addDays(plan.end, -1)]).sort(),
    );
    const reservations = (await facts(reservationFact)).map(({ body }) => body);
    expect(reservations.map((item) => [item.commitmentId, item.recurringHourlyPayment, item.end.slice(0, 10)])).toEqual(
      sandbox.estate
        .reservations()
        .map((item) => [item.arn, decimal(item.hourlyRate), addDays(item.end, -1)])
        .sort(),
    );
  });

  it('are used and unused to the last digit, and no day is missing', async () => {
    const days = await facts(planUtilizationByDay);
    const start = sandbox.estate.savingsPlans()[0]?.start ?? '';
    expect(days.map((fact) => fact.day)).toEqual([...eachDay({ start, end: '2026-11-23' })]);
    for (const { body } of [...days, ...(await facts(planUtilizationByMonth))]) {
      expect(plain(exact(body.used).plus(body.unused))).toBe(plain(exact(body.commitment)));
    }
  });

  it('say of each month and plan what the days say together', async () => {
    const days = await facts(planUtilizationByDay);
    const months = await facts(planUtilizationByMonth);
    expect(new Set(months.map((fact) => fact.day))).toEqual(new Set(['2026-09-01', '2026-10-01', '2026-11-01']));
    for (const month of ['2026-09', '2026-10', '2026-11']) {
      const ofDays = days.filter((fact) => fact.day?.startsWith(month)).map((fact) => fact.body.used);
      const ofPlans = months.filter((fact) => fact.day?.startsWith(month)).map((fact) => fact.body.used);
      expect(plain(sumExact(ofPlans))).toBe(plain(sumExact(ofDays)));
    }
  });

  it('agree with the bill: used commitment and covered usage are its amortised and on-demand cost', async () => {
    const [used, covered] = [await facts(planUtilizationByDay), await facts(planCoverageByDay)];
    let [amortized, onDemand] = [0n, 0n];
    for (const charge of sandbox.estate.charges({ start: '2025-11-01', end: '2026-11-23' })) {
      if (charge.recordType !== 'SavingsPlanCoveredUsage') continue;
      amortized += charge.amortizedCost;
      onDemand += charge.unblendedCost;
    }
    expect(plain(sumExact(used.map((fact) => fact.body.used)))).toBe(decimal(amortized));
    expect(plain(sumExact(covered.map((fact) => fact.body.covered)))).toBe(decimal(onDemand));
  });

  it('cover between nothing and everything', async () => {
    const plans = [...(await facts(planCoverageByDay)), ...(await facts(planCoverageByMonth))];
    const reservations = await facts(reservationCoverageByMonth);
    for (const { body } of [...plans, ...reservations]) {
      expect(Number(body.coveragePercent)).toBeGreaterThanOrEqual(0);
      expect(Number(body.coveragePercent)).toBeLessThanOrEqual(100);
    }
    expect(plans.some(({ body }) => body.instanceFamily === 'm5' && Number(body.coveragePercent) > 0)).toBe(true);
    expect(reservations.some(({ body, accountId }) => body.reservedHours !== '0' && accountId !== null)).toBe(true);
  });

  it('know the reservations’ hours: purchased are used and unused', async () => {
    for (const { body } of [...(await facts(reservationUtilizationByDay)), ...(await facts(reservationUtilizationByMonth))]) {
      expect(plain(exact(body.usedHours).plus(body.unusedHours))).toBe(plain(exact(body.purchasedHours)));
    }
  });
});

describe('AWS’s own advice on purchases', () => {
  it('is kept as AWS gives it, question by question, and nothing is an answer too', async () => {
    const [entry] = await pull(['purchaseAdvice']);
    expect(entry).toMatchObject({ source: 'purchaseAdvice', status: 'ok', pages: 16, requestCost: '0.16', rows: 16 });
    const plans = (await facts(planPurchaseAdviceFact)).map(({ body }) => body);
    const of = (planType: string, termYears = 1, lookbackDays = 30) =>
      plans.find((item) => item.planType === planType && item.termYears === termYears && item.lookbackDays === lookbackDays);
    const [asked] = (
      await new CostExplorerClient({
        endpoint: sandbox.url,
        region: 'us-east-1',
        credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      }).send(
        new GetSavingsPlansPurchaseRecommendationCommand({
          SavingsPlansType: 'COMPUTE_SP',
          TermInYears: 'ONE_YEAR',
          PaymentOption: 'NO_UPFRONT',
          LookbackPeriodInDays: 'THIRTY_DAYS',
        }),
      )
    ).SavingsPlansPurchaseRecommendation?.SavingsPlansPurchaseRecommendationDetails ?? [undefined];
    expect(of('Compute')?.proposals).toHaveLength(1);
    expect(of('Compute')?.proposals[0]).toMatchObject({
      hourlyCommitment: asked?.HourlyCommitmentToPurchase,
      estimatedMonthlySavings: asked?.EstimatedMonthlySavingsAmount,
      detailId: asked?.RecommendationDetailId,
    });
    expect(Number(of('Compute', 3)?.estimatedMonthlySavings)).toBeGreaterThan(Number(of('Compute')?.estimatedMonthlySavings));
    const byLookback = [7, 30, 60].map((days) => of('Compute', 1, days)?.proposals[0]?.hourlyCommitment);
    expect(byLookback.map(Number).filter((commitment) => commitment > 0)).toHaveLength(3);
    expect(of('Database')).toMatchObject({ proposals: [], estimatedMonthlySavings: null, generatedAt: '2026-11-24T06:00:00Z' });
    const reservations = (await facts(reservationPurchaseAdviceFact)).map(({ body }) => body);
    expect(reservations.map((item) => item.serviceName).sort()).toEqual([
      SERVICE.elastiCache,
      SERVICE.ec2Compute,
      SERVICE.memoryDb,
      SERVICE.openSearch,
      SERVICE.redshift,
      SERVICE.rds,
    ]);
    expect(reservations.find((item) => item.serviceName === SERVICE.rds)?.proposals[0]?.instanceType).toMatch(/^db\./);
  });

  it('is asked again only after a month', async () => {
    expect(await pull(['purchaseAdvice'])).toEqual([]);
  });
});

describe('Cost Explorer’s own advice on sizes', () => {
  it('is kept machine by machine with AWS’s total, in one paid page, and stays out of the recommendations', async () => {
    const [entry] = await pull(['rightsizingAdvice']);
    const advice = await facts(rightsizingAdviceFact);
    expect(entry).toMatchObject({
      source: 'rightsizingAdvice',
      status: 'ok',
      pages: 1,
      requestCost: '0.01',
      rows: advice.length,
    });
    const onDemand = onDemandHours({ start: addDays(AS_OF, -14), end: AS_OF });
    const oversized = sandbox.estate.wastes().filter(({ kind }) => kind === 'ec2InstanceOversized');
    const uncovered = oversized.map(({ resourceId }) => resourceId).filter((resourceId) => onDemand.has(resourceId));
    expect(uncovered.length).toBeGreaterThan(0);
    expect(uncovered.length).toBeLessThan(oversized.length);
    const advised = advice.map(({ body }) => body.resourceId);
    expect(advised).toEqual(expect.arrayContaining(uncovered));
    expect(oversized.filter(({ resourceId }) => advised.includes(resourceId))).toHaveLength(uncovered.length);
    for (const { body } of advice.filter(({ body: { actionType } }) => actionType === 'Modify')) {
      expect(body.hours.onDemand).toBe(decimal(onDemand.get(body.resourceId) ?? 0n));
      const target = body.targets.find(({ isDefault }) => isDefault)?.machine.hourlyOnDemandRate ?? 'NaN';
      const difference = exact(body.current.hourlyOnDemandRate ?? 'NaN').minus(target);
      const saved = difference
        .mul(body.hours.onDemand ?? 'NaN')
        .mul(730)
        .div(336);
      expect(body.monthlySavings).toBe(plain(saved.toDecimalPlaces(10)));
    }
    const [summary] = await facts(rightsizingSummaryFact);
    expect(summary?.body).toMatchObject({ recommendations: String(advice.length), generatedAt: '2026-11-24T06:00:00Z' });
    const total = sumExact(advice.map(({ body }) => body.monthlySavings ?? 'NaN'));
    expect(
      total
        .minus(summary?.body.monthlySavings ?? 'NaN')
        .abs()
        .lt('0.000001'),
    ).toBe(true);
    const snapshot = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: null });
    expect(snapshot.awsRecommendations).toEqual([]);
  });

  it('is asked again only after 30 days, and a refusal keeps what was known', async () => {
    expect(await pull(['rightsizingAdvice'], '2026-12-23')).toEqual([]);
    const before = await facts(rightsizingAdviceFact);
    sandbox.faults.add({ kind: 'accessDenied', service: 'ce' });
    const [refused] = await pull(['rightsizingAdvice'], '2026-12-24');
    expect(refused).toMatchObject({ status: 'partial', error: { code: 'ACCESS_DENIED_BY_AWS' }, rows: 0 });
    expect(await facts(rightsizingAdviceFact)).toEqual(before);
  });
});

describe('rates of Savings Plans', () => {
  it('are those of the estate, for the machines on the bill and for what has none, dated as read', async () => {
    const [entry] = await pull(['savingsPlanRates']);
    expect(entry).toMatchObject({ source: 'savingsPlanRates', status: 'ok', requestCost: '0' });
    const rates = ratesOn(AS_OF, await facts(savingsPlanRateFact));
    expect(rates).toHaveLength(entry?.rows ?? -1);
    const known = new Map(sandbox.estate.savingsPlanRates().map((rate) => [`${rate.usageType} ${rate.operation}`, rate]));
    for (const { planType, usageType, operation, rates: offers, effectiveFrom } of rates) {
      const own = known.get(`${usageType} ${operation}`);
      const oneYear = offers.find((offer) => offer.termYears === 1 && offer.paymentOption === 'NoUpfront');
      expect(oneYear?.rate).toBe(decimal((planType === 'Compute' ? own?.compute : own?.ec2Instance) ?? 0n));
      expect(offers).toHaveLength(6);
      expect(effectiveFrom).toBe(AS_OF);
    }
    expect(new Set(rates.map((rate) => rate.serviceCode))).toEqual(new Set(['AmazonEC2', 'AmazonECS', 'AWSLambda']));
    expect(rates.some((rate) => rate.planType === 'EC2Instance' && rate.instanceFamily === 'm5')).toBe(true);
  });

  it('are asked for databases that are known by the hour; of old generations AWS has none, and that is known then', async () => {
    await pull(['hourlyUsage']);
    const [entry] = await pull(['savingsPlanRates']);
    expect(entry).toMatchObject({ status: 'ok', requestCost: '0', rows: 0 });
    const { commitmentFacts, savingsPlanRates } = await context.ports.snapshots.snapshot(context.scope, {
      asOf: AS_OF,
      currency: null,
    });
    const nodes = commitmentFacts.planRatesAsked.filter((usageType) => usageType.includes(':db.'));
    expect(nodes.length).toBeGreaterThan(0);
    expect(savingsPlanRates.filter(({ planType }) => planType === 'Database')).toEqual([]);
  });

  it('are taken from memory for a week, and a change is kept beside what was before', async () => {
    const before = await facts(savingsPlanRateFact);
    expect((await pull(['savingsPlanRates']))[0]).toMatchObject({ rows: 0, pages: 0 });
    expect((await pull(['savingsPlanRates'], '2026-12-02'))[0]?.rows).toBe(before.length);
    expect(await facts(savingsPlanRateFact)).toEqual(before);
    const [first] = before;
    if (!first) throw new Error('no rate');
    const dearer = { ...first.body, rates: first.body.rates.map((offer) => ({ ...offer, rate: '9' })) };
    const later = [first, { ...first, day: '2026-12-01', body: dearer }];
    expect(ratesOn('2026-11-30', later)).toEqual([{ ...first.body, effectiveFrom: AS_OF }]);
    expect(ratesOn('2026-12-01', later.reverse())).toEqual([{ ...dearer, effectiveFrom: '2026-12-01' }]);
  });
});

describe('a later sync', () => {
  it('asks Cost Explorer again only after a week, and then only what can have changed', async () => {
    const again = await pull(SOURCES);
    expect(again.map((entry) => entry.source)).toEqual(['savingsPlans']);
    const before = await facts(planUtilizationByMonth);
    const earlier = await connectedTo(sandbox, made.database, 'earlier', '2026-11-12');
    const askOn = async (asOf: string, sources: readonly string[]) =>
      (await sync(earlier, { asOf, sources, questions: () => [], dailyBudget: '100' })).entries;
    await askOn('2026-11-12', [...BILL, ...SOURCES]);
    const later = (await askOn('2026-11-19', SOURCES)).filter((entry) => entry.source.startsWith('commitmentUse'));
    expect(later.map(({ source, pages, window }) => [source, pages, window])).toEqual([
      ['commitmentUse:savingsPlans', 4, { start: '2026-10-01', end: '2026-11-18' }],
      ['commitmentUse:reservations', 10, { start: '2026-10-01', end: '2026-11-18' }],
    ]);
    expect(await facts(planUtilizationByMonth)).toEqual(before);
  }, 120_000);

  it.each([
    ['no data', { kind: 'dataUnavailable', service: 'ce' }, 'DATA_UNAVAILABLE'],
    ['no permission', { kind: 'accessDenied', service: 'ce' }, 'ACCESS_DENIED_BY_AWS'],
    ['Cost Explorer switched off', { kind: 'costExplorerNotEnabled' }, 'NOT_ENROLLED'],
  ] as const)('names the gap where AWS has %s, keeps what was known and fails nothing', async (_what, fault, code) => {
    const before = [await facts(planUtilizationByDay), await facts(reservationFact)];
    sandbox.faults.add(fault);
    const entries = (await pull(SOURCES, '2026-12-02')).filter((entry) => entry.source.startsWith('commitmentUse'));
    expect(entries.map((entry) => [entry.status, entry.error?.code, entry.requestCost])).toEqual([
      ['partial', code, '0'],
      ['partial', code, '0'],
    ]);
    expect([await facts(planUtilizationByDay), await facts(reservationFact)]).toEqual(before);
  });

  it('fails when AWS is ill, and stops at the budget', async () => {
    sandbox.faults.add({ kind: 'serverError', service: 'savingsplans' });
    expect((await pull(['commitments']))[0]).toMatchObject({ status: 'failed', error: { code: 'SOURCE_UNREACHABLE' } });
    expect(await facts(savingsPlanFact)).toHaveLength(2);
    sandbox.faults.clear();
    const { entries } = await sync(context, {
      asOf: '2026-12-02',
      sources: ['commitmentsUse'],
      questions: () => [],
      dailyBudget: '0.01',
    });
    expect(entries.map((entry) => entry.error?.code)).toEqual(['BUDGET_REACHED', 'BUDGET_REACHED']);
  });
});
