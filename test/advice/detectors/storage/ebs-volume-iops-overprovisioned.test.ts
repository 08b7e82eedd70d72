import { describe, expect, it } from 'vitest';
import { ebsVolumeIopsOverprovisioned } from '../../../../src/advice/detectors/storage/ebs-volume-iops-overprovisioned.ts';
import { dailyLines, EXAMPLE_AS_OF } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged, notEnrolled } from '../support.ts';

const measured = (readWriteOperationsPerSecondMaximum: number) =>
  ({ source: 'ComputeOptimizer', lookbackDays: 14, asOf: EXAMPLE_AS_OF, readWriteOperationsPerSecondMaximum }) as const;
const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });

describe('EBS volume IOPS overprovisioned', () => {
  it('keeps room above the peak, twice of it in the careful figure', () => {
    const { savings, evidence, effect } = findingOf(judged(ebsVolumeIopsOverprovisioned));
    expect(evidence).toMatchObject({ provisionedIops: 12_000, measuredIops: 2400, targetIops: 3200 });
    expect([savings.low, savings.expected, savings.high].map(Number)).toEqual([43.2, 52.8, 54]);
    expect(effect.component).toBe('iops');
  });

  it('leaves it alone where little would go, and finds it just above', () => {
    // 12,000 provisioned, 9,000 of them paid for: 10 % of these are 900.
    expect(judged(ebsVolumeIopsOverprovisioned, { resource: { utilization: measured(8600) } })).toMatchObject({
      kind: 'healthy',
    });
    expect(judged(ebsVolumeIopsOverprovisioned, { resource: { utilization: measured(8500) } }).kind).toBe('finding');
    const strict = { minimumSavingsPercent: 98 };
    expect(judged(ebsVolumeIopsOverprovisioned, { thresholds: strict }).kind).toBe('healthy');
  });

  it('keeps the operations that the throughput of gp3 needs', () => {
    // 1,000 MiB/s need 4,000 operations a second.
    const lines = [
      ...line('EBS:VolumeP-IOPS.gp3', '300', '1.8'),
      ...line('EBS:VolumeP-Throughput.gp3', String(875 / 1024 / 30), '1.4'),
    ];
    const { evidence } = findingOf(judged(ebsVolumeIopsOverprovisioned, { resource: { lines, utilization: measured(500) } }));
    expect(evidence.targetIops).toBe(4000);
  });

  it('takes the upper tier of io2 away first', () => {
    // 32,000 at 0.065 and 8,000 at 0.0455 for 30 days.
    const lines = [
      ...line('EBS:VolumeP-IOPS.io2', String(32_000 / 30), String((32_000 * 0.065) / 30)),
      ...line('EBS:VolumeP-IOPS.io2.tier2', String(8_000 / 30), String((8_000 * 0.0455) / 30)),
    ];
    const { savings, evidence } = findingOf(
      judged(ebsVolumeIopsOverprovisioned, { resource: { lines, utilization: measured(20_000) } }),
    );
    expect(evidence).toMatchObject({ volumeType: 'io2', provisionedIops: 40_000, targetIops: 26_000 });
    expect(Number(savings.expected)).toBeCloseTo(8_000 * 0.0455 + 6_000 * 0.065, 1);
    expect(Number(savings.low)).toBe(0);
  });

  it('leaves io1 to its own rule, and gp3 without bought operations alone', () => {
    for (const kind of ['EBS:VolumeP-IOPS.piops', 'EBS:VolumeUsage.gp3']) {
      expect(judged(ebsVolumeIopsOverprovisioned, { resource: { lines: line(kind, '300', '1.8') } })).toEqual({
        kind: 'healthy',
      });
    }
  });

  it('cannot tell where nothing was measured', () => {
    expect(judged(ebsVolumeIopsOverprovisioned, { resource: { utilization: null } })).toEqual({
      kind: 'unknown',
      missing: ['operationsNotMeasured'],
    });
    expect(judged(ebsVolumeIopsOverprovisioned, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
  });

  it('leaves the second site alone, which is quiet until it is needed', () => {
    expect(judged(ebsVolumeIopsOverprovisioned, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });
});
