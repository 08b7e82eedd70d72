import { describe, expect, it } from 'vitest';
import { ebsFastSnapshotRestore } from '../../../../src/advice/detectors/storage/ebs-fast-snapshot-restore.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const restore = (hours: string, days = 30) =>
  dailyLines(
    { serviceName: SERVICE.ec2Other, meterKind: 'EBS:FastSnapshotRestore', usageQuantity: hours, billedCost: '21.6' },
    { days },
  );

describe('EBS fast snapshot restore', () => {
  it('finds one that is on in two zones all the time; only people can tell whether it is used', () => {
    const { savings, evidence, effect } = findingOf(judged(ebsFastSnapshotRestore));
    expect(savings).toEqual({ low: '0', expected: '1314', high: '1314' });
    expect(evidence.zones).toBe('2');
    expect(effect.component).toBe('iops');
  });

  it('leaves one alone that was off for a while on a single day', () => {
    expect(judged(ebsFastSnapshotRestore, { resource: { lines: restore('24') } }).kind).toBe('finding');
    expect(judged(ebsFastSnapshotRestore, { resource: { lines: restore('23.9') } })).toEqual({ kind: 'healthy' });
    expect(judged(ebsFastSnapshotRestore, { resource: { lines: restore('24', 5) } })).toEqual({ kind: 'healthy' });
    expect(judged(ebsFastSnapshotRestore, { resource: { lines: restore('24', 9) }, thresholds: { lookbackDays: 10 } }).kind).toBe(
      'finding',
    );
  });

  it('leaves the storage of snapshots alone', () => {
    const lines = dailyLines({
      serviceName: SERVICE.ec2Other,
      meterKind: 'EBS:SnapshotUsage',
      usageQuantity: '3',
      billedCost: '1',
    });
    expect(judged(ebsFastSnapshotRestore, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const outcome = judged(ebsFastSnapshotRestore, {
      thresholds: { lookbackDays: 90 },
      resource: { firstBilledDay: '2026-01-01' },
    });
    expect(outcome).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });

  it('leaves the second site alone', () => {
    expect(judged(ebsFastSnapshotRestore, { hearing: { disasterRecoveryRole: 'standby' } })).toMatchObject({
      because: 'disasterRecoveryStandby',
    });
  });
});
