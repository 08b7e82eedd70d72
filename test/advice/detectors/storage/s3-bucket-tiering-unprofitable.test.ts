import { describe, expect, it } from 'vitest';
import { s3BucketTieringUnprofitable } from '../../../../src/advice/detectors/storage/s3-bucket-tiering-unprofitable.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.s3, meterKind, usageQuantity, billedCost });
/** 900 GB, of which `cold` GB lie in the infrequent tier and cost 0.0112 less. */
const tiered = (cold: number, monitoringPerDay: string) => [
  ...line('TimedStorage-INT-FA-ByteHrs', String((900 - cold) / 30), String(((900 - cold) * 0.025) / 30)),
  ...line('TimedStorage-INT-IA-ByteHrs', String(cold / 30), String((cold * 0.0138) / 30)),
  ...line('Monitoring-Automation-INT', '20000', monitoringPerDay),
];

describe('S3 bucket tiering unprofitable', () => {
  it('holds tiers and fee against Standard; objects may still age, so nothing is sure', () => {
    const { savings, effect } = findingOf(judged(s3BucketTieringUnprofitable));
    expect(savings).toEqual({ low: '0', expected: '151.075333', high: '151.075333' });
    expect(effect.component).toBe('storage');
  });

  it('leaves it alone where the colder tier earns the fee, and finds it just below', () => {
    // 600 GB colder save 6.72; the fee is a month of 30.42 days.
    expect(judged(s3BucketTieringUnprofitable, { resource: { lines: tiered(600, '0.2') } })).toEqual({ kind: 'healthy' });
    expect(judged(s3BucketTieringUnprofitable, { resource: { lines: tiered(600, '0.26') } }).kind).toBe('finding');
    const strict = { minimumMonthlySavings: 5 };
    expect(judged(s3BucketTieringUnprofitable, { resource: { lines: tiered(600, '0.26') }, thresholds: strict })).toEqual({
      kind: 'healthy',
    });
  });

  it('leaves buckets without tiering alone', () => {
    const lines = line('TimedStorage-ByteHrs', '30', '0.75');
    expect(judged(s3BucketTieringUnprofitable, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(s3BucketTieringUnprofitable, { resource: { regionId: 'mars-north-1' } })).toMatchObject({
      missing: ['regionPrefix'],
    });
  });
});
