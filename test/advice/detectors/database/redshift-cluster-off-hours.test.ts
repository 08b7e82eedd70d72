import { describe, expect, it } from 'vitest';
import { redshiftClusterOffHours } from '../../../../src/advice/detectors/database/redshift-cluster-off-hours.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (usageQuantity: string, meterKind = 'Node:ra3.xlplus') =>
  dailyLines({ serviceName: SERVICE.redshift, meterKind, usageQuantity, billedCost: '61.44' });
const development = (change: Parameters<typeof judged>[1] = {}) =>
  judged(redshiftClusterOffHours, {
    ...change,
    resource: { tags: [{ key: 'Environment', value: 'development' }], ...change.resource },
  });

describe('Redshift cluster off hours', () => {
  it('finds a cluster for tests that is never paused, and counts its nodes alone', () => {
    const both = [...lines('48'), ...lines('100', 'RMS:ra3.xlplus')];
    const finding = findingOf(development({ resource: { lines: both } }));
    expect(finding.effect).toMatchObject({ component: 'hours', monthlyCost: '1868.8' });
    expect(Number(finding.savings.expected)).toBeCloseTo(1868.8 * 0.72, -2);
  });

  it('leaves one alone whose hours are no whole number of nodes for a day', () => {
    expect(development({ resource: { lines: lines('26') } })).toEqual({ kind: 'healthy' });
    expect(development({ resource: { lines: lines('72') } }).kind).toBe('finding');
  });

  it('leaves one alone that is paused at weekends', () => {
    const paused = lines('48').filter(({ day }) => day !== '2026-11-14' && day !== '2026-11-15');
    expect(development({ resource: { lines: paused } })).toEqual({ kind: 'healthy' });
  });

  it('leaves production alone, and cannot tell where nobody said', () => {
    expect(development({ hearing: { environment: 'production' } })).toEqual({ kind: 'notApplicable', because: 'production' });
    expect(judged(redshiftClusterOffHours)).toEqual({ kind: 'unknown', missing: ['environmentUnknown'] });
  });

  it('takes the look-back of a tenant, and cannot tell beyond the days that we hold', () => {
    expect(development({ thresholds: { lookbackDays: 28 } }).kind).toBe('finding');
    expect(development({ thresholds: { lookbackDays: 90 } })).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });
});
