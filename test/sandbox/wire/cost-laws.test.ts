import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumExact } from '../../../src/kernel/money.ts';
import { amountText, tenBillionthsOf } from '../../../src/sandbox/wire/cost-explorer/amount.ts';
import { buildChargeTable } from '../../../src/sandbox/wire/cost-explorer/charge-table.ts';
import { addUp, type CostCells, METRICS } from '../../../src/sandbox/wire/cost-explorer/cost-cells.ts';
import { dimensionReaders } from '../../../src/sandbox/wire/cost-explorer/dimensions.ts';
import { ExactSums, WideColumn } from '../../../src/sandbox/wire/cost-explorer/exact-sums.ts';
import { resultPeriods } from '../../../src/sandbox/wire/cost-explorer/time-period.ts';
import { LEDGER, PAYER, SHOP, tinyEstate } from './tiny-estate.ts';

const PERIOD = { start: '2026-10-25', end: '2026-11-10' };
const NO_FAULTS = { added: [], hides: null };
/** Far beyond what a float holds exactly. */
const anyAmount = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 18n });

const anyLine = fc.record({
  accountId: fc.constantFrom(PAYER, SHOP, LEDGER),
  serviceName: fc.constantFrom('A', 'B', 'C'),
  usageType: fc.constantFrom('APN1-BoxUsage:m5.large', 'BoxUsage:t3.nano', 'NatGateway-Hours'),
  recordType: fc.constantFrom('Usage', 'Tax', 'SavingsPlanCoveredUsage'),
  resourceId: fc.constantFrom('i-1', 'i-2', null),
  from: fc.constantFrom('2026-10-01', '2026-10-31', '2026-11-03'),
  until: fc.constantFrom('2026-11-02', '2026-11-09', '2026-11-20'),
  unblendedCost: anyAmount,
  amortizedCost: anyAmount,
  netUnblendedCost: anyAmount,
  netAmortizedCost: anyAmount,
  usageQuantity: fc.bigInt({ min: 0n, max: 10n ** 17n }),
});

/** Per metric, the exact sum over all cells. */
function sumsOf(cells: CostCells): Record<string, string> {
  const values = Array.from(cells.cells, cells.metricsOf);
  return Object.fromEntries(
    METRICS.map((metric) => [metric, sumExact(values.map((value) => value[metric]?.Amount ?? '0')).toFixed()]),
  );
}

describe('the cost engine', () => {
  it('gives the same total by any grouping, in days and in months, to the last digit', async () => {
    const readers = dimensionReaders(tinyEstate());
    const keys = fc.subarray([...readers.keys()], { minLength: 0, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 12 }), keys, async (lines, groupBy) => {
        const table = await buildChargeTable(tinyEstate({ lines }));
        const ask = (granularity: 'DAILY' | 'MONTHLY', by: readonly string[]) =>
          sumsOf(
            addUp(table, NO_FAULTS, {
              periods: resultPeriods(PERIOD, granularity),
              metrics: METRICS,
              groupBy: by.map((key) => readers.get(key) ?? (() => 'never')),
              accepts: () => true,
            }),
          );
        const total = ask('MONTHLY', []);
        expect(ask('DAILY', groupBy)).toEqual(total);
        expect(ask('MONTHLY', groupBy)).toEqual(total);
      }),
      { numRuns: 40 },
    );
  });

  it('splits a total into what a filter takes and what it leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 12 }), fc.constantFrom('A', 'B', 'nothing'), async (lines, wanted) => {
        const table = await buildChargeTable(tinyEstate({ lines }));
        const ask = (accepts: (serviceName: string) => boolean) =>
          sumsOf(
            addUp(table, NO_FAULTS, {
              periods: [PERIOD],
              metrics: METRICS,
              groupBy: [],
              accepts: (series) => accepts(series.serviceName),
            }),
          );
        const [all, taken, left] = [ask(() => true), ask((name) => name === wanted), ask((name) => name !== wanted)];
        const joined = METRICS.map((metric) => [metric, sumExact([taken[metric] ?? '', left[metric] ?? '']).toFixed()]);
        expect(Object.fromEntries(joined)).toEqual(all);
      }),
      { numRuns: 40 },
    );
  });
});

describe('exact sums', () => {
  it('add any 64-bit numbers as whole numbers', () => {
    const any64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(fc.array(any64, { maxLength: 50 }), (values) => {
        const column = new WideColumn(values.length);
        const sums = new ExactSums(1);
        for (const [index, value] of values.entries()) {
          column.set(index, value);
          sums.add(0, column.high(index), column.low(index));
        }
        expect(sums.total(0)).toBe(values.reduce((sum, value) => sum + value, 0n));
      }),
    );
  });

  it('carry the low halves over before they lose a digit', () => {
    const column = new WideColumn(1);
    column.set(0, 2n ** 32n - 1n);
    const sums = new ExactSums(1);
    const times = 2 ** 21 + 3;
    for (let n = 0; n < times; n++) sums.add(0, column.high(0) * 1024, column.low(0) * 1024);
    expect(sums.total(0)).toBe((2n ** 32n - 1n) * 1024n * BigInt(times));
  });

  it('refuse a number that does not fit, instead of wrapping it', () => {
    expect(() => new WideColumn(1).set(0, 2n ** 63n)).toThrow(RangeError);
  });
});

describe('amounts', () => {
  it.each([
    [0n, '0'],
    [1n, '0.0000000001'],
    [-1n, '-0.0000000001'],
    [33_000_000_000n, '3.3'],
    [-12_345_678_901_234_567n, '-1234567.8901234567'],
  ])('%s is written %s', (value, text) => {
    expect(amountText(value)).toBe(text);
  });

  it('are read as they are written', () => {
    const anyWritable = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(fc.property(anyWritable, (value) => tenBillionthsOf(amountText(value)) === value));
  });
});
