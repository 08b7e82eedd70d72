import { describe, expect, it } from 'vitest';
import { s3BucketReducedRedundancy } from '../../../../src/advice/detectors/storage/s3-bucket-reduced-redundancy.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';

const standardAt = (amountPerUnit: string) => (snapshot: Snapshot) => ({
  prices: snapshot.prices.map((price) => {
    const isStandard = price.question.attributes.usagetype?.endsWith('TimedStorage-ByteHrs');
    return isStandard && price.answer.kind === 'price' ? { ...price, answer: { ...price.answer, amountPerUnit } } : price;
  }),
});

describe('S3 bucket reduced redundancy', () => {
  it('saves what Standard is cheaper by', () => {
    const { savings, effect } = findingOf(judged(s3BucketReducedRedundancy));
    expect(savings).toEqual({ low: '8.4', expected: '8.4', high: '8.4' });
    expect(effect.component).toBe('storage');
  });

  it('leaves it alone where the price list says otherwise, up to the limit of a tenant', () => {
    expect(judged(s3BucketReducedRedundancy, { snapshot: standardAt('0.0264') })).toEqual({ kind: 'healthy' });
    expect(judged(s3BucketReducedRedundancy, { snapshot: standardAt('0.03') })).toEqual({ kind: 'healthy' });
    expect(judged(s3BucketReducedRedundancy, { thresholds: { minimumSavingsPercent: 5 } }).kind).toBe('finding');
    expect(judged(s3BucketReducedRedundancy, { thresholds: { minimumSavingsPercent: 6 } })).toEqual({ kind: 'healthy' });
  });

  it('leaves Standard alone', () => {
    const lines = dailyLines({
      serviceName: SERVICE.s3,
      meterKind: 'TimedStorage-ByteHrs',
      usageQuantity: '200',
      billedCost: '5',
    });
    expect(judged(s3BucketReducedRedundancy, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(s3BucketReducedRedundancy, { resource: { regionId: 'mars-north-1' } })).toMatchObject({
      missing: ['regionPrefix'],
    });
  });
});
