import { describe, expect, it } from 'vitest';
import { s3BucketClassTooCold } from '../../../../src/advice/detectors/storage/s3-bucket-class-too-cold.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.s3, meterKind, usageQuantity, billedCost });
/** 1,500 GB in Standard-IA cost 20.70 a month, and 37.50 in Standard. */
const stored = line('TimedStorage-SIA-ByteHrs', '50', '0.69');
const read = (costPerDay: string, thresholds?: unknown) =>
  judged(s3BucketClassTooCold, { resource: { lines: [...stored, ...line('Retrieval-SIA', '100', costPerDay)] }, thresholds });

describe('S3 bucket class too cold', () => {
  it('holds all that the class charges against the same bytes in Standard', () => {
    const { savings, effect } = findingOf(judged(s3BucketClassTooCold));
    // 20.70 + 60.83 + 8.40 less 37.50.
    expect(Number(savings.expected)).toBeCloseTo(52.43, 2);
    expect(savings.low).toBe(savings.expected);
    expect(effect).toMatchObject({ component: 'storage', monthlyCost: '89.928333' });
  });

  it('leaves it alone as long as the class is cheaper, retrieval and all', () => {
    // 16.80 a month are between the two classes.
    expect(read('0.55')).toEqual({ kind: 'healthy' });
    expect(read('0.6').kind).toBe('finding');
    expect(read('0.6', { minimumMonthlySavings: 10 })).toEqual({ kind: 'healthy' });
    expect(judged(s3BucketClassTooCold, { resource: { lines: stored } })).toEqual({ kind: 'healthy' });
  });

  it('counts small objects as bytes in the careful figure, and as padding in the other', () => {
    const lines = [...stored, ...line('TimedStorage-SIA-SmObjects', '100', '1.38'), ...line('Retrieval-SIA', '400', '4')];
    const { savings, evidence } = findingOf(judged(s3BucketClassTooCold, { resource: { lines } }));
    expect(Number(savings.high) - Number(savings.expected)).toBeCloseTo(75, 4);
    expect(evidence.storedGigabytes).toBe('1500');
  });

  it('gives Standard the discount that is seen on the class', () => {
    const half = [...line('TimedStorage-SIA-ByteHrs', '50', '0.345'), ...line('Retrieval-SIA', '200', '1')];
    const { evidence } = findingOf(judged(s3BucketClassTooCold, { resource: { lines: half } }));
    expect(evidence.targetMonthlyCost).toBe('18.75');
  });

  it('asks for the prices of One Zone where that is what costs', () => {
    const lines = [...line('TimedStorage-ZIA-ByteHrs', '50', '0.55'), ...line('Retrieval-ZIA', '300', '3')];
    expect(judged(s3BucketClassTooCold, { resource: { lines } })).toEqual({ kind: 'unknown', missing: ['prices.notAsked'] });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(s3BucketClassTooCold, { resource: { regionId: 'mars-north-1' } })).toMatchObject({ missing: ['regionPrefix'] });
  });
});
