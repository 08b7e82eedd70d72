import { describe, expect, it } from 'vitest';
import { s3BucketStagingLeft } from '../../../../src/advice/detectors/storage/s3-bucket-staging-left.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const staged = (gigabytesOn: (daysAgo: number) => number) =>
  dailyLines({ serviceName: SERVICE.s3, meterKind: 'TimedStorage-GlacierStaging', usageQuantity: '0', billedCost: '0' }).map(
    (line, index, all) => {
      const gigabyteMonths = gigabytesOn(all.length - 1 - index) / 30;
      const cost = (gigabyteMonths * 0.025).toFixed(10);
      return { ...line, usageQuantity: gigabyteMonths.toFixed(10), billedCost: cost, effectiveCost: cost };
    },
  );

describe('S3 bucket staging left', () => {
  it('finds what was there on every day', () => {
    expect(findingOf(judged(s3BucketStagingLeft)).savings).toEqual({ low: '0', expected: '15', high: '15' });
    expect(findingOf(judged(s3BucketStagingLeft)).effect.component).toBe('traffic');
  });

  it('takes the least of the days for what is left over; the rest comes and goes', () => {
    const lines = staged((ago) => (ago % 2 ? 400 : 1200));
    const { savings, evidence } = findingOf(judged(s3BucketStagingLeft, { resource: { lines } }));
    expect(evidence.stagedGigabytes).toBe('400');
    expect(Number(savings.expected)).toBeCloseTo(10, 0);
    expect(Number(savings.high)).toBeGreaterThan(18);
  });

  it('leaves one alone that was empty on a single day, or holds little', () => {
    expect(judged(s3BucketStagingLeft, { resource: { lines: staged((ago) => (ago === 3 ? 0 : 800)) } })).toEqual({
      kind: 'healthy',
    });
    expect(judged(s3BucketStagingLeft, { resource: { lines: staged(() => 39) } })).toEqual({ kind: 'healthy' });
    expect(judged(s3BucketStagingLeft, { resource: { lines: staged(() => 41) } }).kind).toBe('finding');
    expect(
      judged(s3BucketStagingLeft, { resource: { lines: staged(() => 39) }, thresholds: { minimumMonthlySavings: 0 } }).kind,
    ).toBe('finding');
  });

  it('cannot tell while the history is shorter than the look-back, and leaves the second site alone', () => {
    const old = { firstBilledDay: '2026-01-01' };
    expect(judged(s3BucketStagingLeft, { thresholds: { lookbackDays: 90 }, resource: old })).toMatchObject({ kind: 'unknown' });
    expect(judged(s3BucketStagingLeft, { hearing: { disasterRecoveryRole: 'standby' } })).toMatchObject({
      because: 'disasterRecoveryStandby',
    });
  });
});
