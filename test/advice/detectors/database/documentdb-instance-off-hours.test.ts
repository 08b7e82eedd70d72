import { describe, expect, it } from 'vitest';
import { documentdbInstanceOffHours } from '../../../../src/advice/detectors/database/documentdb-instance-off-hours.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (usageQuantity: string, meterKind = 'InstanceUsage:db.r6g.large') =>
  dailyLines({ serviceName: SERVICE.documentDb, meterKind, usageQuantity, billedCost: '7.56' });
const development = (change: Parameters<typeof judged>[1] = {}) =>
  judged(documentdbInstanceOffHours, {
    ...change,
    resource: { tags: [{ key: 'Environment', value: 'development' }], ...change.resource },
  });

describe('DocumentDB instance off hours', () => {
  it('finds an instance for tests that never rests', () => {
    const finding = findingOf(development());
    expect(finding.effect).toMatchObject({ component: 'hours', monthlyCost: '229.95' });
  });

  it('leaves one alone that rests at night or on a day', () => {
    expect(development({ resource: { lines: lines('13') } })).toEqual({ kind: 'healthy' });
    const rested = lines('24').filter(({ day }) => day !== '2026-11-15');
    expect(development({ resource: { lines: rested } })).toEqual({ kind: 'healthy' });
  });

  it('is not for the cluster, which bills storage and operations', () => {
    expect(development({ resource: { lines: lines('100', 'StorageUsage') } })).toEqual({
      kind: 'notApplicable',
      because: 'noInstanceHours',
    });
  });

  it('leaves production alone, and cannot tell where nobody said', () => {
    expect(development({ hearing: { environment: 'production' } })).toEqual({ kind: 'notApplicable', because: 'production' });
    expect(judged(documentdbInstanceOffHours)).toEqual({ kind: 'unknown', missing: ['environmentUnknown'] });
  });

  it('takes the margin of a tenant', () => {
    const saved = (marginHours: number) => Number(findingOf(development({ thresholds: { marginHours } })).savings.expected);
    expect(saved(0)).toBeGreaterThan(saved(3));
  });
});
