import { describe, expect, it } from 'vitest';
import { ebsVolumeMagnetic } from '../../../../src/advice/detectors/storage/ebs-volume-magnetic.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { aVolume } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

/** 300 GiB at 0.08, and so many million operations a day at 0.08. */
const withOperations = (millions: string, thresholds?: unknown) => {
  const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
    dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });
  const operations = line('EBS:VolumeIOUsage', String(Number(millions) * 1_000_000), String(Number(millions) * 0.08));
  return judged(ebsVolumeMagnetic, {
    resource: { lines: [...line('EBS:VolumeUsage', '10', '0.8'), ...(millions === '0' ? [] : operations)] },
    thresholds,
  });
};

describe('EBS volume magnetic', () => {
  it('finds one whose operations cost more than gp3 is dearer by the GiB', () => {
    // 10 million a day are 24.33 a month; gp3 costs 4.80 more for the size.
    expect(Number(findingOf(withOperations('10')).savings.expected)).toBeCloseTo(19.53, 2);
    expect(findingOf(withOperations('10')).effect.component).toBe('storage');
  });

  it('leaves a quiet one alone, up to where both cost the same', () => {
    expect(withOperations('0')).toEqual({ kind: 'healthy' });
    expect(withOperations('1.95')).toEqual({ kind: 'healthy' });
    expect(withOperations('2.15').kind).toBe('finding');
  });

  it('leaves it alone below the limit of a tenant', () => {
    expect(withOperations('10', { minimumSavingsPercent: 40 }).kind).toBe('finding');
    expect(withOperations('10', { minimumSavingsPercent: 41 })).toEqual({ kind: 'healthy' });
  });

  it('does not take other types for magnetic', () => {
    for (const volumeType of ['gp2', 'gp3', 'st1', 'piops']) {
      expect(judged(ebsVolumeMagnetic, { resource: { lines: aVolume({ volumeType }).lines } })).toEqual({ kind: 'healthy' });
    }
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(ebsVolumeMagnetic, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
