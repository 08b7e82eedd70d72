import { describe, expect, it } from 'vitest';
import { ebsVolumeIo1 } from '../../../../src/advice/detectors/storage/ebs-volume-io1.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { aVolume } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

/** 300 GiB, billed with so many operations a second on each day of November. */
const withIops = (iops: number, thresholds?: unknown) => {
  const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
    dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost }, { days: 20 });
  const lines = [
    ...line('EBS:VolumeUsage.piops', '10', '1.42'),
    ...line('EBS:VolumeP-IOPS.piops', String(iops / 30), String((iops * 0.074) / 30)),
  ];
  return judged(ebsVolumeIo1, { resource: { lines }, thresholds });
};

describe('EBS volume io1', () => {
  it('buys operations and throughput again on gp3, and leaves the throughput out at best', () => {
    const { savings, effect } = findingOf(withIops(6000));
    // 42.60 + 444.00 less 28.80 + 3,000 x 0.006 + 375/1,024 x 49.152.
    expect(Number(savings.expected)).toBeCloseTo(421.8, 2);
    expect(savings.low).toBe(savings.expected);
    expect(Number(savings.high)).toBeCloseTo(439.8, 2);
    expect(effect.component).toBe('storage');
  });

  it('needs no more than what gp3 includes for a small one', () => {
    const { evidence, savings } = findingOf(withIops(300));
    expect(evidence).toMatchObject({ provisionedIops: 300, targetIops: 3000, targetThroughputMibps: 125 });
    expect(savings.low).toBe(savings.high);
  });

  it('leaves it alone above the limit for operations, and judges it just at the limit', () => {
    expect(withIops(16_000).kind).toBe('finding');
    expect(withIops(16_010)).toEqual({ kind: 'notApplicable', because: 'moreIopsThanAllowed' });
    expect(withIops(16_010, { maximumIops: 20_000 }).kind).toBe('finding');
  });

  it('leaves it alone where gp3 is not cheaper by the limit of a tenant', () => {
    expect(withIops(6000, { minimumSavingsPercent: 86 }).kind).toBe('finding');
    expect(withIops(6000, { minimumSavingsPercent: 87 })).toEqual({ kind: 'healthy' });
  });

  it('leaves io2 and gp3 alone', () => {
    for (const volumeType of ['io2', 'gp3']) {
      expect(judged(ebsVolumeIo1, { resource: { lines: aVolume({ volumeType }).lines } })).toEqual({ kind: 'healthy' });
    }
  });

  it('says that gp3 is less steady, and that somebody called it critical', () => {
    const { confidence } = findingOf(judged(ebsVolumeIo1, { hearing: { criticality: 'high' } }));
    expect(confidence.because).toEqual(expect.arrayContaining(['steadyLatency', 'criticalWorkload']));
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(ebsVolumeIo1, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
