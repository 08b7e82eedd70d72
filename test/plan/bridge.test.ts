import { describe, expect, it } from 'vitest';
import { Exact, exact } from '../../src/kernel/money.ts';
import { type BridgeFacts, bridgeParts } from '../../src/plan/bridge.ts';
import { type BridgeMonth, bridgeOver } from '../../src/plan/bridge-sum.ts';
import { expectedIn } from '../../src/plan/expected.ts';
import { type Plan, PlanFile } from '../../src/plan/plan.ts';

const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';
const OTHER = 'EC2 - Other';

const planOf = (lines: readonly object[], more: object = {}, wave: object = {}): Plan =>
  PlanFile.parse({
    name: 'plan',
    currency: 'USD',
    waves: [{ name: 'wave 1', cutOver: '2026-01-01', workloads: [{ name: 'shop', matches: {}, lines }], ...wave }],
    ...more,
  });
const paid = (serviceName: string, cost: string, workload: string | null = 'shop', before = '0') => ({
  workload,
  serviceName,
  cost: exact(cost),
  costBeforeCutOver: exact(before),
});
const factsOf = (plan: Plan, given: Partial<BridgeFacts>, month = '2026-10'): BridgeFacts => ({
  expected: expectedIn(plan, month),
  actual: [],
  usage: [],
  wastes: [],
  ...given,
});
const amounts = (facts: BridgeFacts) =>
  Object.fromEntries(
    [...Map.groupBy(bridgeParts(facts), ({ stepId }) => stepId)].map(([id, parts]) => [
      id,
      parts.reduce((sum, part) => sum.plus(part.amount), new Exact(0)).toFixed(),
    ]),
  );
const monthOf = (plan: Plan, given: Partial<BridgeMonth>): BridgeMonth => ({
  ...factsOf(plan, given),
  month: '2026-10',
  besideRunning: null,
  rate: null,
  ...given,
});

describe('the steps from plan to actual', () => {
  it('calls what the plan lacks not planned, and so what no workload has', () => {
    const plan = planOf([{ serviceName: COMPUTE, expectedMonthlyCost: '1000' }]);
    const actual = [paid(COMPUTE, '1000'), paid('AmazonCloudWatch', '80'), paid(COMPUTE, '40', null)];
    expect(amounts(factsOf(plan, { actual }))).toEqual({ notPlanned: '120' });
  });

  it('has no unplanned service where the plan is one figure for everything', () => {
    const plan = planOf([{ expectedMonthlyCost: '1000' }]);
    const actual = [paid(COMPUTE, '1000'), paid('AmazonCloudWatch', '80')];
    expect(amounts(factsOf(plan, { actual }))).toEqual({ plannedServices: '80' });
  });

  it('takes what planners call one service for the several of the bill', () => {
    const plan = planOf([{ serviceName: 'Amazon EC2', expectedMonthlyCost: '1000' }]);
    expect(amounts(factsOf(plan, { actual: [paid(COMPUTE, '900'), paid(OTHER, '250')] }))).toEqual({ plannedServices: '150' });
  });

  it('splits quantity, price and discount where the plan names them: 730 h planned at $0.10 with 30 % off, 1,460 h used at $0.12 with none', () => {
    const line = { serviceName: COMPUTE, usageType: 'BoxUsage:*', quantity: '730', unitPrice: '0.10', discountRate: '0.3' };
    const plan = planOf([{ ...line, expectedMonthlyCost: '51.10' }]);
    const usage = [
      {
        workload: 'shop',
        serviceName: COMPUTE,
        meterKind: 'BoxUsage:m5.large',
        quantity: exact('1460'),
        effectiveCost: exact('175.20'),
        onDemandCost: exact('175.20'),
      },
    ];
    expect(amounts(factsOf(plan, { actual: [paid(COMPUTE, '175.20')], usage }))).toEqual({
      growth: '51.1',
      priceAndMix: '20.44',
      discountNotBought: '52.56',
    });
  });

  it('leaves price and discount together where what the usage costs on demand is not known', () => {
    const line = { serviceName: COMPUTE, usageType: 'BoxUsage:m5.large', quantity: '730', discountRate: '0.3' };
    const plan = planOf([{ ...line, expectedMonthlyCost: '51.10' }]);
    const usage = [
      {
        workload: 'shop',
        serviceName: COMPUTE,
        meterKind: 'BoxUsage:m5.large',
        quantity: exact('730'),
        effectiveCost: exact('60'),
        onDemandCost: null,
      },
    ];
    expect(amounts(factsOf(plan, { actual: [paid(COMPUTE, '61')], usage }))).toEqual({
      growth: '0',
      priceAndMix: '8.9',
      plannedServices: '1',
    });
  });

  it('takes waste out of the growth of planned services, and leaves it within what was not planned', () => {
    const plan = planOf([{ serviceName: COMPUTE, expectedMonthlyCost: '1000' }]);
    const waste = (serviceName: string, cost: string) => ({
      workload: 'shop',
      serviceName,
      kind: 'idle' as const,
      cost: exact(cost),
      recommendationId: serviceName,
    });
    const actual = [paid(COMPUTE, '1300'), paid('AmazonCloudWatch', '80')];
    const wastes = [waste(COMPUTE, '250'), waste('AmazonCloudWatch', '30')];
    expect(amounts(factsOf(plan, { actual, wastes }))).toEqual({ notPlanned: '80', idle: '250', plannedServices: '50' });
  });

  it('never explains more with waste than was paid', () => {
    const plan = planOf([{ serviceName: COMPUTE, expectedMonthlyCost: '1000' }]);
    const wastes = ['300', '100'].map((cost, index) => ({
      workload: 'shop',
      serviceName: COMPUTE,
      kind: index === 0 ? ('idle' as const) : ('oversized' as const),
      cost: exact(cost),
      recommendationId: cost,
    }));
    expect(amounts(factsOf(plan, { actual: [paid(COMPUTE, '200')], wastes }))).toEqual({
      idle: '150',
      oversized: '50',
      plannedServices: '-1000',
    });
  });

  it('calls parallel run what a workload cost before its cut-over', () => {
    const plan = planOf([{ serviceName: COMPUTE, expectedMonthlyCost: '1000' }], {}, { cutOver: '2026-10-11' });
    const actual = [paid(COMPUTE, '900', 'shop', '200')];
    const facts = factsOf(plan, { actual });
    expect(facts.expected[0]?.cost.toDecimalPlaces(4).toFixed()).toBe('677.4194');
    expect(amounts(facts).parallelRun).toBe('200');
  });

  it('keeps what is planned once, as a reserve or for operations apart', () => {
    const plan = planOf([
      { serviceName: COMPUTE, expectedMonthlyCost: '1000' },
      { kind: 'oneOff', expectedMonthlyCost: '5000' },
      { kind: 'operations', expectedMonthlyCost: '300' },
    ]);
    expect(
      bridgeOver({ currency: 'USD', planningRate: null, months: [monthOf(plan, { actual: [paid(COMPUTE, '1000')] })] }),
    ).toMatchObject({
      plan: '1000.00',
      actual: '1000.00',
      steps: [{ id: 'remainder', amount: '0.00' }],
    });
  });
});

