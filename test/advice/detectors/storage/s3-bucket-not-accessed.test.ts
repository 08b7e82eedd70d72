import { describe, expect, it } from 'vitest';
import { s3BucketNotAccessed } from '../../../../src/advice/detectors/storage/s3-bucket-not-accessed.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost = '0') =>
  dailyLines({ serviceName: SERVICE.s3, meterKind, usageQuantity, billedCost });
const stored = line('TimedStorage-ByteHrs', '100', '2.5');
const asked = (requests: string, thresholds?: unknown, kind = 'Requests-Tier2') =>
  judged(s3BucketNotAccessed, { resource: { lines: [...stored, ...line(kind, requests)] }, thresholds });

describe('S3 bucket not accessed', () => {
  it('saves what Standard-IA is cheaper by, and nothing at least', () => {
    const { savings, effect, confidence } = findingOf(judged(s3BucketNotAccessed));
    expect(savings).toEqual({ low: '0', expected: '33.6', high: '33.6' });
    expect(effect).toMatchObject({ component: 'storage', monthlyCost: '75' });
    expect(confidence.because).toContain('objectSizes');
  });

  it('leaves it alone from the limit for requests on, whatever they ask for', () => {
    expect(asked('99.9').kind).toBe('finding');
    expect(asked('100')).toEqual({ kind: 'healthy' });
    expect(asked('100', undefined, 'Requests-Tier1')).toEqual({ kind: 'healthy' });
    expect(asked('500', { maximumRequestsPerDay: 1000 }).kind).toBe('finding');
  });

  it('leaves small buckets, and those that have other classes already, alone', () => {
    expect(judged(s3BucketNotAccessed, { resource: { lines: line('TimedStorage-ByteHrs', '1.6') } })).toEqual({
      kind: 'healthy',
    });
    const mixed = [...stored, ...line('TimedStorage-GIR-ByteHrs', '10', '0.05')];
    expect(judged(s3BucketNotAccessed, { resource: { lines: mixed } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back, nor in an unknown region', () => {
    const old = { firstBilledDay: '2026-01-01' };
    expect(judged(s3BucketNotAccessed, { thresholds: { lookbackDays: 90 }, resource: old })).toMatchObject({ kind: 'unknown' });
    expect(judged(s3BucketNotAccessed, { resource: { regionId: 'mars-north-1' } })).toMatchObject({ missing: ['regionPrefix'] });
  });
});
