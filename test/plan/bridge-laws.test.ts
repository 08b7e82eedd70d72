import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionDigits } from '../../src/kernel/locale.ts';
import { Exact, exact } from '../../src/kernel/money.ts';
import type { ActualCost, ActualUsage, Waste } from '../../src/plan/bridge.ts';
import { type BridgeInput, type BridgeMonth, bridgeOver, onlyWorkload } from '../../src/plan/bridge-sum.ts';
import { expectedIn } from '../../src/plan/expected.ts';
import { Plan } from '../../src/plan/plan.ts';

const RUNS = Number(process.env.LAW_RUNS ?? 10_000);
const WORKLOADS = ['shop', 'pos', 'dwh'];
const SERVICES = ['Amazon Elastic Compute Cloud - Compute', 'AWS Lambda', 'Amazon Simple Storage Service'];
const KINDS = ['BoxUsage:m5.large', 'BoxUsage:r5.large', 'Lambda-GB-Second'];

/** Up to ten decimals, as bills have them; negative for refunds. */
const money = fc
  .tuple(fc.integer({ min: -2_000_000, max: 9_000_000 }), fc.integer({ min: 0, max: 9_999_999_999 }))
  .map(([whole, part]) => exact(`${whole}.${String(part).padStart(10, '0')}`));
const positive = money.map((amount) => amount.abs());
const rate = fc.integer({ min: 80_00, max: 200_00 }).map((hundredths) => new Exact(hundredths).div(100));