describe('a plan in yen with tax against a bill in dollars', () => {
  const plan = planOf([{ serviceName: COMPUTE, expectedMonthlyCost: '165000' }], {
    currency: 'JPY',
    planningRate: '145',
    taxIncluded: true,
    taxPercent: '10',
  });
  const steps = (given: Partial<BridgeMonth>) =>
    bridgeOver({ currency: 'JPY', planningRate: exact('145'), months: [monthOf(plan, given)] });

  it('is compared without tax, with the exchange rate as a step of its own', () => {
    const told = steps({ actual: [paid(COMPUTE, '1200')], rate: exact('151.32') });
    expect([told.plan, told.actual, told.isAtPlanningRate]).toEqual(['150000', '181584', false]);
    expect(told.steps.map(({ id, amount }) => [id, amount])).toEqual([
      ['plannedServices', '24000'],
      ['exchangeRate', '7584'],
      ['remainder', '0'],
    ]);
  });

  it('stays at the planning rate where the rate of the month is not known, and says so', () => {
    const told = steps({ actual: [paid(COMPUTE, '1200')] });
    expect([told.actual, told.isAtPlanningRate]).toEqual(['174000', true]);
    expect(told.steps.map(({ id }) => id)).toEqual(['plannedServices', 'remainder']);
  });

  it('takes the tax of the plan off the tax of the invoice', () => {
    const besideRunning = [{ workload: 'shop', cost: exact('120') }];
    const told = steps({ actual: [paid(COMPUTE, '1200')], besideRunning, rate: exact('145') });
    expect([told.plan, told.actual]).toEqual(['165000', '191400']);
    expect(told.steps.map(({ id, amount }) => [id, amount])).toEqual([
      ['plannedServices', '24000'],
      ['creditsRefundsTaxSupport', '2400'],
      ['remainder', '0'],
    ]);
  });
});

describe('a plan and a bill in one currency', () => {
  it('know no exchange rate: what was paid stays what was paid', () => {
    const plan = planOf([{ serviceName: COMPUTE, expectedMonthlyCost: '1000' }]);
    const told = bridgeOver({
      currency: 'USD',
      planningRate: null,
      months: [monthOf(plan, { actual: [paid(COMPUTE, '1200')], rate: exact('150') })],
    });
    expect([told.actual, told.steps.map(({ id }) => id)]).toEqual(['1200.00', ['plannedServices', 'remainder']]);
  });
});

describe('what a plan may say', () => {
  it('must name its tax, and figures that agree with each other', () => {
    const wrong = (lines: object[], more: object) =>
      PlanFile.safeParse({ ...planOf([]), waves: planOf(lines).waves, ...more }).success;
    expect(wrong([], { taxIncluded: true })).toBe(false);
    expect(wrong([], { taxIncluded: true, taxPercent: '10' })).toBe(true);
    const line = { serviceName: COMPUTE, usageType: 'BoxUsage:*', quantity: '730', unitPrice: '0.10', discountRate: '0.3' };
    expect(() => planOf([{ ...line, expectedMonthlyCost: '73' }])).toThrow(/quantity x unitPrice/);
    expect(() => planOf([{ ...line, expectedMonthlyCost: '51' }])).not.toThrow();
  });

  it('grows over the ramp by the same step each day', () => {
    const plan = planOf([{ expectedMonthlyCost: '310' }], {}, { cutOver: '2026-10-01', rampDays: 9 });
    expect(expectedIn(plan, '2026-10')[0]?.cost.toFixed()).toBe('265');
    expect(expectedIn(plan, '2026-09')[0]?.cost.toFixed()).toBe('0');
    expect(expectedIn(plan, '2026-11')[0]?.cost.toFixed()).toBe('310');
  });
});
