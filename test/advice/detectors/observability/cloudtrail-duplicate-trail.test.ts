import { describe, expect, it } from 'vitest';
import { cloudtrailDuplicateTrail } from '../../../../src/advice/detectors/observability/cloudtrail-duplicate-trail.ts';
import type { MeterMonth, Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const months = (change: (item: MeterMonth) => readonly MeterMonth[]) => (snapshot: Snapshot) => ({
  meterMonths: snapshot.meterMonths.flatMap(change),
});
const at = (billedCost: string, thresholds?: unknown) =>
  judged(cloudtrailDuplicateTrail, { snapshot: months((item) => [{ ...item, billedCost }]), thresholds });

describe('CloudTrail duplicate trail', () => {
  it('judges each account, by what the last closed month charged for further copies', () => {
    const { view } = exampleOf(cloudtrailDuplicateTrail);
    expect([...(cloudtrailDuplicateTrail.select?.(view) ?? [])]).toHaveLength(1);
    // 62.00 for 31 days.
    expect(findingOf(judged(cloudtrailDuplicateTrail)).savings).toEqual({ low: '0', expected: '60.833333', high: '60.833333' });
  });

  it('adds the regions of that month up, and leaves the month before aside', () => {
    const snapshot = months((item) => [
      item,
      { ...item, regionId: 'us-east-1' },
      { ...item, month: '2026-09', billedCost: '900' },
    ]);
    const { evidence } = findingOf(judged(cloudtrailDuplicateTrail, { snapshot }));
    expect(evidence).toMatchObject({ billedMonth: '2026-10', eventsMonthly: '6200000', monthlyCost: '121.666667' });
  });

  it('leaves it alone below the limit, and finds it at the limit', () => {
    expect(at('5').kind).toBe('healthy');
    expect(at('5.1').kind).toBe('finding');
    expect(at('5', { minimumMonthlySavings: 1 }).kind).toBe('finding');
  });

  it('leaves it alone where the copies ended before the last closed month, or are of data events', () => {
    const ended = months((item) => [
      { ...item, month: '2026-09' },
      { ...item, meterKind: 'FreeEventsRecorded', billedCost: '0' },
    ]);
    expect(judged(cloudtrailDuplicateTrail, { snapshot: ended })).toEqual({ kind: 'healthy' });
    const dataEvents = months((item) => [{ ...item, meterKind: 'DataEventsRecorded' }]);
    expect(judged(cloudtrailDuplicateTrail, { snapshot: dataEvents })).toEqual({ kind: 'healthy' });
  });

  it('says nothing of the number of events where the source gives none', () => {
    const snapshot = months((item) => [{ ...item, usageQuantity: null }]);
    expect(findingOf(judged(cloudtrailDuplicateTrail, { snapshot })).evidence.eventsMonthly).toBeNull();
  });

  it('cannot tell where no closed month was read', () => {
    const snapshot = ({ coverage }: Snapshot) => ({
      coverage: coverage.map((item) => (item.fact === 'monthlyUsage' ? { ...item, state: 'notPulled' as const } : item)),
    });
    expect(judged(cloudtrailDuplicateTrail, { snapshot })).toEqual({ kind: 'unknown', missing: ['monthlyUsage.notPulled'] });
  });
});