/** From one figure for a workload up to every column. */
const line = fc.record({
  serviceName: fc.option(fc.constantFrom(...SERVICES)),
  kind: fc.constantFrom('aws', 'aws', 'aws', 'oneOff', 'reserve', 'operations'),
  expectedMonthlyCost: money.map((amount) => amount.toFixed()),
  usageType: fc.option(fc.constantFrom(...KINDS, 'BoxUsage:*')),
  quantity: fc.option(positive.map((amount) => amount.toFixed())),
  discountRate: fc.option(fc.constantFrom('0', '0.28', '0.5')),
});
const plan = fc
  .record({
    taxIncluded: fc.boolean(),
    waves: fc.array(
      fc.record({
        name: fc.constantFrom('wave 1', 'wave 2'),
        cutOver: fc.constantFrom('2025-12-01', '2026-01-31', '2026-02-01', '2026-02-15', '2026-03-01', '2026-12-01'),
        rampDays: fc.constantFrom(0, 1, 20, 366),
        workloads: fc.array(
          fc.record({
            name: fc.constantFrom(...WORKLOADS),
            matches: fc.constant({}),
            lines: fc.array(line, { maxLength: 4 }),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
  })
  .map((drawn) => Plan.parse({ name: 'generated', currency: 'JPY', planningRate: '145', taxPercent: '10', ...drawn }));

const where = {
  workload: fc.option(fc.constantFrom(...WORKLOADS)),
  serviceName: fc.constantFrom(...SERVICES),
};
const actual: fc.Arbitrary<ActualCost> = fc.record({ ...where, cost: money, costBeforeCutOver: money });
const usage: fc.Arbitrary<ActualUsage> = fc.record({
  workload: fc.constantFrom(...WORKLOADS),
  serviceName: fc.constantFrom(...SERVICES),
  meterKind: fc.constantFrom(...KINDS),
  quantity: positive,
  effectiveCost: money,
  onDemandCost: fc.option(money),
});
const waste: fc.Arbitrary<Waste> = fc.record({
  ...where,
  kind: fc.constantFrom('idle', 'oversized', 'alwaysOn', 'parallelRun', 'licences'),
  cost: positive,
  recommendationId: fc.constantFrom('a', 'b', 'c'),
});

const input: fc.Arbitrary<BridgeInput> = fc
  .record({
    plan,
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
    planningRate: fc.option(rate),
    months: fc.array(
      fc.record({
        month: fc.constantFrom('2026-01', '2026-02', '2026-03'),
        besideRunning: fc.option(fc.array(fc.record({ workload: where.workload, cost: money }), { maxLength: 3 })),
        rate: fc.option(rate),
        actual: fc.array(actual, { maxLength: 5 }),
        usage: fc.array(usage, { maxLength: 4 }),
        wastes: fc.array(waste, { maxLength: 4 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ plan: drawn, months, ...rest }) => ({
    ...rest,
    // A month may be missing, and a rate where both are one currency is without meaning.
    months: months.map((month): BridgeMonth => ({ ...month, expected: expectedIn(drawn, month.month) })),
  }));

const sum = (amounts: readonly (string | Exact)[]): Exact =>
  amounts.reduce((total: Exact, amount) => total.plus(amount), new Exact(0));

describe('the bridge, whatever the plan says and whatever the bill was', () => {
  it('leads from plan to actual to the last minor unit', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { plan: from, actual: to, currency, steps } = bridgeOver(given);
        expect(sum([from, ...steps.map(({ amount }) => amount)]).toFixed()).toBe(exact(to).toFixed());
        for (const { amount } of steps) expect(exact(amount).decimalPlaces()).toBeLessThanOrEqual(fractionDigits(currency));
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves the remainder nothing but what rounding leaves', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { currency, steps } = bridgeOver(given);
        const unit = new Exact(10).pow(-fractionDigits(currency));
        const remainder = exact(steps.find(({ id }) => id === 'remainder')?.amount ?? 'NaN');
        expect(remainder.abs().lte(unit.mul(steps.length + 1).div(2))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('opens every step to pieces that sum to it', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const { id, amount, parts } of bridgeOver(given).steps) {
          if (id === 'remainder') continue;
          const pieces = sum(parts.map((part) => part.amount)).toDecimalPlaces(fractionDigits(given.currency));
          expect(pieces.eq(amount)).toBe(true);
        }
      }),
      { numRuns: RUNS / 5 },
    );
  });

  it('explains with waste no more than a planned service cost', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const month of given.months) {
          const { steps } = bridgeOver({ ...given, planningRate: null, months: [month] });
          const wastes = steps.filter(({ id }) => id === 'idle' || id === 'oversized' || id === 'alwaysOn');
          const wasted = sum(wastes.flatMap(({ parts }) => parts.map(({ amount }) => amount)));
          const paid = sum(month.actual.map(({ cost }) => cost.abs())).plus(
            sum(month.actual.map((item) => item.costBeforeCutOver.abs())),
          );
          expect(wasted.lte(paid.plus('0.000001'))).toBe(true);
        }
      }),
      { numRuns: RUNS / 5 },
    );
  });

  it('does not depend on the order of the facts', () => {
    fc.assert(
      fc.property(input, (given) => {
        const turned = given.months.map((month) => ({
          ...month,
          actual: month.actual.toReversed(),
          wastes: month.wastes.toReversed(),
        }));
        const amounts = (months: readonly BridgeMonth[]) =>
          bridgeOver({ ...given, months }).steps.map(({ id, amount }) => [id, amount]);
        expect(amounts(turned)).toEqual(amounts(given.months));
      }),
      { numRuns: RUNS / 5 },
    );
  });

  it('is the sum of its workloads and of what no workload has', () => {
    fc.assert(
      fc.property(input, (given) => {
        const running = given.months.map((month) => ({ ...month, besideRunning: null, rate: null }));
        const whole = bridgeOver({ ...given, planningRate: null, months: running });
        const names = new Set(
          running.flatMap(({ expected, actual: own }) => [...expected, ...own].map(({ workload }) => workload)),
        );
        const each = [...names].map((name) =>
          bridgeOver({
            ...given,
            planningRate: null,
            months: running.map((month) =>
              name === null
                ? { ...month, expected: [], actual: month.actual.filter(({ workload }) => workload === null) }
                : onlyWorkload(month, name),
            ),
          }),
        );
        const unit = new Exact(10).pow(-fractionDigits(given.currency));
        const difference = sum(each.map((one) => exact(one.actual).minus(one.plan))).minus(exact(whole.actual).minus(whole.plan));
        expect(difference.abs().lte(unit.mul(names.size + 1))).toBe(true);
      }),
      { numRuns: RUNS / 5 },
    );
  });
});
