import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeUsageUncovered } from '../../../../src/advice/detectors/commitments/compute-usage-uncovered.ts';
import { instancePrice } from '../../../../src/advice/detectors/shared/ec2.ts';
import { viewOf } from '../../../../src/advice/snapshot-view.ts';
import type { MeterSeries, Snapshot } from '../../../../src/ledger/snapshot.ts';
import { aMeterSeries, anAccount, aPrice, aSnapshot } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const meters = (...onDemandMeters: MeterSeries[]) => ({ snapshot: (): Partial<Snapshot> => ({ onDemandMeters }) });
const daily = (costs: readonly number[]): MeterSeries => {
  const series = aMeterSeries();
  return {
    ...series,
    days: series.days.map((item, index) => {
      const cost = costs[index % costs.length] ?? 0;
      return { ...item, usageQuantity: String(cost / 0.124), billedCost: String(cost), effectiveCost: String(cost) };
    }),
  };
};

describe('compute usage uncovered', () => {
  it('proposes a first tranche of what is there nearly every day', () => {
    const finding = findingOf(judged(computeUsageUncovered));
    expect(finding.evidence).toMatchObject({ hourlySteadyCost: '1.24', hourlyCommitment: '0.693', tranchePercent: 70 });
    expect(finding.effect).toEqual({ component: 'commitment', monthlyCost: '633.64' });
    expect(finding.savings).toEqual({ low: '64.386', expected: '127.75', high: '127.75' });
    expect(finding.confidence.because).toEqual(['dailyDataOnly', 'rateEstimated']);
    expect(finding.priceBasis).toBe('derived');
  });

  it('sizes on the quiet days, not on the mean', () => {
    // One day in six is quiet: more than the tenth that is left out.
    const finding = findingOf(judged(computeUsageUncovered, meters(daily([240, 240, 240, 240, 240, 24]))));
    expect(finding.evidence.hourlySteadyCost).toBe('1');
  });

  it('leaves a single quiet day out, since nine days out of ten decide', () => {
    const costs = Array.from({ length: 30 }, (_, index) => (index === 7 ? 0 : 48));
    expect(findingOf(judged(computeUsageUncovered, meters(daily(costs)))).evidence.hourlySteadyCost).toBe('2');
  });

  it('proposes nothing below 0.10 an hour, and something from there', () => {
    expect(judged(computeUsageUncovered, meters(daily([2.39])))).toEqual({ kind: 'healthy' });
    expect(judged(computeUsageUncovered, meters(daily([2.4]))).kind).toBe('finding');
  });

  it('proposes nothing where all usage comes and goes, or nothing is left', () => {
    expect(judged(computeUsageUncovered, meters(daily([0, 48])))).toEqual({ kind: 'healthy' });
    expect(judged(computeUsageUncovered, meters())).toEqual({ kind: 'healthy' });
  });

  it('judges what the other advice leaves, not what the bill shows', () => {
    const snapshot = aSnapshot({ onDemandMeters: [daily([48])] });
    const [group] = [...(computeUsageUncovered.select?.(viewOf(snapshot)) ?? [])];
    if (!group) throw new Error('one group');
    expect(computeUsageUncovered.judges).toBe('stackedUsage');
    expect(computeUsageUncovered.evaluate(group, viewOf(snapshot, [])).kind).toBe('healthy');
  });

  it('does not cover Spot, traffic or other services', () => {
    const others = ['SpotUsage:m5.large', 'DataTransfer-Out-Bytes', 'EBSOptimized:m5.large'].map((meterKind) =>
      aMeterSeries({ meterKind, dailyCost: '100' }),
    );
    expect(judged(computeUsageUncovered, meters(...others))).toEqual({ kind: 'healthy' });
  });

  it('cannot tell with less than 30 settled days', () => {
    const snapshot = ({ spendWindow, settledUntil }: Snapshot) => ({
      spendWindow: { ...spendWindow, start: '2026-10-23', end: settledUntil },
    });
    expect(judged(computeUsageUncovered, { snapshot })).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });

  it('cannot tell where the usage of an account of the group could not be read', () => {
    const snapshot = ({ coverage }: Snapshot): Partial<Snapshot> => ({
      coverage: coverage.map((item) => (item.fact === 'usageByAccount' ? { ...item, state: 'failed' } : item)),
    });
    expect(judged(computeUsageUncovered, { snapshot })).toEqual({ kind: 'unknown', missing: ['usageByAccount.failed'] });
  });

  it('leaves usage uncovered whose price is not known, up to a fifth', () => {
    const unknown = (dailyCost: string) => aMeterSeries({ meterKind: 'BoxUsage:z9.large', dailyCost });
    const change = (dailyCost: string) => meters(daily([48]), unknown(dailyCost));
    const finding = findingOf(judged(computeUsageUncovered, change('12')));
    expect(finding.evidence).toMatchObject({ pricedPercent: '80', hourlySteadyCost: '2' });
    expect(judged(computeUsageUncovered, change('13'))).toEqual({ kind: 'unknown', missing: ['prices.notAsked'] });
  });

  it('saves on Windows what it saves on Linux: the licence is not discounted', () => {
    const linux = aMeterSeries({ dailyCost: '2.976' });
    const windows = aMeterSeries({ dailyCost: '5.184' });
    const tenOf = (series: MeterSeries): MeterSeries => ({
      ...series,
      days: series.days.map((item) => ({
        ...item,
        usageQuantity: '240',
        billedCost: String(Number(item.billedCost) * 10),
      })),
    });
    const savings = [linux, windows].map((series) =>
      Number(findingOf(judged(computeUsageUncovered, meters(tenOf(series)))).savings.expected),
    );
    expect(savings[0]).toBeCloseTo(127.75, 4);
    expect(savings[1]).toBeCloseTo(127.75, 4);
  });

  it('never pools accounts that do not share, and names each group once by its payer', () => {
    const accounts = [
      anAccount({ accountId: ACCOUNT, sharingGroupId: ACCOUNT }),
      anAccount({ accountId: '777788889999', sharingGroupId: ACCOUNT }),
      anAccount({ accountId: OTHER, sharingGroupId: null }),
    ];
    const view = viewOf(aSnapshot({ accounts, onDemandMeters: [{ ...daily([48]), accountId: OTHER }] }));
    const groups = [...(computeUsageUncovered.select?.(view) ?? [])];
    expect(groups.map(({ accountId }) => accountId)).toEqual([ACCOUNT, OTHER]);
    expect(groups.map((group) => computeUsageUncovered.pricesNeeded(group, view).length)).toEqual([0, 2]);
  });

  it('takes the smaller tranche of a tenant, and refuses a larger one', () => {
    const finding = findingOf(judged(computeUsageUncovered, { thresholds: { tranchePercent: 35 } }));
    expect(Number(finding.savings.expected)).toBeCloseTo(127.75 / 2, 4);
    expect(() => judged(computeUsageUncovered, { thresholds: { tranchePercent: 71 } })).toThrow(/tranchePercent/);
  });

  it('never covers more than the group uses, and never promises more than the discount on it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 30, maxLength: 30 }),
        fc.integer({ min: 1, max: 123 }),
        (costs, reserved) => {
          const machine = { regionId: 'ap-northeast-1', instanceType: 'm5.large', operatingSystem: 'Linux' };
          const prices = [
            aPrice(instancePrice(machine), '0.124'),
            aPrice(instancePrice(machine, 'reserved1yNoUpfrontConvertible'), String(reserved / 1000)),
          ];
          const outcome = judged(computeUsageUncovered, { snapshot: () => ({ onDemandMeters: [daily(costs)], prices }) });
          if (outcome.kind !== 'finding') return;
          const used = (costs.reduce((sum, cost) => sum + cost, 0) / 30 / 24) * 730;
          expect(Number(outcome.effect.monthlyCost)).toBeLessThanOrEqual(used * 0.7 + 1e-6);
          expect(Number(outcome.savings.high)).toBeLessThanOrEqual(Number(outcome.effect.monthlyCost));
        },
      ),
      { numRuns: 60 },
    );
  });
});
